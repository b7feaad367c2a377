/// Days since 1970-01-01 to and from the proleptic Gregorian calendar.
///
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil` and
/// `civil_from_days`. Years run from -9999 to 9999 here, so that nothing overflows.
enum CivilDate {
  static let firstDay = days(year: -9999, month: 1, day: 1)
  static let lastDay = days(year: 9999, month: 12, day: 31)

  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Monday is 1, Sunday 7.
  static func weekday(days: Int) -> Int {
    let fromThursday = (days % 7 + 7) % 7  // 1970-01-01 was a Thursday
    return (fromThursday + 3) % 7 + 1
  }

  /// The ISO 8601 week: it belongs to the year that holds its Thursday.
  static func week(days: Int) -> (year: Int, week: Int) {
    let thursday = days - weekday(days: days) + 4
    let year = civil(days: thursday).year
    return (year, (thursday - CivilDate.days(year: year, month: 1, day: 1)) / 7 + 1)
  }
}
