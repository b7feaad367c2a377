/// Columns of equal length under one schema. Immutable, shared without copying.
public final class Table: Sendable {
  public let schema: Schema
  public let rowCount: Int
  /// One for each slot of the schema.
  package let columns: [Column]

  package init(schema: Schema, rowCount: Int, columns: [Column]) {
    precondition(columns.count == schema.width, "a table has a column for each slot")
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns are of equal length")
    self.schema = schema
    self.rowCount = rowCount
    self.columns = columns
  }

  /// One cell. `row` counts from 0.
  public func value(row: Int, field: Field) -> Value {
    precondition(row >= 0 && row < rowCount, "a row lies within the table")
    guard field.type == .figure else { return columns[field.slot].value(row) }
    let figure = figure(row: row, slot: field.slot)
    return figure.isNull ? .null : .figure(figure)
  }

  /// The cells of a row, in the order of `schema.fields`. `row` counts from 0.
  public func values(row: Int) -> [Value] {
    schema.fields.map { value(row: row, field: $0) }
  }

  /// How many rows have no value in a field.
  public func nullCount(_ field: Field) -> Int {
    guard field.type == .figure else { return columns[field.slot].nullCount }
    var count = 0
    for row in 0..<rowCount where figure(row: row, slot: field.slot).isNull { count += 1 }
    return count
  }

  private func figure(row: Int, slot: Int) -> Figure {
    func part(_ offset: Int) -> Double? {
      guard case .number(let value) = columns[slot + offset].value(row) else { return nil }
      return value
    }
    return Figure(low: part(0), best: part(1), high: part(2))
  }
}
