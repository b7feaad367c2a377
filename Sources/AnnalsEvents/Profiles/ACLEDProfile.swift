import AnnalsEngine
import AnnalsFormats

extension Profile {
  /// The Armed Conflict Location and Event Data, with 25, 31 or 32 columns.
  ///
  /// Source: ACLED Codebook, 2024 edition on the web.
  static let acled = Profile(
    name: "acled", title: "ACLED",
    marks: ["event_id_cnty", "event_date", "event_type", "actor1", "inter1", "fatalities"],
    codes: ["event_id_cnty", "iso", "gwno", "inter1", "inter2", "interaction"],
    tables: { ACLEDFile($0).tables },
    findings: { file throws(EngineError) in try ACLEDFile(file).findings() })
}

/// A file of ACLED: a row is an event, those who met at a place on a day.
struct ACLEDFile: Sendable {
  let file: FlatFile
  let rows: Once<EventRows>
  private let events: EventTable

  init(_ file: FlatFile) {
    self.file = file
    rows = Once { () throws(EngineError) in
      try EventRows(file, id: [file.column("event_id_cnty")], edited: file.column("timestamp"))
    }
    events = EventTable(file, id: file.field("event_id_cnty"), rows: rows)
  }

  var tables: ProfiledTables {
    let (file, rows) = (file, rows)
    let cast = Once { () throws(EngineError) in try Self.cast(file, rows.get()) }
    let places = Once { () throws(EngineError) in
      try Places(Self.places(file), of: rows.get().list, in: file)
    }
    let sources = Once { () throws(EngineError) in try Self.sources(file, rows.get()) }
    let tolls = Once { () throws(EngineError) in try Self.tolls(file, rows.get()) }
    let tags = Once { () throws(EngineError) in try EventTags(file, rows.get()) }
    let dates = dates
    let table = events.table(
      dates + [
        texts("type", "event_type"), texts("subtype", "sub_event_type"),
        events.column("title", .text) { list throws(EngineError) in
          try file.column("sub_event_type", "event_type").texts(list, in: file)
        },
        events.column("status", .text) { list throws(EngineError) in
          try Making.text("asserted", list.count, file)
        },
        Places.column(places, of: file), Sources.column(sources, of: file),
      ])
    let figures = DerivedTable(
      "figures", budget: file.budget,
      count: { () throws(EngineError) in try tolls.get().events.count },
      filled: TollClaims.columns(tolls, basis: "convention", events: events, dates: dates)
        + [Sources.column(sources, ofTolls: tolls, file)])
    return ProfiledTables(
      events: table, original: events.original,
      others: Cast.tables(cast, events: events, of: file)
        + [Places.table(places, of: file) { Self.placePrecisions[$0] }]
        + Sources.tables(sources, events: events, of: file)
        + [figures, EventTags.table(tags, events: events)])
  }

  private func texts(_ name: String, _ published: String) -> DerivedTable.DerivedColumn {
    let file = file
    return events.column(name, .text) { list throws(EngineError) in
      try file.column(published).texts(list, in: file)
    }
  }

  /// `time_precision`: 1 the day; 2 the week, 3 the month, of which a day in the middle stands there.
  private static let datePrecisions: [Int64: String] = [1: "day", 2: "week", 3: "month"]

  /// `geo_precision`: 1 the town; 2 near it, or a part of a region; 3 a larger region, for which its
  /// capital stands.
  private static let placePrecisions: [Int64: Int64] = [1: 1, 2: 2, 3: 4]

  private var dates: [DerivedTable.DerivedColumn] {
    let file = file
    let day = events.column("date", .day) { list throws(EngineError) in
      try file.column("event_date").days(list, in: file)
    }
    func precision(
      _ name: String, _ text: @escaping @Sendable (Int64) -> String?
    ) -> DerivedTable.DerivedColumn {
      events.column(name, .text) { list throws(EngineError) in
        try file.column("time_precision").converted(list, to: .text, in: file) {
          $0.integer($1).flatMap(text).map(Value.text) ?? .null
        }
      }
    }
    return [
      day, .init(name: "date_end", type: .day, making: day.making),
      precision("date_precision") { Self.datePrecisions[$0] },
      precision("date_basis") {
        $0 == 1 ? "stated" : Self.datePrecisions[$0].map { _ in "imputed" }
      },
    ]
  }

  private static func places(_ file: FlatFile) throws(EngineError) -> Places.Columns {
    Places.Columns(
      name: try file.column("location"), country: try file.column("country"),
      admin1: try file.column("admin1"), admin2: try file.column("admin2"),
      latitude: try file.column("latitude"), longitude: try file.column("longitude"),
      precision: try file.column("geo_precision"))
  }

  private static func sources(
    _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) -> Sources {
    let builder = try SourcesBuilder(file, eventCount: rows.count)
    let names = try file.column("source")
    try file.forEach(rows.count) { event throws(EngineError) in
      let sources = names.list(rows.list[event]).map { SourcesBuilder.Source(name: $0) }
      try builder.add(sources, of: event)
    }
    return try builder.finished()
  }

  /// `fatalities` is the lowest number that was reported, 0 where none was; who died is not said.
  private static func tolls(
    _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) -> TollClaims {
    let tolls = try TollsBuilder(file, counts: [TollClaims.Count()])
    let fatalities = try file.column("fatalities")
    try file.forEach(rows.count) { event throws(EngineError) in
      guard let deaths = fatalities.number(rows.list[event]) else { return }
      try tolls.add(
        Figure(low: deaths, best: deaths), of: event, count: 0,
        deaths == 0 ? .noneOrUnknown : .atLeast)
    }
    return try tolls.finished()
  }
}
