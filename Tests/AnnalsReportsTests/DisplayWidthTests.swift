import AnnalsReports
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 3, [""]), ("abc", 3, ["abc"]), ("abcdefg", 3, ["abc", "def", "g"]),
    ("東京都", 3, ["東", "京", "都"]), ("a東b", 3, ["a東", "b"]), ("東京", 1, ["東", "京"]),
  ])
  func `a text is cut into pieces that fit`(text: String, limit: Int, pieces: [String]) {
    #expect(DisplayWidth.pieces(of: text, limit: limit) == pieces)
  }

  @Test(arguments: [
    ("Алматы", 6), ("東京", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇰🇿", 2), ("✅⚡", 4), ("☎", 1),
    ("☎\u{FE0F}", 2),
    ("한글", 4), ("\u{301}", 0),
  ])
  func `a grapheme has the cells that terminals give it`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}
