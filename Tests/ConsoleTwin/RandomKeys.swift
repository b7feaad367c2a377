package import SeededRandom

/// Bytes as a terminal may send them, and such as none would.
package enum RandomKeys {
  private static let texts = [
    "a", "b", " ", "local t = ", "f(", ")", "{", "}", "[[", "]]", "\"", "'", "--", "end", "then ",
    "x\ty", "Алматы", "قازان", "東京", "e\u{301}", "\u{301}", "👩‍👩‍👧", "👍🏽", "🇰🇿", "🇰", "\u{200D}",
    "\u{FE0F}", "☎\u{FE0F}", "\u{200B}", "\u{202E}", "\u{AD}", "ไทย", "नमस्ते", "\u{2028}", "한글",
    "\u{1F1FF}",
  ]
  private static let sequences = [
    "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[H", "\u{1B}[F", "\u{1B}[3~",
    "\u{1B}[1;5C",
    "\u{1B}[1;5D", "\u{1B}[Z", "\u{1B}\r", "\u{1B}b", "\u{1B}f", "\u{1B}d", "\u{1B}u", "\u{1B}l",
    "\u{1B}c", "\u{1B}y", "\u{1B}<", "\u{1B}>", "\u{1B}/", "\u{1B}OA", "\u{1B}[5~", "\u{1B}[6~",
    "\u{1B}",
    "\u{1B}[", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[13;2u", "\u{1B}[99999999999999999999;5~",
    "\u{1B}[[A",
    "\u{1B}]0;x\u{7}", "\u{1B}\u{7F}", "\t", "\t", "\r", "\r", "\n",
  ]

  /// What is typed in one go.
  package static func bytes(_ random: inout SeededRandom) -> [UInt8] {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<4: return Array(random.pick(texts).utf8)
    case 4..<6: return Array(random.pick(sequences).utf8)
    case 6..<8: return [UInt8.random(in: 0..<0x20, using: &random)]
    case 8:
      let pasted = (0..<Int.random(in: 0..<12, using: &random)).map { _ in random.pick(texts) }
      return Array(("\u{1B}[200~" + pasted.joined(separator: "\r\n") + "\u{1B}[201~").utf8)
    default:
      let count = Int.random(in: 1..<6, using: &random)
      return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
  }
}
