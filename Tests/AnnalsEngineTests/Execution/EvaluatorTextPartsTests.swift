import Testing

@testable import AnnalsEngine

@Suite struct EvaluatorTextPartsTests {
  @Test(arguments: [
    ("replace('a-b-c', '-', '+')", "a+b+c"), ("replace('aaa', 'aa', 'b')", "ba"),
    ("replace('aXbX', 'X', '')", "ab"), ("replace('abc', 'x', 'y')", "abc"),
    ("replace('abc', '', 'y')", "abc"), ("replace('', 'a', 'y')", ""),
    ("replace('a.c', '.', '%1')", "a%1c"), ("replace('аба', 'а', 'о')", "обо"),
  ])
  func `replace takes every occurrence from left to right, and an empty part occurs nowhere`(
    formula: String, result: String
  ) throws {
    #expect(try Formulas.value(formula) == .text(result))
  }

  @Test(arguments: [
    ("sub('Алматы', 1, 3)", "Алм"), ("sub('Алматы', 4)", "аты"), ("sub('Алматы', -2)", "ты"),
    ("sub('Алматы', 2, -2)", "лмат"), ("sub('abc', 0, 2)", "ab"), ("sub('abc', 2, 9)", "bc"),
    ("sub('abc', 3, 2)", ""), ("sub('abc', 4)", ""), ("sub('abc', -9, 1)", "a"),
    ("sub('abc', 1, -9)", ""), ("sub('abc', 1, 0)", ""), ("sub('abc', 2, 2)", "b"),
    ("sub('', 1)", ""), ("sub('abc', -9223372036854775807, 9223372036854775807)", "abc"),
    ("sub('😀x', 2)", "x"),
  ])
  func `sub counts code points by Lua's rules`(formula: String, result: String) throws {
    #expect(try Formulas.value(formula) == .text(result))
  }

  @Test func `null spreads through functions of texts`() throws {
    for formula in [
      "replace(x, 'a', 'b')", "replace('a', x, 'b')", "replace('a', 'a', x)", "sub(x, 1)",
      "split(x, ';')", "split('a', x)", "matches(x, 'a')", "matches('a', x)",
    ] {
      #expect(try Formulas.values(formula, over: .text, [.null]) == [.null], "\(formula)")
    }
  }

  @Test func `places in a text are integers`() {
    #expect(
      Formulas.message("sub('abc', 1.5)") == """
        argument 2 of `sub` must be an integer, not a number
          in:  value = sub('abc', 1.5)
                       ^^^^^^^^^^^^^^^
        """)
  }
}
