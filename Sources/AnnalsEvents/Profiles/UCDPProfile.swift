import AnnalsEngine
import AnnalsFormats

extension Profile {
  /// The Georeferenced Event Dataset of the Uppsala Conflict Data Program, versions 19 to 25, in either
  /// order of columns, also as the Humanitarian Data Exchange hands it on.
  ///
  /// Source: UCDP GED Codebook 23.1 and 25.1.
  static let ucdpGED = Profile(
    name: "ucdp-ged", title: "UCDP GED",
    marks: [
      "type_of_violence", "side_a", "side_b", "date_prec", "where_prec", "best", "high", "low",
    ],
    codes: ["gwnoa", "gwnob"],
    tables: { UCDPFile($0).tables },
    findings: { file throws(EngineError) in try UCDPFile(file).findings() }
  )
}

/// A file of UCDP GED: a row is an event, an interaction of one dyad at a place within some days.
struct UCDPFile: Sendable {
  let file: FlatFile
  let rows: Once<EventRows>
  private let events: EventTable

  init(_ file: FlatFile) {
    self.file = file
    rows = Once { () throws(EngineError) in try EventRows(file, id: [file.column("id")]) }
    events = EventTable(file, id: file.field("id"), rows: rows)
  }

  var tables: ProfiledTables {
    let (file, rows) = (file, rows)
    let cast = Once { () throws(EngineError) in try Self.cast(file, rows.get()) }
    let places = Once { () throws(EngineError) in
      try Places(Self.places(file), of: rows.get().list, in: file)
    }
    let sources = Once { () throws(EngineError) in try Self.sources(file, rows.get()) }
    let tolls = Once { () throws(EngineError) in try Self.tolls(file, rows.get()) }
    let parts = Once { () throws(EngineError) in try Self.parts(file, rows.get(), tolls.get()) }
    let dates = dates
    let table = events.table(
      dates + [
        events.column("type", .text) { list throws(EngineError) in
          try file.column("type_of_violence").converted(list, to: .text, in: file) { column, row in
            column.text(row).map { .text(Self.types[$0] ?? $0) } ?? .null
          }
        },
        events.column("title", .text) { list throws(EngineError) in
          try file.column("dyad_name", "conflict_name").texts(list, in: file)
        },
        events.column("status", .text) { list throws(EngineError) in
          try Making.text("asserted", list.count, file)
        },
        Places.column(places, of: file), Sources.column(sources, of: file),
      ])
    let whole = DerivedTable.DerivedColumn("whole", .reference(table: "figures")) {
      () throws(EngineError) in
      let (tolls, parts) = (try tolls.get(), try parts.get())
      let keys = try Making.numbered(tolls.events.count, file)
      return try Making.references(parts.wholes, to: "figures", keys: keys, file)
    }
    return ProfiledTables(
      events: table, original: events.original,
      others: Cast.tables(cast, events: events, of: file)
        + [Places.table(places, of: file) { (1...7).contains($0) ? $0 : nil }]
        + Sources.tables(sources, events: events, of: file)
        + [
          DerivedTable(
            "figures", budget: file.budget,
            count: { () throws(EngineError) in try tolls.get().events.count },
            filled: TollClaims.columns(tolls, basis: nil, events: events, dates: dates)
              + [
                Sources.column(sources, ofTolls: tolls, file),
                Self.asserter(tolls, cast, rows, file),
              ]),
          DerivedTable(
            "parts", budget: file.budget,
            count: { () throws(EngineError) in try parts.get().events.count },
            filled: TollClaims.columns(parts, basis: nil, events: events, dates: dates) + [whole]),
        ])
  }

  private static let types = ["1": "state-based", "2": "non-state", "3": "one-sided"]

  /// Codebook 25.1, `date_prec`: 1 the day is known; 2 two to six days; 3 a week; 4 a month; 5 more
  /// than a month, up to a year. The event was within the days from start to end.
  private static let datePrecisions = [2: "window", 3: "week", 4: "month", 5: "year"]

  private var dates: [DerivedTable.DerivedColumn] {
    let file = file
    return [
      events.column("date", .day) { list throws(EngineError) in
        try file.column("date_start").days(list, in: file)
      },
      events.column("date_end", .day) { list throws(EngineError) in
        try file.column("date_end", "date_start").days(list, in: file)
      },
      events.column("date_precision", .text) { list throws(EngineError) in
        try Self.datePrecision(list, file)
      },
      events.column("date_basis", .text) { list throws(EngineError) in
        try Making.text("stated", list.count, file)
      },
    ]
  }

  private static func datePrecision(
    _ list: RowList, _ file: FlatFile
  ) throws(EngineError) -> Column {
    let precision = try file.column("date_prec")
    let (start, end) = (try file.column("date_start"), try file.column("date_end"))
    let builder = try ColumnBuilder(type: .text, budget: file.budget)
    try file.forEach(list.count) { event throws(EngineError) in
      let row = list[event]
      guard let code = precision.integer(row).map(Int.init) else { return try builder.appendNull() }
      let exact = start.text(row) == end.text(row) ? "day" : "days"
      try builder.append((code == 1 ? exact : datePrecisions[code]).map(Value.text) ?? .null)
    }
    return try builder.finished()
  }
}
