import AnnalsEngine

extension Profile {
  /// The Georeferenced Event Dataset of the Uppsala Conflict Data Program, versions 5 to 25, in either
  /// order of columns, also as the Humanitarian Data Exchange hands it on.
  ///
  /// Source: UCDP GED Codebook 23.1 and 25.1.
  static let ucdpGED = Profile(
    name: "ucdp-ged", title: "UCDP GED",
    marks: ["type_of_violence", "side_a", "side_b", "date_start", "best", "high", "low"],
    aliases: ["best": "best_est", "high": "high_est", "low": "low_est"],
    codes: ["gwnoa", "gwnob"], nameless: { UCDPColumns.layout(of: $0) },
    layout: UCDPLayout.layout,
    categories: [
      ("type_of_violence", { UCDPLayout.types[$0] != nil }),
      ("date_prec", { ["1", "2", "3", "4", "5"].contains($0) }),
      ("where_prec", { ["1", "2", "3", "4", "5", "6", "7"].contains($0) }),
      ("event_clarity", { ["1", "2"].contains($0) }),
    ],
    check: { findings, file, _ throws(EngineError) in
      try UCDPLayout.check(&findings, file)
    })
}

/// A row of UCDP GED is an event, an interaction of one dyad at a place within some days.
enum UCDPLayout {
  static let layout = EventLayout(
    id: ["id"],
    dates: [
      .days("date", "date_start"), .days("date_end", "date_end", "date_start"),
      .made("date_precision", datePrecision), .same("date_basis", "stated"),
    ],
    columns: [
      .meaning("type", "type_of_violence") { types[$0] ?? $0 },
      .texts("title", "dyad_name", "conflict_name"), .same("status", "asserted"),
    ],
    members: ["a", "b"].map(side),
    isDirected: { file throws(EngineError) in
      let type = try file.column("type_of_violence")
      return { row in type.integer(row) == 3 }
    },
    places: PlaceLayout(
      name: ["where_coordinates"], country: "country", admin1: "adm_1", admin2: "adm_2",
      precisionColumns: ["where_prec"],
      precision: RowRules.code("where_prec") { (1...7).contains($0) ? $0 : nil }),
    sources: sources, figures: [TollRule(toll: toll)],
    parts: populations.map {
      .exact($0.column, TollClaims.Count(population: $0.population))
    }, asserter: asserter)

  static let types = ["1": "state-based", "2": "non-state", "3": "one-sided"]

  /// Codebook 25.1, `date_prec`: 1 the day is known; 2 two to six days; 3 a week; 4 a month; 5 more
  /// than a month, up to a year. The event was within the days from start to end.
  private static let datePrecisions: [Int64: String] = [
    2: "window", 3: "week", 4: "month", 5: "year",
  ]

  private static let datePrecision: RowRule<String?> = { file throws(EngineError) in
    let precision = try file.column("date_prec")
    let (start, end) = (try file.column("date_start"), try file.column("date_end"))
    return { row in
      guard let code = precision.integer(row) else { return nil }
      guard code == 1 else { return datePrecisions[code] }
      return start.text(row) == end.text(row) ? "day" : "days"
    }
  }

  /// Both sides are parties, or agent and target of one-sided violence (type 3).
  private static func side(_ side: String) -> CastMember {
    var member = CastMember(
      "side_\(side)", part: Cast.Part(role: "party", side: side),
      directed: Cast.Part(role: side == "a" ? "agent" : "target", side: side))
    member.key = [["side_\(side)_new_id", "side_\(side)_dset_id"]]
    member.kind = { file throws(EngineError) in
      let name = try file.column("side_\(side)")
      // The state's number in the Gleditsch and Ward list.
      let state = try file.column("gwno\(side)")
      return { row in
        if !state.isNull(row) { return "state" }
        return name.text(row) == "Civilians" ? "civilians" : "group"
      }
    }
    return member
  }

  /// Who first said it (`source_original`), where that is one.
  private static let asserter: RowRule<String?> = { file throws(EngineError) in
    let original = try file.column("source_original")
    return { row in
      let names = original.list(row)
      return names.count == 1 ? names[0] : nil
    }
  }

