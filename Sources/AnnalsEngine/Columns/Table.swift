/// Columns of equal length under one schema. Immutable, shared without copying.
public final class Table: Sendable {
  public let schema: Schema
  public let rowCount: Int
  /// One for each slot of the schema.
  package let parts: [TableColumn]

  package convenience init(schema: Schema, rowCount: Int, columns: [Column]) {
    self.init(schema: schema, rowCount: rowCount, parts: columns.map(TableColumn.finished))
  }

  package init(schema: Schema, rowCount: Int, parts: [TableColumn]) {
    precondition(parts.count == schema.width, "a table has a column for each slot")
    precondition(parts.allSatisfy { $0.count == rowCount }, "columns are of equal length")
    self.schema = schema
    self.rowCount = rowCount
    self.parts = parts
  }

  /// The column of a slot, which is read from its file if it was not yet.
  ///
  /// - Throws: ``EngineError/column(_:)`` if what the file holds can't be used.
  package func column(_ slot: Int) throws(EngineError) -> Column { try parts[slot].read() }

  /// All columns, by slot.
  package var columns: [Column] {
    get throws(EngineError) {
      var columns: [Column] = []
      for part in parts { columns.append(try part.read()) }
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
    Table(schema: schema, rowCount: rowCount, columns: try columns)
  }

  /// One cell. `row` counts from 0.
  public func value(row: Int, field: Field) -> Value {
    precondition(row >= 0 && row < rowCount, "a row lies within the table")
    guard field.type == .figure else { return cell(row, slot: field.slot) }
    let figure = figure(row: row, slot: field.slot)
    return figure.isNull ? .null : .figure(figure)
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
