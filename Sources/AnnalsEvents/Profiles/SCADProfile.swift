import AnnalsEngine

extension Profile {
  /// The Social Conflict Analysis Database, of which an event has a row for each of its locations.
  ///
  /// Source: SCAD Codebook 3.3.
  static let scad = Profile(
    name: "scad", title: "SCAD",
    marks: ["eventid", "etype", "escalation", "actor1", "target1", "npart", "ndeath", "locnum"],
    sentinels: [
      Sentinel(
        value: -99, meaning: "unknown",
        columns: ["ndeath", "npart", "actor1", "actor2", "actor3", "target1", "target2"]),
      Sentinel(value: -88, meaning: "a word without a number", columns: ["ndeath"]),
      Sentinel(value: -77, meaning: "a word without a number", columns: ["ndeath"]),
    ], layout: SCADLayout.layout, categories: [("etype", { SCADLayout.types[$0] != nil })],
    check: { findings, file, rows throws(EngineError) in
      try SCADLayout.check(&findings, file, rows)
    })
}

/// The rows of an event of SCAD differ in their location alone, and the first speaks for it.
enum SCADLayout {
  static let layout = EventLayout(
    id: ["eventid"],
    dates: [
      .madeDays("date", start), .madeDays("date_end", end),
      .made("date_precision", RowRules.dayOrDays(start, end)),
    ],
    columns: [
      .meaning("type", "etype") { types[$0] ?? $0 }, .texts("title", "issuenote"),
      .same("status", "asserted"),
    ],
    members: (1...3).map {
      CastMember("actor\($0)", part: Cast.Part(role: "agent", side: "a"))
    } + (1...2).map { CastMember("target\($0)", part: Cast.Part(role: "target", side: "b")) },
    places: PlaceLayout(name: ["elocal"], country: "countryname", isManifold: true),
    figures: [
      TollRule(toll: { file throws(EngineError) in
        let deaths = try file.column("ndeath")
        return { row in
          guard let number = deaths.number(row), number >= 0 else { return nil }
          return TollRule.Toll(figure: Figure(number), qualifier: .exact)
        }
      })
    ])

  private static let start = RowRules.day("startdate", parts: ["styr", "stmo", "stday"])
  private static let end = RowRules.day("enddate", parts: ["eyr", "emo", "eday"])

  /// Codebook, `etype`.
  static let types = [
    "1": "organized demonstration", "2": "spontaneous demonstration", "3": "organized riot",
    "4": "spontaneous riot", "5": "general strike", "6": "limited strike",
    "7": "pro-government violence", "8": "anti-government violence",
    "9": "extra-government violence", "10": "intra-government violence",
  ]

  /// What is odd about the values of a file.
  static func check(
    _ findings: inout Findings, _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) {
    let deaths = try file.column("ndeath")
    try findings.rows("ndeath", "another number below 0; no figure") {
      deaths.number($0).map { $0 < 0 } == true
    }
    let start = try start(file)
    try findings.rows("startdate", "no day") { start($0) == nil }
    guard let events = rows.events else { return }
    try findings.rows("ndeath", "another number than in the first row of the event") { row in
      deaths.number(row) != deaths.number(rows.list[Int(events[row])])
    }
  }
}
