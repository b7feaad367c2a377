import AnnalsEngine

/// The table `events` of a profile, and `original` beside it.
struct EventTable: Sendable {
  let file: FlatFile
  let rows: Once<EventRows>
  private let id: [Field]
  private let ids: Once<Column>

  /// - Parameters:
  ///   - id: The columns that name events, together; rows without a value there are named by their
  ///     number.
  init(_ file: FlatFile, id: [Field], rows: Once<EventRows>) {
    self.file = file
    self.rows = rows
    self.id = id
    ids = Once { () throws(EngineError) in try Self.ids(file, id, rows.get().list) }
  }

  /// Whole numbers stay such where no row lacks one.
  private var idType: ValueType {
    guard id.count == 1, id[0].type == .integer, file.table.nullCount(id[0]) == 0 else {
      return .text
    }
    return .integer
  }

  private static func ids(
    _ file: FlatFile, _ id: [Field], _ list: RowList
  ) throws(EngineError) -> Column {
    let columns = try id.map { field throws(EngineError) in try file.column(of: field) }
    if columns.count == 1, let only = columns[0].column, only.nullCount == 0,
      [.integer, .text].contains(only.type)
    {
      return try list.gathered(only, file.budget)
    }
    let builder = try ColumnBuilder(type: .text, budget: file.budget)
    try file.forEach(list.count) { event throws(EngineError) in
      let row = list[event]
      let texts = columns.compactMap { $0.text(row) }
      try builder.append(
        .text(texts.isEmpty ? "row \(row + 1)" : texts.joined(separator: " ")))
    }
    return try builder.finished()
  }

  /// References to events by their numbers; -1 is none.
  func references(_ numbers: Buffer<Int32>) throws(EngineError) -> Column {
    try Making.references(numbers, to: "events", keys: ids.get(), file)
  }

  /// A column of the model that is made of the rows of the events.
  func column(
    _ name: String, _ type: ValueType,
    _ making: @escaping @Sendable (RowList) throws(EngineError) -> Column
  ) -> DerivedTable.DerivedColumn {
    .init(name, type) { [rows] () throws(EngineError) in try making(rows.get().list) }
  }

  /// The table: what is filled, and the published columns that bear no name of the model.
  func table(_ filled: [DerivedTable.DerivedColumn]) -> DerivedTable {
    let model = Model.table("events")
    let id = DerivedTable.DerivedColumn("id", idType) { [ids] () throws(EngineError) in
      try ids.get()
    }
    let published = file.table.schema.fields.filter { model?.column($0.name) == nil }
    return DerivedTable(
      "events", budget: file.budget,
      count: { [rows] () throws(EngineError) in try rows.get().count }, filled: [id] + filled,
      more: published.map { field in
        .init(name: field.name, type: field.type) { [rows, file] () throws(EngineError) in
          var columns: [Column] = []
          for column in try file.columns(of: field) {
            columns.append(try rows.get().list.gathered(column, file.budget))
          }
          return columns
        }
      })
  }

  /// The file as published, and the event that each row is about.
  var original: Catalog.Entry {
    let table = file.table
    let name = table.schema["event"] == nil ? "event" : "event_row"
    let names = table.schema.fields.map { ($0.name, $0.type) }
    let schema = Schema(names: names + [(name, .reference(table: "events"))])
    let derived = DerivedColumns { () throws(EngineError) in
      let rowCount = try table.foundRowCount()
      let event = UnreadColumn(type: .reference(table: "events"), count: rowCount) {
        () throws(EngineError) in try references(numbers())
      }
      return try table.parts + [.unread(event)]
    }
    return Catalog.Entry(name: "original", table: Table(schema: schema, derived: derived), key: [])
  }

  /// The event of each row of the file, -1 for a row that is about none.
  func numbers() throws(EngineError) -> Buffer<Int32> {
    if let events = try rows.get().events { return events }
    let rowCount = try file.table.foundRowCount()
    let numbers = try Buffer<Int32>(count: rowCount, budget: file.budget)
    for row in 0..<rowCount { numbers[row] = Int32(row) }
    return numbers
  }
}
