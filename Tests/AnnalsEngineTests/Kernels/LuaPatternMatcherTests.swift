import Testing

@testable import AnnalsEngine

@Suite struct LuaPatternMatcherTests {
  func answer(
    _ text: String, _ pattern: String, stepLimit: Int = 1_000_000
  ) throws -> LuaPatternMatcher.Answer {
    let textBytes = Array(text.utf8)
    let patternBytes = Array(pattern.utf8)
    var matcher = LuaPatternMatcher(try LuaPattern(patternBytes.span))
    return matcher.answer(textBytes.span, stepLimit: stepLimit)
  }

  func problem(_ pattern: String) -> LuaPattern.Problem? {
    let bytes = Array(pattern.utf8)
    do throws(LuaPattern.Problem) {
      _ = try LuaPattern(bytes.span)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    // Plain characters, anchors and the point.
    ("killed 12", "", true), ("", "", true), ("killed", "ill", true), ("killed", "^ill", false),
    ("killed", "^kill", true), ("killed", "ed$", true), ("killed", "kill$", false),
    ("a$b", "a$b", true), ("a^b", "a^b", true), ("ab", "a.", true), ("a", "a.", false),
    ("", "^$", true), ("a", "^$", false), ("*a", "^*a", true),
    // Classes.
    ("ab1", "%d", true), ("abc", "%d", false), ("abc", "^%a+$", true), ("ab_c", "^%w+$", false),
    ("a b", "%s", true), ("a.b", "%p", true), ("aB", "%u", true), ("AB", "%l", false),
    ("fF0", "^%x+$", true), ("g", "%x", false), ("\t", "%c", true), (" ", "%g", false),
    ("abc", "%A", false), ("ab1", "%A", true), ("12", "^%D", false), ("a.b", "a%.b", true),
    ("axb", "a%.b", false), ("100%", "%%$", true),
    // Sets.
    ("b", "^[abc]$", true), ("d", "^[abc]$", false), ("d", "^[a-e]$", true),
    ("5", "^[%a%d]$", true), ("_", "^[%w_]$", true), ("x", "^[^abc]$", true),
    ("a", "^[^abc]$", false), ("]", "^[]]$", true), ("x", "^[^]]$", true), ("-", "^[a-]$", true),
    ("^", "^[a^]$", true), ("%", "^[%%]$", true), ("b", "^[%a-z]$", true), ("-", "^[%a-z]$", true),
    // Repetitions.
    ("", "^a*$", true), ("aaa", "^a*$", true), ("aab", "^a*$", false), ("", "^a+$", false),
    ("aaa", "^a+$", true), ("ab", "^a?b$", true), ("b", "^a?b$", true), ("aab", "^a?b$", false),
    ("aaab", "^a-b", true), ("aaac", "^a-b", false), ("aXbXc", "^.-X.-X.-$", true),
    ("aaa", "^a*a$", true), ("aaa", "^a+aaa$", false), ("2022-01-05", "^%d+%-%d+%-%d+$", true),
    // Repetition signs after anything but a single character stand for themselves.
    ("ab*", "(ab)*", true), ("ab", "(ab)*", false),
    // Captures and what refers to them.
    ("abab", "^(ab)%1$", true), ("abba", "^(ab)%1$", false), ("noon", "^(.)(.)%2%1$", true),
    ("moon", "^(.)(.)%2%1$", false), ("aa", "^()a%1", false), ("'x'", "([\"']).-%1", true),
    ("'x\"", "([\"']).-%1", false), ("abcabc", "^((a)bc)%1$", true), ("xyxyy", "(x(y))%1%2", true),
    // Balanced pairs.
    ("f(a(b)c)d", "^f%b()d$", true), ("f(a(b c)d", "^f%b()d$", false), ("''", "^%b''$", true),
    ("x[1]y", "%b[]", true), (")(", "%b()", false),
    // Frontiers.
    ("THE (quick) fox", "%f[%a]%a+%f[%A]", true), ("the", "%f[%u]", false),
    ("THE", "^%f[%u]THE%f[%U]$", true),
    ("a1", "%f[%d]1", true), ("11", "^1%f[%d]", false),
  ])
  func `patterns mean what Lua's manual says`(
    text: String, pattern: String, isFound: Bool
  ) throws {
    #expect(try answer(text, pattern) == (isFound ? .found : .absent))
  }

  @Test(arguments: [
    ("Қазақ", "^.....$", true), ("Қазақ", "^.-$", true), ("Қ", "^[Ққ]$", true),
    ("Ұ", "^[Ққ]$", false), ("ж", "^[а-я]$", true), ("ё", "^[а-я]$", false),
    ("ж", "^[^а-я]$", false), ("ж", "%a", false), ("ж", "^%A$", true), ("ж", "^[%W]$", true),
    ("ж", "^[^%W]$", false), ("жж", "^ж+$", true), ("жжз", "^ж*з$", true),
    ("«х(«y»)»", "^%b«»$", true),
    ("€uro", "^€", true), ("😀", "^.$", true), ("жаба", "^(.)(.).%2$", true),
  ])
  func `characters are code points and classes are of ASCII`(
    text: String, pattern: String, isFound: Bool
  ) throws {
    #expect(try answer(text, pattern) == (isFound ? .found : .absent))
  }

  @Test(
    arguments: [
      ("%", .endsWithPercent), ("a%", .endsWithPercent), ("[a", .unclosedSet), ("[]", .unclosedSet),
      ("[^]", .unclosedSet), ("[a%", .unclosedSet), ("[%]", .unclosedSet), ("(a", .unclosedCapture),
      ("a)", .unopenedCapture), ("%1", .unknownCapture), ("(a%1)", .unknownCapture),
      ("%0", .unknownCapture), ("(a)%2", .unknownCapture), ("%b", .balanceWithoutPair),
      ("%b(", .balanceWithoutPair), ("%f", .frontierWithoutSet), ("%fa", .frontierWithoutSet),
      ("%q", .unknownClass), ("[%b]", .unknownClass),
      (String(repeating: "()", count: 33), .tooManyCaptures),
      (String(repeating: "a", count: 201), .tooLong),
    ] as [(String, LuaPattern.Problem)])
  func `what is no pattern is refused with the reason`(
    pattern: String, expected: LuaPattern.Problem
  ) {
    #expect(problem(pattern) == expected)
  }

  @Test(
    arguments: [
      (".-.-.-.-.-.-b", 20_000, .unclear), ("a*a*a*a*b", 20_000, .unclear),
      (String(repeating: "a-", count: 199) + "b", 500, .unclear),
      (String(repeating: "a*", count: 199) + "b", 500, .unclear),
      (String(repeating: "a?", count: 200), 20_000, .found), ("%b()%b()", 20_000, .absent),
    ] as [(String, Int, LuaPatternMatcher.Answer)])
  func `a hostile pattern ends`(
    pattern: String, length: Int, expected: LuaPatternMatcher.Answer
  ) throws {
    let text = String(repeating: "a", count: length)
    #expect(try answer(text, pattern, stepLimit: 100_000) == expected)
  }

  @Test func `bytes that are no UTF-8 do no harm`() throws {
    let pattern = Array("^.-[^a]%f[%A].+$".utf8)
    var matcher = LuaPatternMatcher(try LuaPattern(pattern.span))
    for seed in 0..<200 {
      let bytes = (0..<seed % 40).map {
        UInt8(truncatingIfNeeded: 0x80 + ($0 * 37 + seed * 11) % 160)
      }
      #expect(matcher.answer(bytes.span, stepLimit: 10_000) != .unclear)
    }
  }
}
