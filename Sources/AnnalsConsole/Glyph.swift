import AnnalsReports

/// A grapheme as the screen shows it.
struct Glyph {
  /// How many bytes of the text it stands for; more than 0.
  let byteCount: Int
  /// How many cells it takes: 1 or 2.
  let width: Int
  /// Whether its own text can be shown; else a sign stands for it.
  let isVisible: Bool

  /// A longer grapheme is shown by its first scalars.
  private static let scalarLimit = 16

  /// The grapheme at an offset, which is a boundary of graphemes before the text's end.
  static func at(_ offset: Int, in text: String, bytes: Span<UInt8>) -> Glyph {
    let byte = bytes[offset]
    let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
    if byte < 0x80, next < 0x80 {
      let isVisible = byte >= 0x20 && byte < 0x7F
      return Glyph(byteCount: 1, width: byte == 0x09 ? tabWidth : 1, isVisible: isVisible)
    }
    if let glyph = simple(at: offset, in: bytes) { return glyph }
    let character = text[text.utf8.index(text.startIndex, offsetBy: offset)]
    let width = isShown(character) ? DisplayWidth.of(character) : 0
    return Glyph(
      byteCount: character.utf8.count, width: max(1, min(width, 2)), isVisible: width > 0)
  }

  /// Blanks that a tab takes.
  private static let tabWidth = 2

  /// A letter that stands alone: what follows is another, so that no mark belongs to it.
  private static func simple(at offset: Int, in bytes: Span<UInt8>) -> Glyph? {
    let scalar = SimpleScalar(at: offset, in: bytes)
    guard scalar.width > 0 else { return nil }
    let end = offset + scalar.byteCount
    guard end >= bytes.count || SimpleScalar(at: end, in: bytes).width > 0 else { return nil }
    return Glyph(byteCount: scalar.byteCount, width: scalar.width, isVisible: true)
  }

  /// A mark with nothing before it would join what the screen shows before it, and formats show nothing.
  private static func isShown(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    // Pictures are shown, but for the colours of skin.
    if scalar.value >= 0x1F1E6, scalar.value < 0x1F3FB { return true }
    if scalar.value >= 0x1F400, scalar.value < 0x1FAFF { return true }
    let first = scalar.properties
    if first.isGraphemeExtend || first.isEmojiModifier { return false }
    switch first.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spacingMark: return false
    default: return true
    }
  }

  /// What the screen shows for a grapheme of a text.
  static func shown(_ part: Substring, isVisible: Bool) -> String {
    if isVisible {
      guard part.utf8.count > scalarLimit else { return String(part) }
      return String(String.UnicodeScalarView(part.unicodeScalars.prefix(scalarLimit)))
    }
    guard let value = part.unicodeScalars.first?.value else { return " " }
    switch value {
    case 0x09: return String(repeating: " ", count: tabWidth)
    // Pictures of controls stand in their order in a block of their own.
    case 0..<0x20: return Unicode.Scalar(0x2400 + value).map { String($0) } ?? "\u{FFFD}"
    case 0x7F: return "\u{2421}"
    default: return "\u{FFFD}"
    }
  }
}

/// A scalar of which is known without Unicode's tables how wide it is, and that a boundary of graphemes stands
/// between two such.
struct SimpleScalar {
  let byteCount: Int
  /// 0 if it is none.
  let width: Int

  init(at offset: Int, in bytes: Span<UInt8>) {
    let first = bytes[offset]
    switch first {
    case 0x20..<0x7F, 0x0A: (byteCount, width) = (1, 1)
    case 0xC3...0xDF where offset + 1 < bytes.count:
      let value = UInt32(first & 0x1F) << 6 | UInt32(bytes[offset + 1] & 0x3F)
      (byteCount, width) = (2, Self.isLetter(value) ? 1 : 0)
    case 0xE3...0xEF where offset + 2 < bytes.count:
      let value =
        UInt32(first & 0x0F) << 12 | UInt32(bytes[offset + 1] & 0x3F) << 6
        | UInt32(bytes[offset + 2] & 0x3F)
      (byteCount, width) = (3, Self.isWide(value) ? 2 : 0)
    default: (byteCount, width) = (1, 0)
    }
  }

  /// Latin, Greek, Cyrillic and Arabic letters without what combines.
  private static func isLetter(_ value: UInt32) -> Bool {
    switch value {
    case 0xC0...0x24F, 0x386...0x3FF, 0x400...0x482, 0x48A...0x52F, 0x620...0x64A: true
    default: false
    }
  }

  /// Kana, ideographs, their marks, and syllables of Hangul, without what combines.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x3001...0x3029, 0xFF01...0xFF60, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF,
      0xAC00...0xD7A3:
      true
    default: false
    }
  }
}
