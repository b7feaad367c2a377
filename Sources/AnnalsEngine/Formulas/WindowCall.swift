/// The functions of formulas that look at neighbouring rows.
package enum Series: String, CaseIterable, Hashable, Sendable {
  case rank
  case rowNumber = "row_number"
  case lag, lead, cumulate, rolling

  static let names = allCases.map(\.rawValue)
}

/// One value for each row, from the rows of its group.
package struct WindowCall: Sendable {
  /// The rows that an aggregate is over.
  package enum Frame: Hashable, Sendable {
    /// All rows of the group.
    case partition
    /// The rows up to and with this one.
    case cumulative
    /// The rows whose date lies in the span that ends with this row's date.
    case rolling(CalendarSpan, date: Expression, isPartial: Bool)
    /// So many rows that end with this one.
    case lastRows(Int, isPartial: Bool)

    var name: String {
      switch self {
      case .partition: "derive"
      case .cumulative: "cumulate"
      case .rolling, .lastRows: "rolling"
      }
    }
  }

  package enum Function: Hashable, Sendable {
    case aggregate(AggregateCall, Frame)
    case rowNumber
    case rank(Expression)
    /// The value so many rows before; after, if negative.
    case shift(Expression, by: Int)
  }

  package let function: Function
  package let type: ValueType
  package let place: FormulaPlace

  init(_ function: Function, _ type: ValueType, _ place: FormulaPlace) {
    self.function = function
    self.type = type
    self.place = place
  }

  /// The expressions over the rows that it reads.
  var arguments: [Expression] {
    switch function {
    case .aggregate(let call, .rolling(_, let date, _)):
      [call.argument, call.key, date].compactMap { $0 }
    case .aggregate(let call, _): [call.argument, call.key].compactMap { $0 }
    case .rowNumber: []
    case .rank(let value), .shift(let value, _): [value]
    }
  }
}

extension WindowCall: Hashable {
  package static func == (left: WindowCall, right: WindowCall) -> Bool {
    left.function == right.function
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(function) }
}

/// A number of rows, as in `3 rows`.
enum RowSpan {
  /// Reads a whole number from 1 and the unit, with or without a plural s; nil if it is none.
  static func count(_ text: String) -> Int? {
    let parts = text.split(separator: " ")
    guard parts.count == 2, ["row", "rows"].contains(parts[1]), let count = Int(parts[0]),
      (1...1_000_000_000).contains(count)
    else { return nil }
    return count
  }
}

/// A number of days or months, as in `7 days` or `3 months`.
package struct CalendarSpan: Hashable, Sendable {
  package let days: Int
  package let months: Int

  private static let units: [String: (days: Int, months: Int)] = [
    "day": (1, 0), "week": (7, 0), "month": (0, 1), "quarter": (0, 3), "year": (0, 12),
  ]

  /// Reads a whole number from 1 and a unit, with or without a plural s.
  package init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let count = Int(parts[0]), (1...100_000).contains(count) else {
      return nil
    }
    let unit = String(parts[1].hasSuffix("s") ? parts[1].dropLast() : parts[1])
    guard let size = Self.units[unit] else { return nil }
    days = count * size.days
    months = count * size.months
  }

  /// The day that lies so many spans after a day; where the month is shorter, its last day.
  func day(after day: Int, count: Int) -> Int {
    let later = day + days * count
    guard months > 0 else { return later }
    let date = CivilDate.civil(days: later)
    let total = date.year * 12 + date.month - 1 + months * count
    let year = total.flooredQuotient(by: 12)
    let month = total - year * 12 + 1
    return CivilDate.days(
      year: year, month: month,
      day: min(date.day, CivilDate.length(ofMonth: month, year: year)))
  }

  /// The day that lies the span before a day; where the month is shorter, its last day.
  func start(before day: Int) -> Int {
    let earlier = day - days
    guard months > 0 else { return earlier }
    let date = CivilDate.civil(days: earlier)
    let total = date.year * 12 + date.month - 1 - months
    let year = total.flooredQuotient(by: 12)
    let month = total - year * 12 + 1
    return CivilDate.days(
      year: year, month: month,
      day: min(date.day, CivilDate.length(ofMonth: month, year: year)))
  }
}
