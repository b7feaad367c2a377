import AnnalsConsole
import ConsoleTwin
import Testing

@Suite struct ScreenTests {
  @Test func `a wide character that does not fit goes to the next row`() {
    var typist = Typist(columns: 8)
    typist.type("a東京大")
    #expect(typist.lines == ["a東京大"])
    var narrow = Typist(columns: 13)
    narrow.type("123456789東京")
    #expect(narrow.lines == ["> 123456789", "  東京"])
    #expect(narrow.cursor == [1, 6])
    narrow.type(Typed.left, Typed.left, "0")
    #expect(narrow.lines == ["> 1234567890", "  東京"])
  }

  @Test func `the cursor after a full row has a place in it`() {
    var typist = Typist(columns: 13)
    typist.type("0123456789")
    #expect(typist.lines == ["> 0123456789"])
    #expect(typist.cursor == [0, 12])
    typist.type("a")
    #expect(typist.lines == ["> 0123456789", "  a"])
  }

  @Test func `marks, joined emoji and flags take the cells of their grapheme`() {
    var typist = Typist()
    typist.type("e\u{301}👩‍👩‍👧🇰🇿☎\u{FE0F}ب\u{64E}x")
    #expect(typist.cursor == [0, 11])
    #expect(typist.lines == ["> e\u{301}👩‍👩‍👧🇰🇿☎\u{FE0F}ب\u{64E}x"])
  }

  @Test func `what acts or shows nothing is shown by a sign`() {
    var typist = Typist()
    typist.type(Typed.paste("a\u{7}\u{202E}b\u{200B}\u{7F}\n\u{301}x\tz"))
    #expect(typist.lines == ["> a␇\u{FFFD}b\u{FFFD}␡", "… \u{FFFD}x  z"])
  }

  @Test func `a block that is higher than the screen scrolls with the cursor`() {
    var typist = Typist(rows: 4)
    typist.type(Typed.paste("1\n2\n3\n4\n5\n6"))
    #expect(typist.lines == ["… 3", "… 4", "… 5", "… 6"])
    typist.type(Typed.up, Typed.up, Typed.up, Typed.up)
    #expect(typist.lines == ["… 2", "… 3", "… 4", "… 5"])
    typist.type(Typed.up)
    #expect(typist.lines == ["> 1", "… 2", "… 3", "… 4"])
    #expect(typist.cursor == [0, 3])
  }

  @Test func `rows that are gone make room for those above`() {
    var typist = Typist(rows: 3)
    typist.type(Typed.paste("1\n2\n3\n4"), Typed.backspace, Typed.backspace)
    #expect(typist.lines == ["> 1", "… 2", "… 3"])
  }

  @Test func `the hint stands below and goes with what it was for`() {
    var typist = Typist(columns: 20)
    typist.type("f(")
    #expect(typist.lines == ["> f(", "f(x): what f does …"])
    #expect(typist.styles(ofRow: 1) == ["f(x): what f does … 2"])
    #expect(typist.cursor == [0, 4])
    typist.type(Typed.backspace)
    #expect(typist.lines == ["> f"])
  }

  @Test func `an offer of several lines is shown as it would be taken`() {
    var typist = Typist(columns: 13, history: ["for 456789ab\n  x"])
    typist.type("for")
    #expect(typist.lines == ["> for 456789", "  ab", "    x"])
    #expect(typist.cursor == [0, 5])
  }

  @Test func `a finished block stays without hint and offer`() {
    var typist = Typist(history: ["f() -- more"])
    typist.type("f()")
    #expect(typist.lines == ["> f() -- more", "f(x): what f does with x"])
    typist.finish()
    #expect(typist.lines == ["> f()"])
    #expect(typist.cursor == [1, 0])
  }

  @Test func `a screen with little room leaves the prompt out`() {
    var typist = Typist(columns: 9)
    typist.type("0123456789")
    #expect(typist.lines == ["01234567", "89"])
  }

  @Test func `another size shows the same text`() {
    var editor = EditorScreen(assistant: SimpleAssistant(), hasColours: false)
    editor.begin(prompt: "> ", size: ScreenSize(columns: 40, rows: 8))
    editor.take(Array("0123456789abcdef".utf8).span)
    _ = editor.next()
    _ = editor.paint()
    // A terminal of 13 columns has broken the row of 18 cells into two; the cursor is in the second.
    #expect(editor.resize(ScreenSize(columns: 13, rows: 8)) == "\u{1B}[A\r\u{1B}[J")
    var terminal = TerminalTwin(columns: 13, rows: 8)
    terminal.write(editor.paint())
    #expect(terminal.lines.prefix(2) == ["> 0123456789", "  abcdef"])
  }

  @Test func `a key paints no more than what it changed`() {
    var editor = EditorScreen(assistant: SimpleAssistant(), hasColours: true)
    editor.begin(prompt: "> ", size: ScreenSize(columns: 40, rows: 8))
    #expect(editor.paint() == "\u{1B}[1m> \u{1B}[m")
    func painted(_ keys: String) -> String {
      editor.take(Array(keys.utf8).span)
      _ = editor.next()
      return editor.paint()
    }
    #expect(painted("x") == "x")
    #expect(painted(" = 'a'") == " = \u{1B}[32m'a'\u{1B}[m")
    #expect(painted(Typed.left) == "\u{8}")
    #expect(painted(Typed.home) == "\u{1B}[6D")
    #expect(painted("") == "")
    #expect(painted(Typed.end + Typed.control("w")) == "\u{1B}[3C\u{1B}[K\u{1B}[C")
  }

  @Test func `without colours none is set`() {
    var plain = Typist(hasColours: false)
    plain.type("local x = 'a' -- b")
    #expect(plain.styles(ofRow: 0) == [">  1"])
    var coloured = Typist(hasColours: true)
    coloured.type("local x = 'a' + 1 -- b")
    #expect(coloured.styles(ofRow: 0) == [">  1", "local 35", "'a' 32", "1 36", "-- b 2"])
  }

  @Test func `both brackets of the pair at the cursor are marked`() {
    var typist = Typist()
    typist.type("f({1}, \")\")", Typed.home, Typed.right)
    #expect(typist.styles(ofRow: 0) == [">  1", "( 1;4", ") 1;4"])
    #expect(typist.cursor == [0, 3])
    typist.type(Typed.right, Typed.right, Typed.right)
    #expect(typist.styles(ofRow: 0) == [">  1", "{ 1;4", "} 1;4"])
  }

  @Test func `a string that is not closed is marked once nobody types it`() {
    var typist = Typist(hasColours: true)
    typist.type("x = 'ab")
    #expect(typist.styles(ofRow: 0) == [">  1", "'ab 32"])
    typist.type(Typed.home)
    #expect(typist.styles(ofRow: 0) == [">  1", "'ab 31"])
  }

  @Test func `a command's word has a colour`() {
    var typist = Typist(hasColours: true)
    typist.type(".open end.csv")
    #expect(typist.styles(ofRow: 0) == [">  1", ".open 35"])
  }

  @Test(arguments: 1...20)
  func `the screen is what a painting as a whole would show`(seed: Int) {
    var check = ScreenCheck(seed: UInt64(seed))
    for step in 0..<100 {
      if let problem = check.step() {
        Issue.record("step \(step): \(problem)")
        return
      }
    }
  }
}
