import AnnalsReports
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("Алматы", 6), ("東京", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇰🇿", 2), ("✅⚡", 4), ("☎", 1),
    ("☎\u{FE0F}", 2),
    ("한글", 4), ("\u{301}", 0),
  ])
  func `a grapheme has the cells that terminals give it`(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }
}
