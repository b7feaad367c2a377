import Testing

@testable import AnnalsEngine

@Suite struct DayTests {
  @Test(arguments: ["2022-01-05", "2024-02-29", "0000-01-01", "9999-12-31", "1582-10-10"])
  func `a day is written as it was read`(text: String) throws {
    #expect(try #require(Day(text)).description == text)
  }

  @Test(arguments: [
    "", "2022-1-5", "2022-02-29", "2022-13-01", "2022-00-01", "2022-01-00", "2022-01-32",
    "20220105", "2022-01-05 ", "-2022-01-05", "2022/01/05", "２022-01-05", "2022-01-0x",
  ])
  func `what is no day is nil`(text: String) {
    #expect(Day(text) == nil)
  }

  @Test func `years before 0 have a sign and four digits`() {
    #expect(Day(year: -44, month: 3, day: 15)?.description == "-0044-03-15")
    #expect(Day(year: -10_000, month: 1, day: 1) == nil)
  }
}
