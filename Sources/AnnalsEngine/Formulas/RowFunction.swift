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

  /// Functions that are built into the typer, by name.
  static let builtIn = ["coalesce", "if_else", "least", "greatest", "clamp", "days"]

  /// Every name that may stand before a bracket, aggregates aside.
  static let names = allCases.map(\.rawValue) + builtIn

  var canFail: Bool {
    switch self {
    case .abs, .round, .floor, .ceil, .number, .integer, .day, .matches: true
    default: false
    }
  }

  /// What it takes and gives, and one sentence on what it does.
  package var documentation: (signature: String, summary: String) {
    switch self {
    case .abs: ("abs(x)", "The size of a number without its sign.")
    case .round: ("round(x)", "The nearest whole number; halves go away from zero.")
    case .floor: ("floor(x)", "The greatest whole number that is not above x.")
    case .ceil: ("ceil(x)", "The smallest whole number that is not below x.")
    case .sqrt: ("sqrt(x)", "The square root; null for what is below zero.")
    case .log: ("log(x)", "The natural logarithm; null for what is not above zero.")
    case .exp: ("exp(x)", "e to the power of x.")
    case .text: ("text(x)", "Any value as it is written in CSV.")
    case .number: ("number(x)", "A number from an integer, a boolean or a text; bad text fails.")
    case .integer:
      ("integer(x)", "A whole number from a number, a boolean or a text; a fraction fails.")
    case .day: ("day(x)", "The day of a time, or of a text such as 2022-01-05; bad text fails.")
    case .lower: ("lower(text)", "The text in lower case, by Unicode's rules without a locale.")
    case .upper: ("upper(text)", "The text in upper case, by Unicode's rules without a locale.")
    case .length:
      (
        "length(text)",
        "How many Unicode characters (code points) the text has; of a list how many texts."
      )
    case .trim: ("trim(text)", "The text without white space at either end.")
    case .contains:
      (
        "contains(text, part)",
        "Whether the part occurs, byte by byte; of a list whether one of its texts is the part."
      )
    case .startsWith: ("starts_with(text, part)", "Whether the text begins with the part.")
    case .endsWith: ("ends_with(text, part)", "Whether the text ends with the part.")
    case .matches:
      (
        "matches(text, pattern)",
        "Whether a pattern of Lua matches somewhere in the text. Characters are Unicode code points,"
          + " classes such as %a are of ASCII; a search that takes too long fails."
      )
    case .replace:
      (
        "replace(text, part, other)",
        "The text with every occurrence of the part replaced, from left to right; an empty part"
          + " occurs nowhere."
      )
    case .sub:
      (
        "sub(text, first, last)",
        "The characters (code points) from first to last, or to the end; they count from 1,"
          + " negative ones from the end, as in Lua."
      )
    case .split:
      (
        "split(text, separator)",
        "A list of what stands between the separators; of an empty text the empty list. An empty"
          + " separator occurs nowhere."
      )
    case .year: ("year(date)", "The year as an integer.")
    case .quarter: ("quarter(date)", "The quarter as text that sorts: 2022-Q1.")
    case .month: ("month(date)", "The month as text that sorts: 2022-01.")
    case .week: ("week(date)", "The ISO 8601 week as text that sorts: 2022-W01.")
    case .weekday: ("weekday(date)", "The day of the week: Monday is 1, Sunday 7.")
    case .dayOfMonth: ("day_of_month(date)", "The day within its month, from 1.")
    case .startOf:
      (
        "start_of(date, unit, first)",
        "The first day of the date's week, month, quarter or year; a week starts on Monday unless"
          + " `first` names another day."
      )
    case .distance:
      (
        "distance(lat, lon, lat, lon)",
        "The km between two places along a great circle of a sphere with the Earth's mean radius,"
          + " 6371.0088 km; null for degrees outside of 90 and 180."
      )
    case .priogrid:
      (
        "priogrid(lat, lon)",
        "The number of the PRIO-GRID cell, half a degree wide, that the place lies in; null for"
          + " degrees outside of 90 and 180."
      )
    }
  }
}
