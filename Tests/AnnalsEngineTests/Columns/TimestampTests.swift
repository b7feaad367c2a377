import Testing

@testable import AnnalsEngine

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2022-01-05T10:30:00Z", "2022-01-05T10:30:00Z"), ("2022-01-05 10:30", "2022-01-05T10:30:00Z"),
    ("2022-01-05T10:30:00.5", "2022-01-05T10:30:00.500000Z"),
    ("2022-01-05T00:30:00+06:00", "2022-01-04T18:30:00Z"),
    ("2022-01-05T23:30-0100", "2022-01-06T00:30:00Z"),
    ("2022-01-05T10:30+06", "2022-01-05T04:30:00Z"),
    ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
    ("0000-01-01T00:00Z", "0000-01-01T00:00:00Z"),
  ])
  func `times are read with their offset and written in UTC`(
    text: String, written: String
  ) throws {
    #expect(try #require(Timestamp(text)).description == written)
  }

  @Test(arguments: [
    "", "2022-01-05", "2022-01-05T", "2022-01-05T24:00", "2022-01-05T10:60", "2022-02-30T10:00",
    "2022-01-05T10:30:60", "2022-01-05T10:30:00.", "2022-01-05T10:30:00.1234567",
    "2022-01-05T10:30+", "2022-01-05T10:30+6", "2022-01-05T10:30+06:", "2022-01-05T10:30+24:00",
    "2022-01-05T10:30Zx", " 2022-01-05T10:30Z",
  ])
  func `what is no time is nil`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `the extremes of a time are written without a trap`() {
    for microseconds in [Int64.min, .max, -1, 0] {
      let time = Timestamp(microseconds: microseconds)
      #expect(time.description.hasSuffix("Z"))
    }
    #expect(Timestamp(microseconds: -1).day == Day(number: -1))
  }
}
