import Testing

@testable import AnnalsEngine

@Suite struct CivilDateTests {
  /// A calendar that only knows how to go on by one day.
  struct Walk {
    var year: Int
    var month = 1
    var day = 1

    mutating func step() {
      day += 1
      guard day > Self.lengths(year)[month - 1] else { return }
      day = 1
      month += 1
      guard month > 12 else { return }
      month = 1
      year += 1
    }

    static func lengths(_ year: Int) -> [Int] {
      let leap = year.isMultiple(of: 400) || (year.isMultiple(of: 4) && !year.isMultiple(of: 100))
      return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }
  }

  @Test func `a walk of 800 years from 1600 agrees day by day`() {
    var walk = Walk(year: 1600)
    var weekday = 6  // 1600-01-01 was a Saturday
    var wrong: [Int] = []
    // 90 leap days lie between 1600 and 1970, and 104 between 1970 and 2400.
    for number in -(370 * 365 + 90)..<(430 * 365 + 104) {
      let date = CivilDate.civil(days: number)
      let isSame = date.year == walk.year && date.month == walk.month && date.day == walk.day
      if !isSame || CivilDate.weekday(days: number) != weekday
        || CivilDate.days(year: walk.year, month: walk.month, day: walk.day) != number
      {
        wrong.append(number)
      }
      walk.step()
      weekday = weekday % 7 + 1
    }
    #expect(wrong.isEmpty)
    #expect(walk.year == 2400 && walk.month == 1 && walk.day == 1)
  }

  @Test func `the first and last days are those of the years -9999 and 9999`() {
    for (year, month, day, number) in [
      (-9999, 1, 1, -4_371_587), (-1, 12, 31, -719_529), (0, 1, 1, -719_528),
      (0, 2, 29, -719_469), (1, 1, 1, -719_162), (1970, 1, 1, 0), (9999, 12, 31, 2_932_896),
    ] {
      #expect(CivilDate.days(year: year, month: month, day: day) == number)
      let date = CivilDate.civil(days: number)
      #expect(date.year == year && date.month == month && date.day == day)
    }
  }

  @Test func `leap years skip three centuries in four`() {
    #expect(
      [1600, 1900, 2000, 2022, 2024, 2100, 0, -4].map(CivilDate.isLeap) == [
        true, false, true, false, true, false, true, true,
      ])
    #expect((1...12).map { CivilDate.length(ofMonth: $0, year: 2024) } == Walk.lengths(2024))
    #expect((1...12).map { CivilDate.length(ofMonth: $0, year: 1900) } == Walk.lengths(1900))
  }

  @Test(arguments: [
    ("2020-12-31", 2020, 53), ("2021-01-01", 2020, 53), ("2021-01-03", 2020, 53),
    ("2021-01-04", 2021, 1), ("2018-12-30", 2018, 52), ("2018-12-31", 2019, 1),
    ("2016-01-03", 2015, 53), ("2016-01-04", 2016, 1), ("2012-01-01", 2011, 52),
    ("2008-12-29", 2009, 1), ("2010-01-03", 2009, 53), ("2000-01-01", 1999, 52),
    ("2000-01-03", 2000, 1), ("2022-01-05", 2022, 1), ("1970-01-01", 1970, 1),
    ("1900-12-31", 1901, 1), ("0000-01-03", 0, 1), ("0000-01-02", -1, 52),
  ])
  func `a week at the end of a year belongs to the year of its Thursday`(
    date: String, year: Int, week: Int
  ) throws {
    let day = try #require(Day(date))
    let found = CivilDate.week(days: Int(day.number))
    #expect(found.year == year && found.week == week)
  }
}
