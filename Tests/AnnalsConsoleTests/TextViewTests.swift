import ConsoleTwin
import Testing

@testable import AnnalsConsole
import SeededRandom

/// What is remembered of a text between changes is what would be found out anew.
@Suite struct TextViewTests {
  private static let pieces = [
    "local x = 1\n", "[[", "]]", "--[==[", "]==]", "\"", "'a\\z \n'", "\n", "f(x, 2)", "東京",
    "e\u{301}", "\u{301}",
    "👩‍👩‍👧", "\u{200D}", "🇰", "=", "[", "-", "\\", "Алматы ",
    String(repeating: "a = {1, 'b'} -- c\n", count: 300),
  ]

  /// Changes a text at random, and shows each state with where it changed.
  private func change(seed: UInt64, _ look: (String, TextChange, inout SeededRandom) -> Void) {
    var random = SeededRandom(seed: seed)
    var text = EditedText(String(repeating: "t[1] = 'two' .. 3\n", count: 1_000))
    let unknown = TextChange(start: 0, tail: 0, count: 0)
    for _ in 0..<60 {
      let start = Int.random(in: 0...text.count, using: &random)
      text.move(to: start)
      let end = random.once(in: 3) ? text.after(text.cursor) : text.cursor
      _ = text.replace(text.cursor..<end, with: random.pick(Self.pieces))
      look(text.text, text.takeChange() ?? unknown, &random)
    }
  }

  @Test(arguments: 1...4) func `styles`(seed: Int) {
    var kept = LuaStyles()
    change(seed: UInt64(seed)) { text, change, random in
      kept.forget(change)
      var fresh = LuaStyles()
      let start = Int.random(in: 0...text.utf8.count, using: &random)
      let range = start..<min(text.utf8.count, start + 500)
      let parts = kept.parts(of: range, in: text, cursor: start)
      let expected = fresh.parts(of: range, in: text, cursor: start)
      #expect(parts.map(\.range) == expected.map(\.range))
      #expect(parts.map(\.style) == expected.map(\.style))
    }
  }

  @Test(arguments: 1...4) func `rows`(seed: Int) {
    var kept = RowStarts(width: 11)
    change(seed: UInt64(seed)) { text, change, random in
      kept.forget(from: change.start)
      var fresh = RowStarts(width: 11)
      let place = Int.random(in: 0...text.utf8.count, using: &random)
      let row = fresh.row(of: place, in: text)
      #expect(kept.row(of: place, in: text) == row)
      for near in row - 2...row + 2 {
        #expect(kept.range(of: near, in: text) == fresh.range(of: near, in: text))
      }
    }
  }

  @Test func `a bracket that becomes a long one is a string, wherever a start was remembered`() {
    let blanks = String(repeating: " ", count: 4_095)
    var styles = LuaStyles()
    let before = blanks + "[=== 1 ]===] 2"
    #expect(
      styles.parts(of: 4_095..<4_109, in: before, cursor: nil).map(\.style) == [
        .constant, .constant,
      ])
    styles.forget(TextChange(start: 4_099, tail: 10, count: 4_110))
    let after = blanks + "[===[ 1 ]===] 2"
    let parts = styles.parts(of: 4_100..<4_110, in: after, cursor: nil)
    #expect(parts.map(\.range) == [4_095..<4_108, 4_109..<4_110])
    #expect(parts.map(\.style) == [.string, .constant])
  }

  @Test func `a character that becomes smaller goes back into the row where it fits`() {
    var typist = Typist(columns: 13)
    typist.type("012345678☎", Typed.left, Typed.right, "\u{FE0F}")
    #expect(typist.lines == ["> 012345678", "  ☎\u{FE0F}"])
    typist.type(Typed.control("_"))
    #expect(typist.lines == ["> 012345678☎"])
  }
}
