/// Columns of equal length under one schema. Immutable, shared without copying.
public final class Table: Sendable {
  public let schema: Schema
  private let content: Content

  private enum Content {
    case known([TableColumn], rowCount: Int)
    case derived(DerivedColumns)
  }

  package convenience init(schema: Schema, rowCount: Int, columns: [Column]) {
    self.init(schema: schema, rowCount: rowCount, parts: columns.map(TableColumn.finished))
  }

  package init(schema: Schema, rowCount: Int, parts: [TableColumn]) {
    precondition(parts.count == schema.width, "a table has a column for each slot")
    precondition(parts.allSatisfy { $0.count == rowCount }, "columns are of equal length")
    self.schema = schema
    content = .known(parts, rowCount: rowCount)
  }

  /// A table of at least one column whose rows are worked out when somebody first asks for them.
  package init(schema: Schema, derived: DerivedColumns) {
    precondition(schema.width > 0, "a derived table has columns")
    self.schema = schema
    content = .derived(derived)
  }

  /// How many rows there are. A table that is derived from others, and can't be, counts none; a query
  /// and ``checked()`` say why.
  public var rowCount: Int { (try? foundRowCount()) ?? 0 }

  /// As ``rowCount``, with the reason if the rows can't be worked out.
  package func foundRowCount() throws(EngineError) -> Int {
    if case .known(_, let rowCount) = content { return rowCount }
    return try parts.first?.count ?? 0
  }

  /// The number of rows where finding it out takes no work; nil where the table is still to be derived.
  package var knownRowCount: Int? {
    switch content {
    case .known(_, let rowCount): rowCount
    case .derived(let columns): columns.known?.first?.count
    }
  }

  /// One for each slot of the schema.
  package var parts: [TableColumn] {
    get throws(EngineError) {
      switch content {
      case .known(let parts, _): parts
      case .derived(let columns): try columns.read()
      }
    }
  }

  /// The type of each slot, which takes no work.
  var slotTypes: [ValueType] {
    switch content {
    case .known(let parts, _): parts.map(\.type)
    case .derived:
      schema.allFields.flatMap { field in
        field.type == .figure ? [.number, .number, .number] : [field.type]
      }
    }
  }

  /// The column of a slot, which is read from its file if it was not yet.
  ///
  /// - Throws: ``EngineError/column(_:)`` if what the file holds can't be used.
  package func column(_ slot: Int) throws(EngineError) -> Column { try parts[slot].read() }

  /// All columns, by slot.
  package var columns: [Column] {
    get throws(EngineError) {
      var columns: [Column] = []
      for part in try parts { columns.append(try part.read()) }
      return columns
    }
  }

  /// The columns of a field: three of a figure, else one.
  package func columns(of field: Field) throws(EngineError) -> [Column] {
    var columns: [Column] = []
    for slot in field.slot..<field.slot + field.width { columns.append(try column(slot)) }
    return columns
  }

  /// The same table with all columns read and checked.
  ///
  /// Columns of a mapped file are looked at when they are first used. A query reports what is wrong
  /// with one then; who reads cells without a query calls this first, since a cell of a column that
  /// can't be used is null.
  ///
  /// - Throws: ``EngineError/column(_:)`` for the first column that can't be used.
  public func checked() throws(EngineError) -> Table {
    Table(schema: schema, rowCount: try foundRowCount(), columns: try columns)
  }

  /// One cell. `row` counts from 0.
  public func value(row: Int, field: Field) -> Value {
    precondition(row >= 0 && row < rowCount, "a row lies within the table")
    guard field.type == .figure else { return cell(row, slot: field.slot) }
    let figure = figure(row: row, slot: field.slot)
    return figure.isNull ? .null : .figure(figure)
  }

  /// Where the texts of a cell stand in a column of lists; nil if it is null.
  package func list(row: Int, field: Field) -> (texts: TextBlock, range: Range<Int>)? {
    precondition(row >= 0 && row < rowCount, "a row lies within the table")
    guard let column = try? column(field.slot), !column.isNull(row) else { return nil }
    return column.listLocation(row)
  }

  /// The cells of a row, in the order of `schema.fields`. `row` counts from 0.
  public func values(row: Int) -> [Value] {
    schema.fields.map { value(row: row, field: $0) }
  }

  /// How many rows have no value in a field.
  public func nullCount(_ field: Field) -> Int {
    guard field.type == .figure else {
      return (try? column(field.slot))?.nullCount ?? rowCount
    }
    var count = 0
    for row in 0..<rowCount where figure(row: row, slot: field.slot).isNull { count += 1 }
    return count
  }

  private func figure(row: Int, slot: Int) -> Figure {
    func part(_ offset: Int) -> Double? {
      guard case .number(let value) = cell(row, slot: slot + offset) else { return nil }
      return value
    }
    return Figure(low: part(0), best: part(1), high: part(2))
  }

  private func cell(_ row: Int, slot: Int) -> Value {
    (try? column(slot))?.value(row) ?? .null
  }
}
