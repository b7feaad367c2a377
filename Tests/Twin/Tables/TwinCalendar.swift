import AnnalsEngine

/// The proleptic Gregorian calendar, counted out.
enum TwinCalendar {
  /// -9999-01-01 and 9999-12-31, in days since 1970-01-01.
  static let first = number(-9999, 1, 1)
  static let last = number(9999, 12, 31)

  struct Date {
    var year: Int
    var month: Int
    var day: Int
  }

  static func length(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// How many days lie between 0000-01-01 and the first day of a year.
  private static func days(before year: Int) -> Int {
    func floored(_ divisor: Int) -> Int {
      // Years before this one that the divisor divides, counted from year 0.
      let previous = year - 1
      return previous >= 0 ? previous / divisor + 1 : (previous + 1) / divisor
    }
    return year * 365 + floored(4) - floored(100) + floored(400)
  }

  private static let epoch = days(before: 1970)

  static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    var number = days(before: year) - epoch
    for earlier in 1..<month { number += length(earlier, year) }
    return number + day - 1
  }

  static func date(_ number: Int) -> Date {
    var year = 1970 + number / 366
    while self.number(year + 1, 1, 1) <= number { year += 1 }
    while self.number(year, 1, 1) > number { year -= 1 }
    var date = Date(year: year, month: 1, day: number - self.number(year, 1, 1) + 1)
    while date.day > length(date.month, year) {
      date.day -= length(date.month, year)
      date.month += 1
    }
    return date
  }

  /// Monday is 1.
  static func weekday(_ number: Int) -> Int {
    // 1970-01-05 was a Monday.
    let rest = (number - 4) % 7
    return (rest < 0 ? rest + 7 : rest) + 1
  }

  /// The week belongs to the year of its Thursday.
  static func week(_ number: Int) -> (year: Int, week: Int) {
    let thursday = number + 4 - weekday(number)
    let year = date(thursday).year
    return (year, (thursday - self.number(year, 1, 1)) / 7 + 1)
  }

  /// So many months later, on the same day of the month or the last that the month has.
  static func moved(_ number: Int, months: Int) -> Int {
    let date = date(number)
    let total = date.year * 12 + date.month - 1 + months
    let month = ((total % 12) + 12) % 12
    let year = (total - month) / 12
    return self.number(year, month + 1, min(date.day, length(month + 1, year)))
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(width - digits.count, 0))
    return (number < 0 ? "-" : "") + zeros + digits
  }

  static func text(_ number: Int) -> String {
    let date = date(number)
    return [padded(date.year, 4), padded(date.month, 2), padded(date.day, 2)]
      .joined(separator: "-")
  }

  /// Reads `2022-01-05`, and nothing else.
  static func day(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isWhole = parts.allSatisfy { part in part.utf8.allSatisfy { (48...57).contains($0) } }
    guard parts.map(\.utf8.count) == [4, 2, 2], isWhole, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month), let day = Int(parts[2]), day > 0,
      day <= length(month, year)
    else { return nil }
    return number(year, month, day)
  }
}

/// A span of the calendar in the words of a plan, such as `2 months`.
struct TwinSpan {
  let count: Int
  let unit: String

  init(_ text: String) {
    let parts = text.split(separator: " ")
    count = Int(parts[0]) ?? 1
    unit = parts[1].hasSuffix("s") ? String(parts[1].dropLast()) : String(parts[1])
  }

  /// The day so many spans after another.
  func day(after day: Int, times: Int) -> Int {
    switch unit {
    case "day": day + count * times
    case "week": day + 7 * count * times
    case "month": TwinCalendar.moved(day, months: count * times)
    case "quarter": TwinCalendar.moved(day, months: 3 * count * times)
    default: TwinCalendar.moved(day, months: 12 * count * times)
    }
  }
}
