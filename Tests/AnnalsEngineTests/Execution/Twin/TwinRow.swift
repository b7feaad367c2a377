@testable import AnnalsEngine

/// What makes a row fail, in the twin's words.
enum TwinFailure: Error {
  /// Found while a value was computed; the row is not known there.
  case value
  /// `row` counts from 1.
  case row(Int)
}

/// One row: its values by column name.
typealias TwinRow = [String: Value]

/// A column that formulas may name.
struct TwinColumn {
  let name: String
  let type: ValueType
  /// Whether a path brought it, so that plain sums of it are refused.
  var isRepeated = false
}

/// A formula: its text, and what it means for one row.
struct TwinFormula {
  let text: String
  let type: ValueType
  let isRepeated: Bool
  let reads: Set<String>
  let value: (TwinRow) throws -> Value

  init(
    _ text: String, _ type: ValueType, reads: [TwinFormula] = [],
    value: @escaping (TwinRow) throws -> Value
  ) {
    self.text = text
    self.type = type
    isRepeated = reads.contains { $0.isRepeated }
    self.reads = reads.reduce(into: []) { $0.formUnion($1.reads) }
    self.value = value
  }

  init(column: TwinColumn) {
    text = column.name
    type = column.type
    isRepeated = column.isRepeated
    reads = [column.name]
    value = { $0[column.name] ?? .null }
  }

  /// A path from a column.
  init(
    path: String, from column: TwinColumn, _ type: ValueType,
    value: @escaping (Value) -> Value
  ) {
    text = column.name + "." + path
    self.type = type
    isRepeated = true
    reads = [column.name]
    self.value = { value($0[column.name] ?? .null) }
  }
}

/// The order of values in groups, sorts and comparisons; both are known and of one type.
enum TwinOrder {
  static func isLess(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.number(let left), .number(let right)): left < right
    case (.integer(let left), .number(let right)): Double(left) < right
    case (.number(let left), .integer(let right)): left < Double(right)
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.day(let left), .day(let right)): left.number < right.number
    case (.text(let left), .text(let right)):
      Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
    case (.reference(let left), .reference(let right)):
      Array(left.key.utf8).lexicographicallyPrecedes(Array(right.key.utf8))
    case (.figure(let left), .figure(let right)):
      (left.orderKey ?? 0) < (right.orderKey ?? 0)
    default: false
    }
  }

  /// Whether `left` comes first; nulls come last, whichever the direction.
  static func precedes(_ left: Value, _ right: Value, isDescending: Bool = false) -> Bool? {
    if left == .null || right == .null { return left == right ? nil : right == .null }
    if isLess(left, right) { return !isDescending }
    if isLess(right, left) { return isDescending }
    return nil
  }
}
