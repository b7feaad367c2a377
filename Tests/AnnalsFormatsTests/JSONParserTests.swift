import AnnalsFormats
import Testing

@Suite struct JSONParserTests {
  func parse(_ text: String) throws(FormatsError) -> JSONValue {
    try JSONParser.parse(Array(text.utf8), file: "a.json")
  }

  /// The problem and its place, or nil if the text is good.
  func problem(_ bytes: [UInt8]) -> (JSONProblem, TextPlace)? {
    do throws(FormatsError) {
      _ = try JSONParser.parse(bytes, file: "a.json")
    } catch {
      if case .json(_, let place, let problem) = error { return (problem, place) }
    }
    return nil
  }

  func problem(_ text: String) -> (JSONProblem, TextPlace)? { problem(Array(text.utf8)) }

  @Test func `values of all kinds are read, and names keep their order`() throws {
    let value = try parse(#"{"z": [1, -2.5, 1e3, true, false, null], "a": {"b": "c"}}"#)
    guard case .object(let members) = value.content else { throw Unexpected() }
    #expect(members.map(\.name) == ["z", "a"])
    guard case .array(let values) = members[0].value.content else { throw Unexpected() }
    #expect(
      values.map(\.content) == [
        .integer(1), .number(-2.5), .number(1000), .boolean(true), .boolean(false), .null,
      ])
    #expect(value["a"]?["b"]?.content == .text("c"))
    #expect(value["b"] == nil)
  }

  @Test func `integers stay exact as far as 64 bits reach`() throws {
    #expect(try parse("9223372036854775807").content == .integer(.max))
    #expect(try parse("-9223372036854775808").content == .integer(.min))
    #expect(try parse("9223372036854775808").content == .number(9_223_372_036_854_775_808))
  }

  @Test func `minus zero keeps its sign`() throws {
    guard case .number(let zero) = try parse("-0").content else { throw Unexpected() }
    #expect(zero == 0 && zero.sign == .minus)
  }

  @Test func `escapes and pairs of surrogates become characters`() throws {
    let value = try parse(#""\"\\\/\b\f\n\r\tA\u00e9😀é""#)
    #expect(value.content == .text("\"\\/\u{8}\u{C}\n\r\tAé😀é"))
  }

  @Test func `values know the line and column they stand at`() throws {
    let value = try parse("\u{FEFF}{\r\n  \"éé\": 1,\r\n\t\"b\": [2]}")
    #expect(value["éé"]?.place == TextPlace(line: 2, column: 9))
    guard case .array(let values)? = value["b"]?.content else { throw Unexpected() }
    #expect(values[0].place == TextPlace(line: 3, column: 8))
  }

  @Test(arguments: [
    ("", JSONProblem.unexpectedEnd(needed: "a value"), 1, 1),
    ("[1,]", .unexpectedCharacter(found: "]", needed: "a value"), 1, 4),
    ("{\"a\" 1}", .unexpectedCharacter(found: "1", needed: "a colon"), 1, 6),
    ("{'a': 1}", .unexpectedCharacter(found: "'", needed: "a name"), 1, 2),
    ("[1 2]", .unexpectedCharacter(found: "2", needed: "a comma or `]`"), 1, 4),
    ("[1]\n 2", .trailingText(found: "2"), 2, 2),
    ("tru", .unexpectedEnd(needed: "`true`"), 1, 4),
    ("01", .badNumber(text: "01"), 1, 1),
    ("[-]", .badNumber(text: "-"), 1, 2),
    ("[1.]", .badNumber(text: "1."), 1, 2),
    ("[1e]", .badNumber(text: "1e"), 1, 2),
    ("[1e999]", .numberTooLarge(text: "1e999"), 1, 2),
    ("\"a\tb\"", .controlCharacter(code: 9), 1, 3),
    ("\"a", .unexpectedEnd(needed: "the closing quote of a text"), 1, 3),
    (#""\x""#, .badEscape(text: #"\x"#), 1, 2),
    (#""\u12G4""#, .badEscape(text: #"\u12G"#), 1, 2),
    (#""\ud83d""#, .loneSurrogate(text: #"\ud83d"#), 1, 2),
    (#""\ude00""#, .loneSurrogate(text: #"\ude00"#), 1, 2),
    (#""\ud83dA""#, .loneSurrogate(text: #"\ud83d"#), 1, 2),
  ])
  func `what breaks the rules is refused with its place`(
    text: String, expected: JSONProblem, line: Int, column: Int
  ) throws {
    let (problem, place) = try #require(self.problem(text))
    #expect(problem == expected)
    #expect(place == TextPlace(line: line, column: column))
  }

  @Test func `a name that occurs twice is refused, with both places`() throws {
    let (problem, place) = try #require(self.problem("{\"a\": 1,\n \"\\u0061\": 2}"))
    #expect(problem == .duplicateName(name: "a", first: TextPlace(line: 1, column: 2)))
    #expect(place == TextPlace(line: 2, column: 2))
  }

  @Test func `bytes that are not UTF-8 are refused with their place`() throws {
    let (problem, place) = try #require(self.problem(Array("[\n\"é".utf8) + [0xC3, 0x28]))
    #expect(problem == .badUTF8)
    #expect(place == TextPlace(line: 2, column: 3))
  }

  @Test func `values nest 128 deep and no deeper`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(self.problem(nested(128)) == nil)
    let (problem, place) = try #require(self.problem(nested(129)))
    #expect(problem == .tooDeep(limit: 128))
    #expect(place == TextPlace(line: 1, column: 129))
    #expect(self.problem(String(repeating: "[", count: 1_000_000)) != nil)
  }

  @Test func `a message names file, line and column`() {
    do throws(FormatsError) {
      _ = try parse("{\n  \"a\": 1,\n}")
    } catch {
      #expect(
        error.description == """
          `}` stands where a name is needed
            at:  a.json:3:1
            fix: remove the comma before it
          """)
    }
  }
}

/// Thrown by a test where a value is of another kind than expected.
struct Unexpected: Error {}
