/// How many cells of a terminal a text takes.
package enum DisplayWidth {
  /// The cells of a text without control characters: a grapheme takes those of its widest scalar.
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// 0 for marks that stand on another character, 2 for wide characters, else 1.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    // An emoji presentation selector makes the whole grapheme wide.
    if scalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    return scalars.map(width).max() ?? 0
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    // Looking up properties is slow, so what is frequent goes without.
    if scalar.value < 0x300, scalar.value != 0xAD { return 1 }
    if pictures.contains(scalar.value) { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Pictures, and the letters that make flags in pairs.
    if scalar.properties.isEmojiPresentation { return 2 }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// Faces, flags' letters, and other pictures up to the colours of skin and beyond.
  private static let pictures: ClosedRange<UInt32> = 0x1F1E6...0x1F64F

  /// Blocks whose East Asian Width is W or F. Source: Unicode Standard Annex 11.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
    0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]

  /// The text in pieces of at most `limit` cells, of one character at least; one piece of an empty text.
  package static func pieces(of text: String, limit: Int) -> [String] {
    guard of(text) > limit else { return [text] }
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in text {
      let width = of(character)
      if used + width > limit, !piece.isEmpty {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += width
    }
    return pieces + [piece]
  }

  /// The text cut to at most `limit` cells, with `…` where something was left out.
  package static func cut(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    var result = ""
    var used = 1
    for character in text {
      let width = of(character)
      guard used + width <= limit else { break }
      result.append(character)
      used += width
    }
    return result + "…"
  }
}
