import AnnalsEngine

extension Profile {
  /// The Mass Mobilization Protest Data: protests of fifty people or more against a state.
  ///
  /// Source: Mass Mobilization Data Project, user's manual, versions 3 to 5.
  static let massMobilization = Profile(
    name: "mass-mobilization", title: "Mass Mobilization",
    marks: [
      "country", "protest", "protestnumber", "startday", "startmonth", "startyear",
      "participants", "protesteridentity",
    ], layout: MassMobilizationLayout.layout,
    categories: [
      ("protest", { ["0", "1"].contains($0) }),
      ("participants_category", { CrowdText.toll($0) != nil }),
      ("protesterviolence", { ["0", "1"].contains($0) }),
    ],
    check: { findings, file, rows throws(EngineError) in
      try MassMobilizationLayout.check(&findings, file, rows)
    })
}

/// A row of Mass Mobilization is a protest, or a year of a country in which there was none.
enum MassMobilizationLayout {
  static let layout = EventLayout(
    id: ["id"],
    isEvent: { file throws(EngineError) in
      let protest = try file.column("protest")
      return { row in protest.integer(row) != 0 }
    },
    dates: [
      .madeDays("date", start), .madeDays("date_end", end),
      .made("date_precision", RowRules.dayOrDays(start, end)),
    ],
    columns: [
      .same("type", "protest"),
      .meaning("subtype", "protesterviolence") {
        $0 == "1" ? "protesters violent" : $0 == "0" ? "protesters not violent" : nil
      },
      .made(
        "title", RowRules.title("protesteridentity", nil, RowRules.text("protesterdemand1"))),
      .same("status", "asserted"),
    ], members: [CastMember("protesteridentity", part: Cast.Part(role: "agent", side: "a"))],
    places: PlaceLayout(
      name: ["location", "country"], country: "country",
      precision: { file throws(EngineError) in
        let location = try file.column("location")
        return { row in
          guard let name = location.text(row)?.lowercased() else { return 6 }
          return ["national", "nationwide", "nation wide", "countrywide"].contains(name) ? 6 : nil
        }
      }),
    sources: { file throws(EngineError) in
      let sources = try file.column("sources")
      return { row in sources.text(row).map { [SourcesBuilder.Source(name: $0)] } ?? [] }
    }, figures: [crowd],
    lists: [
      .values("protester_demands", "demand", of: (1...4).map { "protesterdemand\($0)" }),
      .values("state_responses", "response", of: (1...7).map { "stateresponse\($0)" }),
    ])

  private static let start = day("start")
  private static let end = day("end")

  /// The first or last day of a protest.
  private static func day(_ end: String) -> RowRule<Day?> {
    RowRules.day(nil, parts: ["\(end)year", "\(end)month", "\(end)day"])
  }

  /// How many took part: what `participants` says where that can be read, else the class.
  private static let crowd = TollRule(
    count: TollClaims.Count(measure: "participants", accumulation: "snapshot"),
    toll: { file throws(EngineError) in
      let columns = try crowdColumns(file)
      return { row in columns.lazy.compactMap { $0.text(row).flatMap(CrowdText.toll) }.first }
    },
    basis: { file throws(EngineError) in
      let words = try crowdColumns(file)[0]
      return { row in
        guard let toll = words.text(row).flatMap(CrowdText.toll) else { return "convention" }
        return toll.qualifier == .vague ? "convention" : "literal"
      }
    },
    stated: { file throws(EngineError) in
      let columns = try crowdColumns(file)
      return { row in columns.lazy.compactMap { $0.text(row) }.first }
    })

  private static func crowdColumns(_ file: FlatFile) throws(EngineError) -> [FlatColumn] {
    try file.columns(["participants", "participants_category"])
  }

  /// What is odd about the values of a file.
  static func check(
    _ findings: inout Findings, _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) {
    let words = try file.column("participants")
    try findings.rows("participants", "no number that can be read; the class counts instead") {
      words.text($0).map { CrowdText.toll($0) == nil } == true
    }
    for end in ["start", "end"] {
      let (day, year) = (try day(end)(file), try file.column("\(end)year"))
      try findings.rows("\(end)day", "no day") { !year.isNull($0) && day($0) == nil }
    }
  }
}
