import AnnalsBundles
import Testing

@Suite struct GoldenComparisonTests {
  private func difference(
    _ expected: String, _ found: String, path: String = "a.csv", digits: Int? = nil
  ) -> String? {
    GoldenComparison(path: path, digits: digits)
      .difference(expected: Array(expected.utf8), found: Array(found.utf8))
  }

  @Test func `the same bytes do not differ`() {
    #expect(difference("a\nb\n", "a\nb\n") == nil)
    #expect(difference("", "") == nil)
  }

  @Test func `what differs is shown with two lines around it and the line's number`() {
    let expected = (1...12).map { "\($0)\n" }.joined()
    let found = expected.replacing("6\n", with: "six\n")
    #expect(
      difference(expected, found) == """
        line 4
         4
         5
        -6
        +six
         7
         8
        """)
  }

  @Test func `two changes far apart are shown apart`() {
    let expected = (1...12).map { "\($0)\n" }.joined()
    let found = expected.replacing("2\n3\n", with: "3\n").replacing("11\n", with: "11\nnew\n")
    #expect(
      difference(expected, found) == """
        line 1
         1
        -2
         3
         4
        line 9
         10
         11
        +new
         12
        """)
  }

  @Test func `a line break that lacks at the end is told`() {
    #expect(
      difference("a\nb\n", "a\nb") == """
        line 1
         a
        -b
        +b (without a line break)
        """)
  }

  @Test func `a long difference is cut`() throws {
    let expected = (1...2000).map { "a\($0)\n" }.joined()
    let found = (1...2000).map { "b\($0)\n" }.joined()
    let lines = try #require(difference(expected, found)).split(separator: "\n")
    #expect(lines.count == 82)
    #expect(lines.last == "… and more")
  }

  @Test func `what is no text is told by its first byte that differs`() {
    let comparison = GoldenComparison(path: "a.arrow", digits: nil)
    #expect(
      comparison.difference(expected: [0, 1, 2], found: [0, 1, 3, 4])
        == "byte 3 and others differ; 3 bytes were expected, and 4 found")
  }

  @Test(
    arguments: [
      ("x,0.30000000000000004", "x,0.3", 12, true),
      ("x,1.5e-7", "x,0.00000015", 12, true),
      ("x,0.31", "x,0.3", 12, false),
      ("x,0.31", "x,0.3", 1, true),
      ("x,-0.3", "x,0.3", 1, false),
      ("x,1000000", "x,1000001", 3, false),
      ("x,1000000.0", "x,1000001", 3, true),
      ("e1.0", "e1.00", 3, false),
      ("x,1.0", "y,1.0", 3, false),
      ("x, 1.0", "x,1.0", 3, false),
    ])
  func `numbers with a point agree to the digits asked for, and all else to the byte`(
    _ expected: String, _ found: String, _ digits: Int, _ agree: Bool
  ) {
    #expect((difference(expected, found, digits: digits) == nil) == agree)
  }

  @Test func `in text columns may move with the numbers in them`() {
    let expected = "a        b\n───────  ──\n   10.5  x\n"
    let found = "a          b\n─────────  ──\n10.500001  x\n"
    #expect(difference(expected, found, path: "a.txt", digits: 6) == nil)
    #expect(difference(expected, found, path: "a.txt", digits: 9) != nil)
    #expect(difference(expected, found, path: "a.txt") != nil)
    let markdown = ("| n |\n| ---: |\n| 1.5 |\n", "|    n |\n| -----: |\n| 1.5000 |\n")
    #expect(difference(markdown.0, markdown.1, path: "a.md", digits: 6) == nil)
  }
}
