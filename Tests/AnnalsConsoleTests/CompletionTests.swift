import AnnalsConsole
import ConsoleTwin
import Testing

@Suite struct CompletionTests {
  private func typist(_ names: String..., columns: Int = 40, rows: Int = 8) -> Typist {
    Typist(columns: columns, rows: rows, assistant: SimpleAssistant(names: names))
  }

  @Test func `one candidate is put in`() {
    var typist = typist("actors", "events")
    typist.type("x ac", Typed.tab)
    #expect(typist.marked == "x actors|")
    typist.type(Typed.control("_"))
    #expect(typist.marked == "x ac|")
  }

  @Test func `several are put in as far as they agree, and listed with their notes`() {
    var typist = typist("actors", "actor_pairs", "events")
    typist.type("a", Typed.tab)
    #expect(typist.text == "actor")
    #expect(
      typist.lines == [
        "> actor", " actors       note on actors", " actor_pairs  note on actor_pairs",
      ])
    #expect(typist.cursor == [0, 7])
  }

  @Test func `Tab and the arrows go through the menu and around its ends`() {
    var typist = typist("aa", "ab", "ac")
    typist.type("x.a", Typed.tab, Typed.tab)
    #expect(typist.text == "x.aa")
    #expect(typist.styles(ofRow: 1) == [" aa  7", "note on aa 2"])
    typist.type(Typed.down)
    #expect(typist.text == "x.ab")
    typist.type(Typed.backTab, Typed.up)
    #expect(typist.text == "x.ac")
    typist.type(Typed.tab)
    #expect(typist.text == "x.aa")
  }

  @Test func `Esc leaves the menu with what was typed`() {
    var typist = typist("東京", "東大")
    typist.type("東", Typed.tab, Typed.tab, Typed.escape)
    #expect(typist.marked == "東|")
    #expect(typist.lines == ["> 東"])
  }

  @Test func `Enter takes what is selected without sending it, and it is one change`() {
    var typist = typist("aa", "ab")
    typist.type("a", Typed.tab, Typed.tab, Typed.tab, Typed.enter)
    #expect(typist.marked == "ab|")
    #expect(typist.events == [])
    typist.type(Typed.control("_"))
    #expect(typist.marked == "a|")
  }

  @Test func `any other key takes what is selected and acts`() {
    var typist = typist("aa", "ab")
    typist.type("a", Typed.tab, Typed.tab, "(")
    #expect(typist.text == "aa(")
    typist.type(")", Typed.enter)
    #expect(typist.events == [.send("aa()")])
  }

  @Test func `the menu follows what is typed`() {
    var typist = typist("abc", "abd", "axe")
    typist.type("a", Typed.tab, "b")
    #expect(typist.lines == ["> ab", " abc  note on abc", " abd  note on abd"])
    typist.type("x")
    #expect(typist.lines == ["> abx"])
  }

  @Test func `a menu that is too long shows a part and where that is`() {
    var typist = typist("a1", "a2", "a3", "a4", "a5", "a6", rows: 8)
    typist.type("a", Typed.tab)
    #expect(typist.lines.map { $0.prefix(3) } == ["> a", " a1", " a2", " a3", " 6 "])
    #expect(typist.lines.last == " 6 candidates")
    typist.type(Typed.up)
    #expect(typist.lines.map { $0.prefix(3) } == ["> a", " a4", " a5", " a6", " 6 "])
    #expect(typist.lines.last == " 6 of 6")
  }

  @Test func `titles and notes are cut to the screen`() {
    var typist = typist("event_participations", "event_places", columns: 16)
    typist.type("e", Typed.tab)
    #expect(typist.lines == ["> event_p", " event_partic…", " event_places"])
  }

  @Test func `what fits nowhere is said`() {
    var typist = typist("a")
    typist.type("z", Typed.tab)
    #expect(typist.lines == ["> z", "nothing fits here"])
    typist.type("z")
    #expect(typist.lines == ["> zz"])
  }

  @Test func `what is there in whole has no more to it`() {
    var typist = typist("actors")
    typist.type("actors", Typed.tab)
    #expect(typist.lines == ["> actors", "nothing more fits here"])
  }

  @Test func `candidates in other letters take the place of what was typed if they go on with it`()
  {
    struct Places: LineAssistant {
      func completions(in text: String, at offset: Int) -> Completions {
        let names = text.hasPrefix("ka") ? ["Kazakhstan", "Kazan"] : ["Astana", "Astrakhan"]
        return Completions(range: 0..<offset, candidates: names.map { .init($0) })
      }
      func hint(for text: String, at offset: Int) -> String? { nil }
      func isComplete(_ text: String) -> Bool { true }
    }
    var typist = Typist(assistant: Places())
    typist.type("ka", Typed.tab)
    #expect(typist.text == "Kaza")
    typist.type(Typed.escape, Typed.control("u"), "x", Typed.tab)
    #expect(typist.text == "x")
  }

  @Test func `Tab indents at the start of a further line`() {
    var typist = typist("a")
    typist.type("{", Typed.enter, Typed.tab)
    #expect(typist.marked == "{\n    |")
  }

  @Test func `a range outside of the text is no completion`() {
    struct Wrong: LineAssistant {
      func completions(in text: String, at offset: Int) -> Completions {
        Completions(range: 1..<99, candidates: [.init("x")])
      }
      func hint(for text: String, at offset: Int) -> String? { "control \u{1B}[2J\n" }
      func isComplete(_ text: String) -> Bool { true }
    }
    var typist = Typist(assistant: Wrong())
    typist.type("東", Typed.tab)
    #expect(typist.lines == ["> 東", "nothing fits here"])
    typist.type("x")
    #expect(typist.lines == ["> 東x", "control \\u{1b}[2J\\n"])
  }
}