  /// The lists of offices, dates and headlines element by element where they are of one length, else
  /// the text of `source_article`.
  private static let sources: RowRule<[SourcesBuilder.Source]> = { file throws(EngineError) in
    let article = try file.column("source_article")
    let columns = try file.columns(listNames)
    return { row in
      let lists = columns.map { parallel($0, row) }
      let count = lists[0].count
      guard count > 0, lists.allSatisfy({ $0.count == count }) else {
        guard let text = article.text(row) else { return [] }
        return [SourcesBuilder.Source(name: text, publisher: columns[0].text(row))]
      }
      return (0..<count).map { place in
        SourcesBuilder.Source(
          name: given(lists[2][place]) ?? given(lists[0][place]),
          publisher: given(lists[0][place]), date: DayText.day(lists[1][place]))
      }
    }
  }

  private static let listNames = ["source_office", "source_date", "source_headline"]

  /// The elements of a list that stands beside others, empty ones too.
  private static func parallel(_ column: FlatColumn, _ row: Int) -> [String] {
    guard let text = column.text(row) else { return [] }
    return text.split(separator: ";", omittingEmptySubsequences: false).map(FlatColumn.trimmed)
  }

  private static func given(_ text: String) -> String? { text.isEmpty ? nil : text }
}

extension UCDPLayout {
  /// `low`, `best`, `high`, as published, also where they are out of order.
  private static let toll: RowRule<TollRule.Toll?> = { file throws(EngineError) in
    let bounds = try file.columns(boundNames)
    return { row in
      let figure = Figure(
        low: bounds[0].number(row), best: bounds[1].number(row), high: bounds[2].number(row))
      let isExact = figure.low == figure.best && figure.best == figure.high
      return TollRule.Toll(figure: figure, qualifier: isExact ? .exact : .range)
    }
  }

  private static let boundNames = ["low", "best", "high"]

  /// Who the dead of an event were. The four make up `best`.
  private static let populations = [
    (column: "deaths_a", population: "side_a"), (column: "deaths_b", population: "side_b"),
    (column: "deaths_civilians", population: "civilians"),
    (column: "deaths_unknown", population: "unknown"),
  ]

  /// What is odd about the values of a file.
  static func check(_ findings: inout Findings, _ file: FlatFile) throws(EngineError) {
    let bounds = try file.columns(boundNames)
    try findings.rows(nil, "not low <= best <= high, kept as published") { row in
      let known = bounds.compactMap { $0.number(row) }
      return zip(known, known.dropFirst()).contains { $0 > $1 }
    }
    let parts = try file.columns(populations.map(\.column))
    try findings.rows("best", "not the sum of the deaths by side") { row in
      let known = parts.compactMap { $0.number(row) }
      return known.count == parts.count
        && bounds[1].number(row).map { $0 != known.reduce(0, +) } == true
    }
    let sources = try file.column("number_of_sources")
    try findings.rows("number_of_sources", "-1, which means that nobody counted") {
      sources.integer($0) == -1
    }
    let lists = try file.columns(listNames)
    try findings.rows(
      nil, "lists of sources of different lengths; `source_article` is the one source"
    ) { row in Set(lists.map { parallel($0, row).count }).count > 1 }
  }
}

/// The columns of releases that were published without names, as some monthly ones were.
///
/// Source: UCDP GED Codebook 25.1, in the order of the published files.
enum UCDPColumns {
  /// The columns for a first row; nil if it does not look like one of an event.
  static func layout(of row: [String]) -> NamelessLayout? {
    guard row.count == names.count else { return nil }
    let fields = Dictionary(uniqueKeysWithValues: zip(names, row))
    func number(_ name: String, in range: ClosedRange<Int>) -> Bool {
      fields[name].flatMap { Int($0) }.map { range.contains($0) } ?? false
    }
    guard number("id", in: 0...Int.max), number("year", in: 1946...2199),
      number("type_of_violence", in: 1...3), number("where_prec", in: 1...7),
      number("date_prec", in: 1...5),
      ["best", "high", "low"].allSatisfy({ number($0, in: 0...Int.max) })
    else { return nil }
    return NamelessLayout(names: names)
  }

  private static let names = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
  ]
}
