/// The functions of formulas that compute one value from the rows of a group.
package enum Aggregate: String, CaseIterable, Hashable, Sendable {
  case count
  case countIf = "count_if"
  case distinct, sum, mean, median, quantile, stddev, min, max, mode, first, last, any, all, list

  static let names = allCases.map(\.rawValue)
}

/// One aggregate of a plan: what it computes over which value of each row.
package struct AggregateCall: Hashable, Sendable {
  package enum Function: Hashable, Sendable {
    /// Rows in all.
    case countRows
    /// Rows where the value is known.
    case countKnown
    /// Rows where the value is true.
    case countTrue
    case countDistinct
    case sum, mean, min, max, first, last, any, all
    /// The number below which this share of the values lies, in a straight line between two.
    case quantile(Double)
    /// Of a sample, with n - 1 below.
    case standardDeviation
    /// The value of most rows, the smallest of several.
    case mode
    /// The values, which are texts, in the order of the rows.
    case list
    /// The value, known or not, in the row with the chosen key; so a figure stays whole.
    case companion(Choice)
    /// The value if every known one is the same, else null.
    case only
    /// The rows of the dataset's table behind the known values, as ``PackedRows``; the key says which
    /// stand behind each.
    case rowsBehind(table: String)
    /// The same, after the table's rule of addition has looked at them, marked as added. One row may
    /// stand behind several values only if that is said.
    case checkAddition(table: String, mayRepeat: Bool)
  }

  /// Which of the known keys is meant; of equal ones that of the first row.
  package enum Choice: Hashable, Sendable {
    case smallest, greatest, first, last
  }

  package let function: Function
  /// Nil for `countRows` alone.
  package let argument: Expression?
  /// With a key, the value of the first row of each key counts; for `companion` it says which row, and
  /// for `rowsBehind` and `checkAddition` it is the rows behind the value.
  package let key: Expression?
  /// The type of the result.
  package let type: ValueType
  package let place: FormulaPlace
}

extension AggregateCall {
  package static func == (left: AggregateCall, right: AggregateCall) -> Bool {
    left.function == right.function && left.argument == right.argument && left.key == right.key
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(function)
    hasher.combine(argument)
    hasher.combine(key)
  }
}
