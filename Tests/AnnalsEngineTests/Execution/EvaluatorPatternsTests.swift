import Testing

@testable import AnnalsEngine

@Suite struct EvaluatorPatternsTests {
  @Test func `matches looks for a pattern anywhere in a text`() throws {
    #expect(
      try Formulas.values(
        "matches(x, '^%u%a+ %(')", over: .text,
        [.text("Army (2016-)"), .text("army (2016-)"), .null, .text("The Army (2016-)")])
        == [.boolean(true), .boolean(false), .null, .boolean(false)])
  }

  @Test func `a written pattern is checked before anything runs`() {
    #expect(
      Formulas.message("matches('a', '[a')") == """
        `[a` is no pattern: a `[` is never closed
          in:  value = matches('a', '[a')
                                    ^^^^
          fix: patterns are Lua's; `%` makes a sign after it plain, as in `%.`
        """)
  }

  @Test func `a pattern of the data fails the row that has it`() throws {
    let patterns: [Value] = [.text("b+"), .null, .text("a)")]
    #expect {
      try Formulas.values("matches('abc', x)", over: .text, patterns)
    } throws: { error in
      "\(error)" == """
        `a)` is no pattern: a `)` closes nothing, in row 3
          in:  value = matches('abc', x)
                       ^^^^^^^^^^^^^^^^^
          fix: patterns are Lua's; `%` makes a sign after it plain, as in `%.`
        """
    }
    #expect(
      try Formulas.values("x ~= 'a)' and matches('abc', x)", over: .text, patterns)
        == [.boolean(true), .null, .boolean(false)])
  }

  @Test(arguments: [1, 4], [1, 2048])
  func `a search that takes too long fails its row`(threads: Int, batch: Int) throws {
    var texts = (0..<130).map { Value.text("row \($0)") }
    texts[77] = .text(String(repeating: "a", count: 3000))
    #expect {
      try Formulas.values(
        "matches(x, 'a-a-a-a-b')", over: .text, texts,
        SmallDataset.context(threads: threads, batch: batch, range: 64))
    } throws: { error in
      "\(error)" == """
        the pattern `a-a-a-a-b` takes too long in row 78
          in:  value = matches(x, 'a-a-a-a-b')
                       ^^^^^^^^^^^^^^^^^^^^^^^
          fix: use fewer of `*`, `+` and `-`, or begin the pattern with `^`
        """
    }
  }
}
