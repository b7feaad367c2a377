import ConsoleTwin
import Testing

@testable import AnnalsConsole

@Suite struct EditingTests {
  @Test func `arrows, Home and End move by graphemes and to the ends of the line`() {
    var typist = Typist()
    typist.type("a👩‍👩‍👧e\u{301}б", Typed.left, Typed.left, Typed.left)
    #expect(typist.marked == "a|👩‍👩‍👧e\u{301}б")
    typist.type(Typed.right, Typed.backspace)
    #expect(typist.marked == "a|e\u{301}б")
    typist.type(Typed.delete, Typed.home)
    #expect(typist.marked == "|aб")
    typist.type(Typed.control("e"))
    #expect(typist.marked == "aб|")
    typist.type(Typed.control("a"), Typed.control("f"))
    #expect(typist.marked == "a|б")
    typist.type(Typed.control("b"), Typed.control("d"))
    #expect(typist.marked == "|б")
  }

  @Test func `words are letters, digits and underscores of any script`() {
    var typist = Typist()
    typist.type("one_2 + город(東京)", Typed.alt("b"))
    #expect(typist.marked == "one_2 + город(|東京)")
    typist.type(Typed.alt("b"), "\u{1B}[1;5D")
    #expect(typist.marked == "|one_2 + город(東京)")
    typist.type(Typed.alt("f"), "\u{1B}[1;5C")
    #expect(typist.marked == "one_2 + город|(東京)")
  }

  @Test func `what is cut can be put in again, and what was cut in a row is one`() {
    var typist = Typist()
    typist.type("one two three", Typed.control("w"), Typed.control("w"))
    #expect(typist.text == "one ")
    typist.type(Typed.control("u"), Typed.control("y"))
    #expect(typist.text == "one two three")
  }

  @Test func `an older cut takes the place of the newest`() {
    var typist = Typist()
    typist.type("a b", Typed.control("w"), Typed.left, Typed.control("k"), "x")
    #expect(typist.text == "ax")
    typist.type(Typed.control("y"))
    #expect(typist.text == "ax ")
    typist.type(Typed.alt("y"))
    #expect(typist.text == "axb")
    typist.type(Typed.alt("y"))
    #expect(typist.text == "ax ")
  }

  @Test func `a cut to the end of the line takes its break at the end`() {
    var typist = Typist()
    typist.type(Typed.paste("ab\ncd"), Typed.up, Typed.home, Typed.control("k"))
    #expect(typist.text == "\ncd")
    typist.type(Typed.control("k"))
    #expect(typist.text == "cd")
    typist.type(Typed.end, Typed.control("u"))
    #expect(typist.text == "")
  }

  @Test func `words are cut and change their case from the cursor on`() {
    var typist = Typist()
    typist.type("ab дом straße x", Typed.home, Typed.alt("d"))
    #expect(typist.text == " дом straße x")
    typist.type(Typed.alt("c"), Typed.alt("u"))
    #expect(typist.marked == " Дом STRASSE| x")
    typist.type(Typed.alt("b"), Typed.alt("l"), "\u{1B}\u{7F}")
    #expect(typist.marked == " Дом | x")
  }

  @Test func `graphemes around the cursor change places, at the end the last two`() {
    var typist = Typist()
    typist.type("aб👍🏽", Typed.control("t"))
    #expect(typist.marked == "a👍🏽б|")
    typist.type(Typed.home, Typed.control("t"))
    #expect(typist.marked == "|a👍🏽б")
    typist.type(Typed.right, Typed.control("t"))
    #expect(typist.marked == "👍🏽a|б")
  }

  @Test func `typing is undone by words, and done again`() {
    var typist = Typist()
    for key in "one two" { typist.type(String(key)) }
    typist.type(Typed.control("_"))
    #expect(typist.text == "one ")
    typist.type(Typed.control("_"))
    #expect(typist.text == "")
    typist.type(Typed.alt("/"), Typed.alt("/"))
    #expect(typist.marked == "one two|")
    typist.type(Typed.control("_"), "x", Typed.alt("/"))
    #expect(typist.text == "one x")
  }

  @Test func `cuts, pastes and puts are undone as they were done`() {
    var typist = Typist()
    typist.type(Typed.paste("a\nb"), Typed.control("w"), Typed.control("y"), Typed.control("_"))
    #expect(typist.marked == "a\n|")
    typist.type(Typed.control("_"))
    #expect(typist.marked == "a\nb|")
    typist.type(Typed.control("_"), Typed.control("_"))
    #expect(typist.text == "")
    #expect(typist.lines.last == "nothing to undo")
  }

  @Test func `pasted text is literal, and its line breaks are line feeds`() {
    var typist = Typist()
    typist.type(Typed.paste("if x then\r\n\ty\rend\t\u{1B}[A"))
    #expect(typist.text == "if x then\n\ty\nend\t\u{1B}[A")
    #expect(typist.events == [])
    #expect(typist.lines == ["> if x then", "…   y", "… end  ␛[A"])
  }

  @Test func `a text that is larger than a block may be is left out, and that is said`() {
    var editor = Editor(assistant: SimpleAssistant())
    _ = editor.take(.text("a"))
    _ = editor.take(.paste(String(repeating: "x", count: 16 << 20)))
    #expect(editor.text.text == "a")
    #expect(editor.notice == "left out: a block may have 16 MiB")
  }

  @Test func `Ctrl-D ends the input only where nothing is typed`() {
    var typist = Typist()
    typist.type("a", Typed.home, Typed.control("d"), Typed.control("d"))
    #expect(typist.text == "")
    #expect(typist.events == [.endOfInput])
  }

  @Test func `Ctrl-C drops the block, which can be put in again`() {
    var typist = Typist()
    typist.type(Typed.paste("a(\nb"), Typed.control("c"))
    #expect(typist.events == [.interrupted])
    typist.finish(isDropped: true)
    #expect(typist.lines == ["> a(", "… b^C"])
    #expect(typist.cursor == [2, 0])
  }
}
