import AnnalsConsole
import Testing

@Suite struct BlockTests {
  @Test func `Enter sends what is complete, wherever the cursor is`() {
    var typist = Typist()
    typist.type("f()", Typed.left, Typed.enter)
    #expect(typist.events == [.send("f()")])
  }

  @Test func `Enter breaks the line of what is not complete and goes farther in`() {
    var typist = Typist()
    typist.type("f({", Typed.enter, "1,", Typed.enter, "})")
    #expect(typist.text == "f({\n  1,\n  })")
    typist.type(Typed.enter)
    #expect(typist.events == [.send("f({\n  1,\n})")])
  }

  @Test func `lines that come at once bring their own blanks`() {
    let lines = "f({\r" + (1...8).map { "    \($0),\r" }.joined() + "  9})"
    var typist = Typist()
    typist.type(lines)
    #expect(typist.text == lines.replacing("\r", with: "\n"))
    typist.type("(", Typed.enter, "1")
    #expect(typist.text.hasSuffix("\n  9})(\n    1"))
  }

  @Test func `a large block is asked for its end only where nothing is open`() {
    let assistant = CountingAssistant()
    var typist = Typist(assistant: assistant)
    typist.type("t = {", Typed.enter)
    for _ in 0..<4 { typist.type(Typed.paste(String(repeating: "{1}, -- {\n", count: 1_000))) }
    #expect(assistant.count == 1)
    typist.type(Typed.enter, Typed.enter)
    #expect(assistant.count == 1)
    typist.type("}", Typed.enter)
    #expect(assistant.count == 2)
    // A change in what was looked at already counts.
    typist.type(Typed.alt("<"), "(", Typed.enter)
    #expect(assistant.count == 2)
  }

  @Test func `a line that closes goes out again`() {
    var typist = Typist()
    typist.type(
      "(if a then", Typed.enter, "b()", Typed.enter, "else", Typed.enter, "c()", Typed.enter)
    typist.type("end", Typed.enter)
    #expect(typist.text == "(if a then\n  b()\nelse\n  c()\nend\n")
  }

  @Test func `Alt-Enter and Shift-Enter always break the line`() {
    var typist = Typist()
    typist.type("  a", "\u{1B}\r", "b", "\u{1B}[13;2u")
    #expect(typist.text == "  a\n  b\n  ")
    #expect(typist.events == [])
  }

  @Test func `Up and Down move in the block, in the column where they began`() {
    var typist = Typist()
    typist.type(Typed.paste("abcd\nx\n東京東京"), Typed.left, Typed.up)
    #expect(typist.marked == "abcd\nx|\n東京東京")
    typist.type(Typed.up, Typed.up)
    #expect(typist.marked == "abcd|\nx\n東京東京")
  }

  @Test func `Up and Down move by the rows of a long line`() {
    var typist = Typist(columns: 13)
    typist.type("0123456789abcdefghijklm", Typed.up)
    #expect(typist.lines == ["> 0123456789", "  abcdefghij", "  klm"])
    #expect(typist.marked == "0123456789abc|defghijklm")
    typist.type(Typed.up)
    #expect(typist.marked == "012|3456789abcdefghijklm")
    typist.type(Typed.end, Typed.home, Typed.down)
    #expect(typist.marked == "0123456789|abcdefghijklm")
  }

  @Test func `past its first and last row Up and Down go through the history by block`() {
    var typist = Typist(history: ["old", "for\n  x\nend"])
    typist.type("draft", Typed.up)
    #expect(typist.marked == "for\n  x\nend|")
    typist.type(Typed.up, Typed.up)
    #expect(typist.marked == "for|\n  x\nend")
    typist.type(Typed.up)
    #expect(typist.marked == "old|")
    typist.type(Typed.up)
    #expect(typist.text == "old")
    typist.type(Typed.down, Typed.down)
    #expect(typist.marked == "draft|")
  }

  @Test func `Up takes any older block, whatever was typed`() {
    var typist = Typist(history: ["print(1)", "x = 2"])
    typist.type("print", Typed.up)
    #expect(typist.text == "x = 2")
  }

  @Test func `what was changed in an older block is there on the way back`() {
    var typist = Typist(history: ["one", "two"])
    typist.type(Typed.up, "!", "\u{1B}[5~", "\u{1B}[6~")
    #expect(typist.text == "two!")
    #expect(typist.editor.history == ["one", "two"])
  }

  @Test func `the rest of the newest block with this beginning is offered`() {
    var typist = Typist(history: ["print(1)", "print(a b)", "x"])
    typist.type("pr")
    #expect(typist.lines == ["> print(a b)"])
    #expect(typist.styles(ofRow: 0) == [">  1", "int(a b) 2"])
    #expect(typist.text == "pr")
    typist.type(Typed.alt("f"))
    #expect(typist.marked == "print|")
    typist.type(Typed.right)
    #expect(typist.marked == "print(a b)|")
  }

  @Test(arguments: [Typed.right, Typed.end, Typed.control("e"), Typed.control("f")])
  func `what is offered is taken by the keys that go right`(key: String) {
    var typist = Typist(history: ["f(\n1)"])
    typist.type("f", key)
    #expect(typist.text == "f(\n1)")
  }

  @Test func `nothing is offered within the text, nor taken there`() {
    var typist = Typist(history: ["abc"])
    typist.type("ab", Typed.left)
    #expect(typist.lines == ["> ab"])
    typist.type(Typed.end)
    #expect(typist.text == "ab")
  }
}

/// Says of nothing that it is complete, and counts how often it was asked.
private final class CountingAssistant: LineAssistant {
  private(set) var count = 0

  func completions(in text: String, at offset: Int) -> Completions { .none }
  func hint(for text: String, at offset: Int) -> String? { nil }

  func isComplete(_ text: String) -> Bool {
    count += 1
    return false
  }
}
