import AnnalsEngine

extension Profile {
  /// The Armed Conflict Location and Event Data, with 25 to 32 columns.
  ///
  /// Source: ACLED Codebook, 2024 edition on the web.
  static let acled = Profile(
    name: "acled", title: "ACLED",
    marks: ["event_id_cnty", "event_date", "event_type", "fatalities"],
    aliases: ["assoc_actor_1": "ally_actor_1", "assoc_actor_2": "ally_actor_2"],
    codes: ["event_id_cnty", "iso", "gwno", "inter1", "inter2", "interaction"],
    layout: ACLEDLayout.layout,
    categories: [
      (
        "disorder_type",
        { text in
          text.split(separator: ";").allSatisfy {
            ACLEDLayout.disorders.contains(FlatColumn.trimmed($0))
          }
        }
      ),
      ("event_type", { ACLEDLayout.types[$0] != nil }),
      (
        "sub_event_type",
        { subtype in ACLEDLayout.types.values.contains { $0.contains(subtype) } }
      ), ("inter1", ACLEDLayout.isKind), ("inter2", ACLEDLayout.isKind),
      ("time_precision", { ["1", "2", "3"].contains($0) }),
      ("geo_precision", { ["1", "2", "3"].contains($0) }),
    ],
    check: { findings, file, _ throws(EngineError) in
      try ACLEDLayout.check(&findings, file)
    })
}

/// A row of ACLED is an event, those who met at a place on a day.
enum ACLEDLayout {
  static let layout = EventLayout(
    id: ["event_id_cnty"], edited: "timestamp",
    dates: [
      .days("date", "event_date"), .days("date_end", "event_date"),
      .meaning("date_precision", "time_precision") { datePrecisions[$0] },
      .meaning("date_basis", "time_precision") {
        $0 == "1" ? "stated" : datePrecisions[$0].map { _ in "imputed" }
      },
    ],
    columns: [
      .texts("type", "event_type"), .texts("subtype", "sub_event_type"),
      .texts("title", "sub_event_type", "event_type"), .same("status", "asserted"),
    ],
    members: [(1, "a"), (2, "b")].flatMap(members),
    isDirected: { file throws(EngineError) in
      let type = try file.column("event_type")
      return { row in type.text(row)?.lowercased() == "violence against civilians" }
    },
    places: PlaceLayout(
      name: ["location"], country: "country", precisionColumns: ["geo_precision"],
      precision: RowRules.code("geo_precision") { placePrecisions[$0] }),
    sources: { file throws(EngineError) in
      let names = try file.column("source")
      return { row in names.list(row).map { SourcesBuilder.Source(name: $0) } }
    },
    figures: [TollRule(toll: toll, basis: { _ in { _ in "convention" } })], lists: [.tags("tags")])

  /// `time_precision`: 1 the day; 2 the week, 3 the month, of which a day in the middle stands there.
  private static let datePrecisions = ["1": "day", "2": "week", "3": "month"]

  /// `geo_precision`: 1 the town; 2 near it, or a part of a region; 3 a larger region, for which its
  /// capital stands.
  private static let placePrecisions: [Int64: Int64] = [1: 1, 2: 2, 3: 4]

  /// A main actor, a party but in violence against civilians, where the second is the target; and
  /// those who were associated with it.
  private static func members(_ number: Int, _ side: String) -> [CastMember] {
    var main = CastMember(
      "actor\(number)", part: Cast.Part(role: "party", side: side),
      directed: Cast.Part(role: side == "a" ? "agent" : "target", side: side))
    main.kind = RowRules.meaning("inter\(number)", kind)
    var associated = CastMember(
      "assoc_actor_\(number)", part: Cast.Part(role: "associated", side: side))
    associated.isList = true
    return [main, associated]
  }

  /// `fatalities` is the lowest number that was reported, 0 where none was; who died is not said.
  private static let toll: RowRule<TollRule.Toll?> = { file throws(EngineError) in
    let fatalities = try file.column("fatalities")
    return { row in
      guard let deaths = fatalities.number(row) else { return nil }
      return TollRule.Toll(
        figure: Figure(low: deaths, best: deaths),
        qualifier: deaths == 0 ? .noneOrUnknown : .atLeast)
    }
  }

  /// What is odd about the values of a file.
  static func check(_ findings: inout Findings, _ file: FlatFile) throws(EngineError) {
    let (day, year) = (try file.column("event_date"), try file.column("year"))
    try findings.rows("year", "not the year of `event_date`") { row in
      guard let year = year.integer(row), let day = day.day(row) else { return false }
      return !day.description.hasPrefix("\(year)-")
    }
    let deaths = try file.column("fatalities")
    try findings.rows("fatalities", "no number") {
      !deaths.isNull($0) && deaths.number($0) == nil
    }
    try findings.rows("fatalities", "0, which means none or unknown") { deaths.number($0) == 0 }
    try findings.rows(
      "fatalities",
      "3, 10, 12 or 100, which may stand for several, tens, dozens and"
        + " hundreds"
    ) { deaths.number($0).map { [3, 10, 12, 100].contains($0) } == true }
  }
}
