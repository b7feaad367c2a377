import AnnalsEngine

/// Which of day and month stands first in a date of three numbers.
package enum DayOrder: Hashable, Sendable {
  case dayFirst, monthFirst
}

/// The parts of a text that may be a day: `29/12/2015`, `05 January 2022`, `9-May-20`, `Jan 5, 2022`,
/// `2014-01-22 00:00:00.000`. A clock behind it must show midnight.
struct DayText {
  /// What all texts of a column have in common.
  struct Layout: Hashable {
    /// Where the name of the month stands; nil where it is a number.
    var nameIndex: Int?
    /// Whether the year stands first; otherwise it stands last.
    var isYearFirst: Bool
    var yearDigitCount: Int
    var separators: [[UInt8]]

    /// Whether only the numbers tell which is the month.
    var needsOrder: Bool { nameIndex == nil && !isYearFirst }
  }

  let layout: Layout
  private let year: Int
  /// The two parts beside the year, in their order; of a name the number of the month.
  private let parts: (Int, Int)

  /// Nil if the text has no such parts; whether they are a day is another question.
  init?(_ bytes: Span<UInt8>) {
    var scan = Scan()
    var values: [Int] = []
    var digitCounts: [Int] = []
    var separators: [[UInt8]] = []
    for index in 0..<3 {
      guard let part = scan.part(bytes) else { return nil }
      values.append(part.value)
      digitCounts.append(part.digitCount)
      if index < 2 {
        guard let separator = scan.separator(bytes) else { return nil }
        separators.append(separator)
      }
    }
    guard scan.isMidnight(bytes) else { return nil }
    let isYearFirst = digitCounts[0] == 4
    let yearIndex = isYearFirst ? 0 : 2
    guard digitCounts[yearIndex] == 4 || (yearIndex == 2 && digitCounts[2] == 2) else { return nil }
    let others = isYearFirst ? [1, 2] : [0, 1]
    let names = others.filter { digitCounts[$0] == 0 }
    guard names.count < 2, others.allSatisfy({ digitCounts[$0] <= 2 }),
      Self.mayStand(
        between: separators, hasName: !names.isEmpty, yearDigitCount: digitCounts[yearIndex])
    else { return nil }
    layout = Layout(
      nameIndex: names.first, isYearFirst: isYearFirst, yearDigitCount: digitCounts[yearIndex],
      separators: separators)
    year = Self.year(values[yearIndex], digitCount: digitCounts[yearIndex])
    parts = (values[others[0]], values[others[1]])
  }

  /// The day; nil if there is none in that order, which matters only where the layout needs one.
  func day(_ order: DayOrder) -> Day? {
    let monthComesFirst: Bool
    if let name = layout.nameIndex {
      monthComesFirst = name == (layout.isYearFirst ? 1 : 0)
    } else {
      monthComesFirst = layout.isYearFirst || order == .monthFirst
    }
    let (month, day) = monthComesFirst ? (parts.0, parts.1) : (parts.1, parts.0)
    return Day(year: year, month: month, day: day)
  }

  /// Three numbers with points or hyphens are days only with a whole year: `1.2.15` may be anything.
  private static func mayStand(
    between separators: [[UInt8]], hasName: Bool, yearDigitCount: Int
  ) -> Bool {
    let (first, second) = (separators[0], separators[1])
    if hasName { return first == second || (first == [0x20] && second == [0x2C, 0x20]) }
    let slash: [UInt8] = [0x2F]
    guard first == second, [slash, [0x2D], [0x2E]].contains(first) else { return false }
    return first == slash || yearDigitCount == 4
  }

  /// Of two digits, 69 to 99 are of the last century.
  ///
  /// Source: POSIX.1-2017, `strptime`, conversion `%y`.
  private static func year(_ value: Int, digitCount: Int) -> Int {
    digitCount == 4 ? value : value < 69 ? 2000 + value : 1900 + value
  }

  private struct Scan {
    var index = 0

    func byte(_ bytes: Span<UInt8>) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// A number, or the name of a month, which has no digits.
    mutating func part(_ bytes: Span<UInt8>) -> (value: Int, digitCount: Int)? {
      let start = index
      var value = 0
      while (0x30...0x39).contains(byte(bytes)), index < start + 5 {
        value = value * 10 + Int(byte(bytes) - 0x30)
        index += 1
      }
      if index > start { return (value, index - start) }
      var letters: [UInt8] = []
      while (0x61...0x7A).contains(byte(bytes) | 0x20), letters.count < 10 {
        letters.append(byte(bytes) | 0x20)
        index += 1
      }
      return DayText.month(letters).map { ($0, 0) }
    }

    mutating func separator(_ bytes: Span<UInt8>) -> [UInt8]? {
      let first = byte(bytes)
      guard [0x20, 0x2C, 0x2D, 0x2E, 0x2F].contains(first) else { return nil }
      index += 1
      guard first == 0x2C else { return [first] }
      guard byte(bytes) == 0x20 else { return nil }
      index += 1
      return [first, 0x20]
    }

    /// Whether nothing is left, or a clock that shows `0:00`, `00:00:00.000`, `00:00:00Z` or
    /// `12:00:00 AM`.
    mutating func isMidnight(_ bytes: Span<UInt8>) -> Bool {
      if index == bytes.count { return true }
      guard bytes.count - index <= 20, [0x20, 0x54].contains(byte(bytes)) else { return false }
      var clock = ""
      for position in (index + 1)..<bytes.count {
        clock.unicodeScalars.append(Unicode.Scalar(bytes[position]))
      }
      if ["0:00", "00:00", "12:00:00 AM"].contains(clock) { return true }
      if clock.hasSuffix("Z") { clock.removeLast() }
      guard let rest = clock.dropPrefix("00:00:00") ?? clock.dropPrefix("0:00:00") else {
        return false
      }
      return rest.isEmpty || (rest.first == "." && rest.dropFirst().allSatisfy { $0 == "0" })
    }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ].map { Array($0.utf8) }

  /// The month of an English name in lower case, or of its first three letters.
  private static func month(_ letters: [UInt8]) -> Int? {
    guard letters.count >= 3 else { return nil }
    let index = months.firstIndex { name in
      letters == name || letters == Array(name[..<3])
    }
    return index.map { $0 + 1 }
  }
}

extension String {
  /// What follows a beginning; nil if the text does not begin so.
  fileprivate func dropPrefix(_ prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
