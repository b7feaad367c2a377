/// A calendar date without a clock, proleptic Gregorian, from year -9999 to 9999.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let number: Int32

  /// The numbers of the days from year -9999 to 9999.
  package static let numbers = Int32(CivilDate.firstDay)...Int32(CivilDate.lastDay)

  package init(number: Int32) { self.number = number }

  /// Nil if there is no such date.
  public init?(year: Int, month: Int, day: Int) {
    guard (-9999...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    number = Int32(CivilDate.days(year: year, month: month, day: day))
  }

  /// Reads `2022-01-05`, and nothing else.
  public init?(_ text: String) {
    self.init(iso: text.utf8.span)
  }

  /// Reads the ten bytes of an ISO 8601 calendar date; years have four digits.
  package init?(iso bytes: Span<UInt8>) {
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func digits(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        let digit = Int(bytes[index]) - 48
        guard (0...9).contains(digit) else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// `2022-01-05`; a year before 0 has a sign and four digits.
  public var description: String {
    let date = CivilDate.civil(days: Int(number))
    return Day.padded(date.year, 4) + "-" + Day.padded(date.month, 2) + "-"
      + Day.padded(date.day, 2)
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (value < 0 ? "-" : "") + zeros + digits
  }
}
