import Testing

@testable import AnnalsConsole

@Suite struct PagerViewTests {
  /// Ten lines on a screen of four rows, after some keys.
  func rows(_ keys: Key...) -> [String] {
    let lines = (1...10).map { "line \($0)" }
    var view = PagerView(
      lines.joined(separator: "\n") + "\n", size: ScreenSize(columns: 50, rows: 4))
    for key in keys {
      let stays = view.take(key)
      #expect(stays)
    }
    return view.rows
  }

  static let end = "  space b ↑ ↓ / n, q leaves"

  @Test func `the first page is shown with what there is to press`() {
    #expect(rows() == ["line 1", "line 2", "line 3", "lines 1–3 of 10" + Self.end])
  }

  @Test func `space and b turn pages, and stop at the ends`() {
    #expect(rows(.text(" "))[0] == "line 4")
    #expect(rows(.text("   "))[0] == "line 8")
    #expect(rows(.text("    "))[0] == "line 8")
    #expect(rows(.text("  b"))[0] == "line 4")
    #expect(rows(.text("b"))[0] == "line 1")
  }

  @Test func `arrows move by a line`() {
    #expect(rows(.named(.down), .named(.down), .named(.up))[0] == "line 2")
    #expect(rows(.named(.end))[0] == "line 8")
    #expect(rows(.named(.end), .named(.home))[0] == "line 1")
  }

  @Test func `what is looked for comes to the top, and the next place after it`() {
    #expect(rows(.text("/")).last == "/")
    #expect(rows(.text("/"), .text("e 5"), .named(.enter))[0] == "line 5")
    #expect(rows(.text("/"), .text("line"), .named(.enter), .text("n"))[0] == "line 2")
    #expect(rows(.text("/"), .text("nothing"), .named(.enter)).last == "not found: nothing")
    #expect(rows(.text("/"), .text("x"), .named(.escape)).last == "lines 1–3 of 10" + Self.end)
  }

  @Test func `q leaves`() {
    var view = PagerView("line", size: ScreenSize(columns: 10, rows: 2))
    let stays = view.take(.text("q"))
    #expect(!stays)
  }

  @Test func `a line wider than the screen goes on in the next row`() {
    let view = PagerView("abcdef\n東京都x", size: ScreenSize(columns: 5, rows: 6))
    #expect(view.rows.prefix(4) == ["abcde", "f", "東京", "都x"])
  }

  @Test func `on a screen of another size the same text stays at the top`() {
    let text = (1...10).map { "line \($0)\n\n" }.joined()
    var view = PagerView(text, size: ScreenSize(columns: 50, rows: 4))
    _ = view.take(.text("    "))
    #expect(view.rows[0] == "line 7")
    view.resize(ScreenSize(columns: 4, rows: 6))
    #expect(view.rows.prefix(3) == ["line", " 7", ""])
    _ = view.take(.named(.down))
    view.resize(ScreenSize(columns: 50, rows: 4))
    #expect(view.rows[0] == "line 7")
  }
}
