/// The functions of formulas that compute one value from the rows of a group.
package enum Aggregate: String, CaseIterable, Hashable, Sendable {
  case count
  case countIf = "count_if"
  case distinct, sum, mean, median, quantile, stddev, min, max, mode, first, last, any, all, list

  static let names = allCases.map(\.rawValue)

  /// What it takes and gives, and one sentence on what it does.
  package var documentation: (signature: String, summary: String) {
    switch self {
    case .count: ("count(x)", "How many rows there are, or with x how many where x is known.")
    case .countIf: ("count_if(condition)", "How many rows meet the condition.")
    case .distinct: ("distinct(x)", "How many different known values x has.")
    case .sum: ("sum(x, key)", "The known values added; with a key, x once for each key.")
    case .mean: ("mean(x, key)", "The mean of the known values; with a key, x once for each key.")
    case .median:
      ("median(x)", "The known value in the middle, or half way between the two in the middle.")
    case .quantile:
      (
        "quantile(x, q)",
        "The number below which the share q of the known values lies; between two values in a"
          + " straight line (type 7 of Hyndman and Fan)."
      )
    case .stddev:
      (
        "stddev(x)",
        "The standard deviation of a sample, with n - 1 below; null for fewer than two values."
      )
    case .min:
      ("min(x)", "The smallest known value; of figures the whole figure, the first of equal ones.")
    case .max:
      ("max(x)", "The greatest known value; of figures the whole figure, the first of equal ones.")
    case .mode: ("mode(x)", "The known value that most rows have; of several the smallest.")
    case .first: ("first(x)", "The first known value in the order of the rows.")
    case .last: ("last(x)", "The last known value in the order of the rows.")
    case .any: ("any(condition)", "Whether a row meets the condition; null over nothing known.")
    case .all:
      ("all(condition)", "Whether every row with a known answer meets the condition.")
    case .list:
      (
        "list(x)",
        "A list of the known values in the order of the rows, repeated ones too; what is no text is"
          + " written as `text(x)` does."
      )
    }
  }
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
    /// The rows of the dataset's table that the value, a reference, names; they are checked by the
    /// table's rule of addition, and the result is whether running totals are among them.
    case checkAddition(table: String)
    /// Whether running totals are among the rows; more than one of them is refused.
    case checkRunning
  }

  /// Which of the known keys is meant; of equal ones that of the first row.
  package enum Choice: Hashable, Sendable {
    case smallest, greatest, first, last
  }

  package let function: Function
  /// Nil for `countRows` alone.
  package let argument: Expression?
  /// With a key, the value of the first row of each key counts; for `companion` it says which row.
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
