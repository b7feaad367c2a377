/// The functions of formulas that compute a value from the values of one row.
package enum RowFunction: String, CaseIterable, Hashable, Sendable {
  case abs, round, floor, ceil, sqrt, log, exp
  case text, number, integer, day
  case lower, upper, length, trim, contains
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case matches, replace, sub, split
  case year, quarter, month, week, weekday
  case dayOfMonth = "day_of_month"
  case startOf = "start_of"
  case distance, priogrid

  /// Every name that may stand before a bracket, aggregates aside.
  static let names = allCases.map(\.rawValue) + BuiltInFunction.allCases.map(\.rawValue)

  var canFail: Bool {
    switch self {
    case .abs, .round, .floor, .ceil, .number, .integer, .day, .matches: true
    default: false
    }
  }
}
