import AnnalsEngine
import FormatsTwin
import Glibc
import Testing

@testable import AnnalsFormats
import SeededRandom

/// Numbers are the nearest doubles, as the C library rounds them.
@Suite struct NumberTests {
  func bits(_ text: String) throws -> UInt64 {
    let value = try FieldType.number.value(text.utf8.span)
    guard case .number(let number) = value else { return 0 }
    return number.bitPattern
  }

  @Test(arguments: [
    "9007199254740993", "9007199254740992.9999999999999999", "1e23", "8.5e22", "1e-22", "1e22",
    "2.2250738585072011e-308", "2.2250738585072012e-308", "2.2250738585072014e-308",
    "4.9406564584124654e-324", "2.4703282292062328e-324", "2.4703282292062327e-324", "1e-400",
    "1.7976931348623157e308", "1.7976931348623158e308", "0.1", "36.81666666666667",
    "179769313486231580793e288", "0.500000000000000166533453693773481063544750213623046875",
    "3.518437208883201171875e13", "62.5364939768271845828", "8.10109172351e-10",
    "1.50000000000000011102230246251565", "9007199254740991.4999999999999999999999999999999995",
    "100000000000000016777215", "100000000000000016777216", "6929495644600919.5", "-0",
    "3.00000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
    "000000000000000000000000000000000000001e-10", "0e999999999999",
  ])
  func `hard cases are rounded as the C library rounds them`(text: String) throws {
    // SAFETY: the text is a C string for the length of the call.
    let expected = unsafe strtod(text, nil)
    #expect(try bits(text) == expected.bitPattern)
  }

  @Test func `any double that is written with 17 digits is read back`() throws {
    var random = SeededRandom(seed: 17)
    for _ in 0..<5000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      #expect(try bits("\(number)") == number.bitPattern)
    }
  }
}
