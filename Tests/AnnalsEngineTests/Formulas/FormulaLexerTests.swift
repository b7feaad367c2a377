import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct FormulaLexerTests {
  func kinds(_ text: String) throws -> [FormulaToken.Kind] {
    var lexer = FormulaLexer(text)
    return try lexer.tokens().dropLast().map(\.kind)
  }

  func problem(_ text: String) -> String {
    do throws(EngineError) {
      var lexer = FormulaLexer(text)
      _ = try lexer.tokens()
      return "none"
    } catch {
      return error.formulaProblem
    }
  }

  @Test(arguments: [
    ("0", 0), ("007", 7), ("9223372036854775807", Int64.max), ("0xff", 255), ("0XA", 10),
    ("0xffffffffffffffff", -1),
  ])
  func `whole numbers are integers, and hexadecimal ones wrap around`(
    text: String, value: Int64
  ) throws {
    #expect(try kinds(text) == [.integer(value)])
  }

  @Test(
    arguments: [
      ("1.", 1), (".5", 0.5), ("1.5", 1.5), ("1e3", 1000), ("1.e3", 1000), (".5e-1", 0.05),
      ("1E+2", 100), ("9223372036854775808", 9_223_372_036_854_775_808), ("1e999", .infinity),
    ] as [(String, Double)])
  func `a point, an exponent or too many digits make a number`(
    text: String, value: Double
  ) throws {
    #expect(try kinds(text) == [.number(value)])
  }

  @Test(arguments: [
    ("1x", "malformedNumber at \"1x\""), ("3e", "malformedNumber at \"3e\""),
    ("0x", "malformedNumber at \"0x\""), ("0xg", "malformedNumber at \"0xg\""),
    ("1e+", "malformedNumber at \"1e+\""), ("'a", "unfinishedText at \"'a\""),
    ("\"a'", "unfinishedText at \"\"a'\""), ("'a\\'", "unfinishedText at \"'a\\'\""),
    ("'\\", "unfinishedText at \"'\\\""), ("'\\q'", "unknownEscape at \"\\q\""),
    ("`a", "unfinishedName at \"`a\""), ("a ? b", "unexpected at \"?\""),
    ("a é b", "unexpected at \"é\""), ("$1", "nameNeededAfterDollar at \"$\""),
  ])
  func `what is no token is told with its place`(text: String, expected: String) {
    #expect(problem(text) == expected)
  }

  @Test func `texts stand in either quotes and know a few escapes`() throws {
    #expect(try kinds("'a\"b' \"c'd\"") == [.text("a\"b"), .text("c'd")])
    #expect(try kinds(#"'\n\t\r\\\'\"é'"#) == [.text("\n\t\r\\'\"é")])
    #expect(try kinds("''") == [.text("")])
  }

  @Test func `names, words, bindings and backticks are told apart`() throws {
    #expect(
      try kinds("a _b1 and `in` $in in `a b`") == [
        .name("a"), .name("_b1"), .word("and"), .quotedName("in"), .binding("in"), .word("in"),
        .quotedName("a b"),
      ])
  }

  @Test func `the longest symbol wins`() throws {
    #expect(
      try kinds("a//b..c<=d~=e==f").compactMap {
        if case .symbol(let symbol) = $0 { symbol } else { nil }
      } == ["//", "..", "<=", "~=", "=="])
  }

  @Test func `random bytes are refused or read, and never trap`() throws {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "a", "1", ".", "..", "(", ")", "{", "}", "'", "\"", "`", "$", "\\", "in", " and ", "not ",
      "-", "^", "==", ",", "é", "\n", "0x", "e", "nil", "=", "f(", "//", "<", "\u{0}",
    ]
    for _ in 0..<5000 {
      let text = (0..<random.below(12)).map { _ in random.pick(pieces) }.joined()
      do throws(EngineError) {
        _ = try FormulaParser.namedFormula(text)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
