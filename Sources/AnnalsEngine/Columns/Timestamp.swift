/// A moment in UTC, to the microsecond.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microseconds: Int64

  package static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The microseconds of the years -9999 to 9999.
  package static let range =
    Int64(CivilDate.firstDay) * microsecondsPerDay..<(Int64(CivilDate.lastDay) + 1)
    * microsecondsPerDay

  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Reads `2022-01-05T10:30:00Z`, with a space or `T`, with or without seconds, a fraction of up to
  /// six digits, and `Z` or an offset such as `+06:00`. Without either the time counts as UTC.
  public init?(_ text: String) {
    var scanner = DigitScanner(bytes: Array(text.utf8))
    guard let year = scanner.number(4), scanner.skip(0x2D), let month = scanner.number(2),
      scanner.skip(0x2D), let dayOfMonth = scanner.number(2),
      let day = Day(year: year, month: month, day: dayOfMonth),
      scanner.skip(0x54) || scanner.skip(0x20),
      let hour = scanner.number(2), hour < 24, scanner.skip(0x3A),
      let minute = scanner.number(2), minute < 60
    else { return nil }
    var second = 0
    var fraction = 0
    if scanner.skip(0x3A) {
      guard let seconds = scanner.number(2), seconds < 60 else { return nil }
      second = seconds
      if scanner.skip(0x2E) {
        guard let micro = scanner.fraction(digits: 6) else { return nil }
        fraction = micro
      }
    }
    guard let offset = scanner.offsetMinutes(), scanner.isAtEnd else { return nil }
    let minutes = Int64(hour) * 60 + Int64(minute) - Int64(offset)
    microseconds =
      Int64(day.number) * Self.microsecondsPerDay
      + (minutes * 60 + Int64(second)) * 1_000_000 + Int64(fraction)
  }

  /// The calendar date in UTC.
  public var day: Day {
    let days = microseconds.flooredQuotient(by: Self.microsecondsPerDay)
    return Day(number: Int32(clamping: days))
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// `2022-01-05T10:30:00Z`, with six decimals where the seconds have a fraction.
  public var description: String {
    let rest = microseconds.flooredRemainder(by: Self.microsecondsPerDay)
    let seconds = Int(rest / 1_000_000)
    let fraction = Int(rest % 1_000_000)
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Day.padded($0, 2) }
    return day.description + "T" + clock.joined(separator: ":")
      + (fraction == 0 ? "" : "." + Day.padded(fraction, 6)) + "Z"
  }
}

/// Takes fixed numbers of digits off the front of a text.
private struct DigitScanner {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func digit() -> Int? {
    guard position < bytes.count, (48...57).contains(bytes[position]) else { return nil }
    position += 1
    return Int(bytes[position - 1]) - 48
  }

  mutating func number(_ digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// One to `digits` digits after the point, as if all were there.
  mutating func fraction(digits: Int) -> Int? {
    guard var value = digit() else { return nil }
    var read = 1
    while read < digits, let digit = digit() {
      value = value * 10 + digit
      read += 1
    }
    while read < digits {
      value *= 10
      read += 1
    }
    return value
  }

  mutating func offsetMinutes() -> Int? {
    if isAtEnd || skip(0x5A) { return 0 }
    let sign: Int
    if skip(0x2B) { sign = 1 } else if skip(0x2D) { sign = -1 } else { return nil }
    guard let hours = number(2), hours < 24 else { return nil }
    let hasColon = skip(0x3A)
    guard let minutes = isAtEnd && !hasColon ? 0 : number(2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
