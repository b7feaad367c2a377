import Testing

@testable import AnnalsEngine

@Suite struct FormulaParserTests {
  func read(_ text: String) -> String {
    do throws(EngineError) {
      return try FormulaParser.formula(text).root.bracketed
    } catch {
      return error.formulaProblem
    }
  }

  @Test(arguments: [
    ("-x^2", "(-(x ^ 2))"), ("2^-3", "(2 ^ -3)"), ("2^-3^2", "(2 ^ (-(3 ^ 2)))"),
    ("2^3^4", "(2 ^ (3 ^ 4))"), ("-2^2", "(-(2 ^ 2))"), ("a..b..c", "(a .. (b .. c))"),
    ("a - b - c", "((a - b) - c)"), ("a / b * c", "((a / b) * c)"),
    ("a // b % c", "((a // b) % c)"), ("a + b * c", "(a + (b * c))"),
    ("a * b + c", "((a * b) + c)"), ("a .. b + c", "(a .. (b + c))"),
    ("a + b .. c", "((a + b) .. c)"), ("-a * b", "((-a) * b)"), ("- -a", "(-(-a))"),
    ("not a == b", "((not a) == b)"), ("not not a", "(not (not a))"),
    ("not -a", "(not (-a))"), ("a < b and c", "((a < b) and c)"),
    ("a or b and c", "(a or (b and c))"), ("a and b or c", "((a and b) or c)"),
    ("a or b or c", "((a or b) or c)"), ("a < b < c", "((a < b) < c)"),
    ("a == b ~= c", "((a == b) ~= c)"), ("a .. b == c", "((a .. b) == c)"),
    ("x in {1,2} and y", "((x in {1, 2}) and y)"), ("y and x in $s", "(y and (x in $s))"),
    ("not x in {1}", "((not x) in {1})"), ("x + 1 in {1}", "((x + 1) in {1})"),
    ("x in {1} == y", "((x in {1}) == y)"), ("(a or b) and c", "((a or b) and c)"),
    ("a.b.c + 1", "(a.b.c + 1)"), ("f(a, -b)", "f(a, (-b))"), ("f()", "f()"),
    ("f(a).x", "unexpected at \".\""),
  ])
  func `operators bind as in section 3.4.8 of the Lua 5.4 manual`(
    text: String, expected: String
  ) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    ("", "empty at \"\""), ("  ", "empty at \"\""), ("a +", "incomplete at \"\""),
    ("a b", "unexpected at \"b\""), ("a = b", "singleEquals at \"=\""),
    ("(a", "unclosed(\"(\") at \"(\""), ("f(a", "unclosed(\"(\") at \"(\""),
    ("f(a b)", "unexpected at \"b\""), ("x in {1", "unclosed(\"{\") at \"{\""),
    ("x in y", "setNeededAfterIn at \"y\""), ("x in", "setNeededAfterIn at \"\""),
    ("{1}", "setOutsideIn at \"{\""), ("a.", "nameNeededAfterPoint at \"\""),
    ("a.1", "unexpected at \".1\""), ("#a", "notInFormulas at \"#\""),
    ("a[1]", "notInFormulas at \"[\""), ("a & b", "notInFormulas at \"&\""),
    ("~a", "notInFormulas at \"~\""), ("a + * b", "unexpected at \"*\""),
    ("function()", "unexpected at \"function\""), (")", "unexpected at \")\""),
    ("f(,)", "unexpected at \",\""), ("$", "nameNeededAfterDollar at \"$\""),
  ])
  func `what can't be read is told with its place`(text: String, expected: String) {
    #expect(read(text) == expected)
  }

  @Test func `a name before an equals sign names the formula`() throws {
    for (text, name, formula) in [
      ("x = a + 1", "x", "(a + 1)"), ("`a b` = 1", "a b", "1"), ("end = 1", "end", "1"),
    ] {
      let read = try FormulaParser.namedFormula(text)
      #expect(read.name == name)
      #expect(read.1.root.bracketed == formula)
    }
    #expect(try FormulaParser.namedFormula("a == 1").name == nil)
  }

  @Test func `brackets nest as deep as the limit and no deeper`() {
    let within = String(repeating: "(", count: 99) + "a" + String(repeating: ")", count: 99)
    let beyond = String(repeating: "(", count: 10_000) + "a"
    #expect(read(within) == "a")
    #expect(read(beyond) == "tooDeep at \"(\"")
    #expect(read(String(repeating: "not ", count: 10_000) + "a").hasPrefix("tooDeep"))
    #expect(read(String(repeating: "a..", count: 10_000) + "a").hasPrefix("tooDeep"))
  }

  @Test func `a chain of operators is as long as the limit and no longer`() {
    let within = Array(repeating: "a", count: 201).joined(separator: "+")
    #expect(read(within).hasSuffix(" + a)"))
    for operation in ["+", " or ", "==", " in {1} and "] {
      let text = Array(repeating: "a", count: 10_000).joined(separator: operation)
      #expect(read(text).hasPrefix("tooLong at"))
    }
  }

  @Test func `the range of a part is the part's own bytes`() throws {
    let formula = try FormulaParser.formula(" 'é' .. ( a.b ) == f( c , 2 ) ")
    guard case .binary(_, let left, let right) = formula.root.kind,
      case .binary(_, let first, let second) = left.kind
    else {
      Issue.record("not a comparison of a join")
      return
    }
    #expect(
      [formula.root, left, right, first, second].map { formula.place($0).text } == [
        "'é' .. ( a.b ) == f( c , 2 )", "'é' .. ( a.b )", "f( c , 2 )", "'é'", "( a.b )",
      ])
  }
}
