/// One value of a column, or a bound value of a formula.
public enum Value: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case day(Day)
  case time(Timestamp)
  case list([String])
  case figure(Figure)
  /// The row of another table, shown by its key.
  case reference(RowReference)

  /// The type, or nil for null.
  public var type: ValueType? {
    switch self {
    case .null: nil
    case .boolean: .boolean
    case .integer: .integer
    case .number: .number
    case .text: .text
    case .day: .day
    case .time: .time
    case .list: .list
    case .figure: .figure
    case .reference(let reference): .reference(table: reference.table)
    }
  }

  /// How the value is written in a table for people and in CSV; null is empty.
  public var text: String {
    switch self {
    case .null: ""
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): NumberText.shortest(value)
    case .text(let value): value
    case .day(let value): value.description
    case .time(let value): value.description
    case .list(let values): values.joined(separator: ";")
    case .figure(let value): value.description
    case .reference(let reference): reference.key
    }
  }
}

/// A row of a table of the dataset, named by a reference.
public struct RowReference: Hashable, Sendable {
  /// The table that is referred to.
  public let table: String
  /// The row's key, as text.
  public let key: String
  /// Counts from 0.
  package let row: Int

  package init(table: String, key: String, row: Int) {
    self.table = table
    self.key = key
    self.row = row
  }
}

extension Value {
  /// How many bytes it takes, roughly.
  package var footprint: Int {
    switch self {
    case .text(let text): 64 + text.utf8.count
    case .list(let texts): texts.reduce(64) { $0 + 32 + $1.utf8.count }
    default: 64
    }
  }
}
