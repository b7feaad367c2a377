import AnnalsEngine

/// The tables of the model as they follow from a file and its layout. Each is worked out when it is
/// first used.
struct LayoutTables: Sendable {
  let file: FlatFile
  let rows: Once<EventRows>
  private let layout: EventLayout
  private let events: EventTable
  private let dates: [DerivedTable.DerivedColumn]
  private let cast: Once<Cast>
  private let places: Once<Places>
  private let sources: Once<Sources>?
  private let figures: Once<TollClaims>
  private let parts: Once<TollClaims>

  init(_ file: FlatFile, _ layout: EventLayout) {
    self.file = file
    self.layout = layout
    let rows = Once { () throws(EngineError) in try EventRows(file, layout) }
    self.rows = rows
    events = EventTable(file, id: layout.id.compactMap { file.field($0) }, rows: rows)
    dates = Self.columns(layout.dates, events)
    cast = Once { () throws(EngineError) in try Cast(of: layout, file, rows.get()) }
    places = Once { () throws(EngineError) in
      let all = RowList(all: try file.table.foundRowCount())
      return try Places(
        layout.places, of: layout.places.isManifold ? all : rows.get().list, in: file)
    }
    sources = layout.sources.map { rule in
      Once { () throws(EngineError) in try Sources(rule, file, rows.get()) }
    }
    let figures = Once { () throws(EngineError) in
      try TollClaims(layout.figures, wholes: nil, file, rows.get())
    }
    self.figures = figures
    parts = Once { () throws(EngineError) in
      try TollClaims(layout.parts, wholes: figures.get(), file, rows.get())
    }
  }

  /// All tables but `original`; those of the model that the layout fills, and its own.
  var tables: [DerivedTable] {
    var tables = [eventTable] + Cast.tables(cast, events: events, of: file)
    tables.append(Places.table(places, layout.places, of: file))
    if layout.places.isManifold { tables.append(locations) }
    if let sources { tables += Sources.tables(sources, events: events, of: file) }
    if !layout.figures.isEmpty { tables.append(claims("figures", figures, layout.figures)) }
    if !layout.parts.isEmpty { tables.append(claims("parts", parts, layout.parts)) }
    tables += layout.lists.map { $0.table(rows, events: events) }
    if !layout.codes.isEmpty { tables.append(CodeTable.table(layout.codes, file)) }
    return tables
  }

  /// The file as published, and the event that each row is about.
  var original: Catalog.Entry { events.original }

  private var eventTable: DerivedTable {
    var filled = dates + Self.columns(layout.columns, events)
    let places = places
    filled.append(
      layout.places.isManifold
        ? Places.column(places, of: file, rows: rows) : Places.column(places, of: file))
    if let sources { filled.append(Sources.column(sources, of: file)) }
    return events.table(filled)
  }

  private static func columns(
    _ columns: [EventColumn], _ events: EventTable
  ) -> [DerivedTable.DerivedColumn] {
    columns.map { column in
      events.column(column.name, column.type) { list throws(EngineError) in
        try column.making(events.file, list)
      }
    }
  }

  /// The table `event_places`: every location of every event.
  private var locations: DerivedTable {
    let (file, events) = (file, events)
    return DerivedTable(
      "event_places", budget: file.budget,
      count: { () throws(EngineError) in try file.table.foundRowCount() }, filled: [],
      more: [
        .init("event", .reference(table: "events")) { () throws(EngineError) in
          try events.references(events.numbers())
        },
        Places.column(places, of: file),
      ])
  }

  private func claims(
    _ name: String, _ tolls: Once<TollClaims>, _ rules: [TollRule]
  ) -> DerivedTable {
    var filled = TollClaims.columns(tolls, rules, rows: rows, events: events, dates: dates)
    if name == "parts" {
      filled.append(whole)
    } else {
      if let sources { filled.append(Sources.column(sources, ofTolls: tolls, file)) }
      if layout.asserter != nil { filled.append(asserter) }
    }
    return DerivedTable(
      name, budget: file.budget,
      count: { () throws(EngineError) in try tolls.get().events.count }, filled: filled)
  }

  /// The column `whole` of the parts.
  private var whole: DerivedTable.DerivedColumn {
    let (file, figures, parts) = (file, figures, parts)
    return .init("whole", .reference(table: "figures")) { () throws(EngineError) in
      let keys = try Making.numbered(figures.get().events.count, file)
      return try Making.references(parts.get().wholes, to: "figures", keys: keys, file)
    }
  }

  /// The column `asserted_by` of the figures.
  private var asserter: DerivedTable.DerivedColumn {
    let (file, layout, rows, cast, figures) = (file, layout, rows, cast, figures)
    return .init("asserted_by", .reference(table: "actors")) { () throws(EngineError) in
      let (tolls, cast, rows) = (try figures.get(), try cast.get(), try rows.get())
      let asserter = try layout.asserter?(file)
      let actors = try KeyIndex([cast.ids], rowCount: cast.ids.count, budget: file.budget) { _, _ in
      }
      let numbers = try Buffer<Int32>(count: tolls.events.count, budget: file.budget)
      try file.forEach(numbers.count) { toll throws(EngineError) in
        let row = rows.list[Int(tolls.events[toll])]
        let name = (asserter?(row)).map { Array($0.utf8) } ?? []
        let actor = name.isEmpty ? nil : try actors.row(of: name.span)
        numbers[toll] = Int32(actor ?? -1)
      }
      return try Making.references(numbers, to: "actors", keys: cast.ids, file)
    }
  }
}
