import Testing

@testable import AnnalsEngine

@Suite struct ByteOrderTests {
  static let texts = [
    "", "a", "A", "ab", "b", "aa", "é", "e\u{301}", "z", "\u{0}", "\u{0}a", "ÿ", "日本", "日",
    "abcabcabd", "abcabd",
  ]

  func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
    left.lexicographicallyPrecedes(right) ? -1 : right.lexicographicallyPrecedes(left) ? 1 : 0
  }

  @Test func `texts compare byte by byte and a prefix comes first`() {
    for left in Self.texts.map({ Array($0.utf8) }) {
      for right in Self.texts.map({ Array($0.utf8) }) {
        let expected = order(left, right)
        #expect(ByteOrder.compare(left.span, right.span).signum() == expected)
        #expect(ByteOrder.precedes(left.span, right.span) == (expected < 0))
        #expect(ByteOrder.equal(left.span, right.span) == (left == right))
        if left == right { #expect(ByteOrder.hash(left.span) == ByteOrder.hash(right.span)) }
      }
    }
  }

  @Test func `a part is found wherever it stands`() {
    for whole in Self.texts.map({ Array($0.utf8) }) {
      for part in Self.texts.map({ Array($0.utf8) }) {
        var starts: [Int] = []
        for start in 0...whole.count where whole[start...].starts(with: part) {
          starts.append(start)
        }
        #expect(TextSearch.next(part.span, in: whole.span, from: 0) == starts.first)
        for start in -2...(whole.count + 2) {
          #expect(
            ByteOrder.occurs(part.span, in: whole.span, at: start) == starts.contains(start))
        }
      }
    }
  }
}
