import AnnalsConsole
import Testing

@Suite struct SearchTests {
  private let blocks = ["print(1)", "x = 'Алматы'", "for i = 1, 2 do\n  print(i)\nend", "y = 1"]

  @Test func `the newest block that holds the query is shown with it`() {
    var typist = Typist(columns: 60, history: blocks)
    typist.type("draft", Typed.control("r"), "pri")
    #expect(
      typist.lines == [
        "> for i = 1, 2 do", "…   print(i)", "… end",
        "search: pri  Enter takes it, Ctrl-R an older one, Esc none",
      ])
    #expect(typist.styles(ofRow: 1).contains("pri 4"))
    #expect(typist.cursor == [3, 11])
  }

  @Test func `Ctrl-R goes on to older blocks and Ctrl-S back`() {
    var typist = Typist(history: blocks)
    typist.type(Typed.control("r"), "print", Typed.control("r"))
    #expect(typist.lines.first == "> print(1)")
    typist.type(Typed.control("r"))
    #expect(typist.lines == ["> print(1)", "no older block: print"])
    typist.type(Typed.control("s"))
    #expect(typist.lines.first == "> for i = 1, 2 do")
  }

  @Test func `small letters find capitals, and capitals only themselves`() {
    var typist = Typist(history: ["SUM", "sum"])
    typist.type(Typed.control("r"), "SU", Typed.enter)
    #expect(typist.text == "SUM")
    typist.type(Typed.control("r"), "s", Typed.control("r"), Typed.enter)
    #expect(typist.text == "SUM")
  }

  @Test func `Enter takes the block to be edited and does not send it`() {
    var typist = Typist(history: blocks)
    typist.type(Typed.control("r"), "Алм", Typed.enter)
    #expect(typist.marked == "x = '|Алматы'")
    #expect(typist.events == [])
    typist.type(Typed.up)
    #expect(typist.text == "print(1)")
  }

  @Test(arguments: [Typed.escape, Typed.control("g"), Typed.control("c")])
  func `Esc goes back to what was typed`(key: String) {
    var typist = Typist(history: blocks)
    typist.type("draft", Typed.left, Typed.control("r"), "x", key)
    #expect(typist.marked == "draf|t")
    #expect(typist.events == [])
    typist.type(Typed.control("_"))
    #expect(typist.text == "")
  }

  @Test func `a query that is shortened is searched for anew`() {
    var typist = Typist(history: blocks)
    typist.type(Typed.control("r"), "y =", Typed.backspace, Typed.backspace, Typed.backspace)
    #expect(typist.lines.first == ">")
    typist.type("Алматыs", Typed.backspace)
    #expect(typist.lines.first == "> x = 'Алматы'")
  }

  @Test func `any other key takes the block and acts`() {
    var typist = Typist(history: blocks)
    typist.type(Typed.control("r"), "y", Typed.end, "0")
    #expect(typist.text == "y = 10")
  }
}
