import AnnalsEngine
import FormatsTwin
import Testing

@testable import AnnalsFormats
import SeededRandom

@Suite struct FieldScanTests {
  /// Runs `body` on the scan with the bytes of a text, something else before and behind.
  func scanned<Result>(
    _ text: String, _ body: (FieldScan, Lane<UInt8>, Int, Int) -> Result
  ) throws -> Result {
    let budget = MemoryBudget(byteLimit: 1 << 20)
    let powers = try FieldScan.powersOfTen(budget: budget)
    let surrounded = "9" + text + "90123456789"
    let bytes = try Buffer(Array(surrounded.utf8), budget: budget)
    return withExtendedLifetime((powers, bytes)) {
      body(FieldScan(powers: powers), Lane(bytes), 1, 1 + text.utf8.count)
    }
  }

  @Test func `a day is read just where it is one`() throws {
    for (text, number) in [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2022-01-05", 18_997),
      ("0000-01-01", -719_528), ("9999-12-31", 2_932_896),
    ] {
      #expect(try scanned(text) { $0.day($1, $2, $3) } == Int64(number))
    }
    for text in [
      "1900-02-29", "2023-00-10", "2023-13-10", "2023-04-31", "2023-01-00", "2023/01/01",
      "2023-01-1", "202a-01-01", "2023-0:-01", "2023-01-0/", "éé-01-01", "2023-01-011",
    ] {
      #expect(try scanned(text) { $0.day($1, $2, $3) } == nil, "\(text)")
    }
  }

  @Test func `each day of 220 years has the number that follows`() throws {
    var expected: Int64 = -29_220
    for year in 1890..<2110 {
      for month in 1...12 {
        for day in 1...31 {
          let digits = [(year, 4), (month, 2), (day, 2)].map { number, width in
            String(repeating: "0", count: width - String(number).count) + String(number)
          }
          guard let found = try scanned(digits.joined(separator: "-"), { $0.day($1, $2, $3) })
          else { continue }
          expected += 1
          #expect(found == expected)
        }
      }
    }
    #expect(expected == 51_133)
  }

  @Test func `whole numbers of the usual form are read, others left to the careful way`() throws {
    for (text, value) in [
      ("0", 0), ("7", 7), ("-7", -7), ("999999999999999999", 999_999_999_999_999_999),
      ("-123456789012345678", -123_456_789_012_345_678),
    ] as [(String, Int64)] {
      #expect(try scanned(text) { $0.integer($1, $2, $3) } == value)
    }
    for text in ["-", "-0", "00", "07", "+7", "1234567890123456789", "1.0", "1e3", "x", " 1", "1 "]
    {
      #expect(try scanned(text) { $0.integer($1, $2, $3) } == nil, "\(text)")
    }
  }

  @Test func `numbers of the usual form are the nearest doubles, others left to the careful way`()
    throws
  {
    var random = SeededRandom(seed: 11)
    for _ in 0..<4000 {
      let bits = UInt64.random(in: 0...50, using: &random)
      let whole = UInt64.random(in: 0...UInt64(10) << bits, using: &random)
      let digits = Int.random(in: 0...8, using: &random)
      var text = (random.once(in: 2) ? "-" : "") + String(whole)
      if digits > 0 { text += "." }
      for _ in 0..<digits { text += String(UInt8.random(in: 0...9, using: &random)) }
      let found = try scanned(text) { $0.number($1, $2, $3) }
      if let found {
        #expect(found.bitPattern == Double(text)?.bitPattern, "\(text)")
      } else {
        #expect(text.utf8.count > 15, "\(text)")
      }
    }
    for text in ["-", ".5", "5.", "00.5", "+1", "1e3", "1.2.3", "9007199254740993", "NaN", "1,5"] {
      #expect(try scanned(text) { $0.number($1, $2, $3) } == nil, "\(text)")
    }
    #expect(try scanned("-0") { $0.number($1, $2, $3) }?.sign == .minus)
  }
}
