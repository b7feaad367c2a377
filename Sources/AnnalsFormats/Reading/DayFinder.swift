import AnnalsEngine

/// Finds out whether the texts of a column are days, and which of day and month stands first.
///
/// All texts have one layout. Where day and month are both numbers, a number above 12 decides for all of
/// them; without one the column is undecided, unless day and month are the same in every text.
struct DayFinder {
  enum Finding: Equatable {
    /// They are days; the order matters only where day and month are both numbers.
    case days(DayOrder, isNeeded: Bool)
    /// They are days in either order, but not the same ones.
    case undecided
    /// Some can only have the day first, and some only the month.
    case contradictory
    case noDays
  }

  private let given: DayOrder?
  private var layout: DayText.Layout?
  private var isDayFirst = true
  private var isMonthFirst = true
  private var isSame = true
  private var hasOthers = false

  /// - Parameter order: What is said of the order. It holds for a column that was said to hold days, and
  ///   decides on another where its texts do not.
  init(order: DayOrder? = nil) { given = order }

  /// Takes a text; false if it is no day of the layout of those before it.
  mutating func take(_ bytes: Span<UInt8>) -> Bool {
    guard let text = DayText(bytes), layout == nil || layout == text.layout else {
      hasOthers = true
      return false
    }
    let (first, second) = (text.day(.dayFirst), text.day(.monthFirst))
    guard first != nil || second != nil else {
      hasOthers = true
      return false
    }
    layout = text.layout
    if first == nil { isDayFirst = false }
    if second == nil { isMonthFirst = false }
    if first != second { isSame = false }
    return true
  }

  /// What the texts are, all taken together. Those that are no days do not count against it where the
  /// column was said to hold days.
  func finding(isDeclared: Bool) -> Finding {
    guard let layout, isDeclared || !hasOthers else { return .noDays }
    guard layout.needsOrder else { return .days(.dayFirst, isNeeded: false) }
    if let given, isDeclared { return .days(given, isNeeded: true) }
    if isDayFirst != isMonthFirst {
      return .days(isDayFirst ? .dayFirst : .monthFirst, isNeeded: true)
    }
    guard isDayFirst else { return .contradictory }
    if let given { return .days(given, isNeeded: true) }
    return isSame ? .days(.dayFirst, isNeeded: true) : .undecided
  }

  /// The day of a text of the column's layout.
  func day(_ bytes: Span<UInt8>, _ order: DayOrder) -> Day? {
    guard let text = DayText(bytes), text.layout == layout else { return nil }
    return text.day(order)
  }
}
