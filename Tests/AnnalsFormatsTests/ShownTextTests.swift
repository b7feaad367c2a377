import AnnalsFormats
import Testing

@Suite struct ShownTextTests {
  @Test func `a value is cut at 60 characters`() {
    let exact = String(repeating: "é", count: 60)
    #expect(ShownText.quoted(exact) == "`\(exact)`")
    #expect(ShownText.cut(exact + "x") == exact + "…")
  }

  @Test func `control characters are shown as escapes`() {
    #expect(ShownText.cut("a\nb\tc\r\u{1B}[0m\u{0}") == "a\\nb\\tc\\r\\u{1b}[0m\\u{0}")
  }

  @Test func `names are listed with or before the last`() {
    #expect(ShownText.alternatives([]) == "")
    #expect(ShownText.alternatives(["a"]) == "`a`")
    #expect(ShownText.alternatives(["a", "b", "c"]) == "`a`, `b` or `c`")
  }

  @Test func `marks that turn the direction of writing are escapes`() {
    #expect(ShownText.cut("a\u{202E}aul.\u{2066}b") == "a\\u{202e}aul.\\u{2066}b")
  }
}
