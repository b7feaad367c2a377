/// The characters of UTF-8 texts, one byte and up to three that continue it. Bytes that are no UTF-8
/// are characters of some kind too.
enum TextCharacters {
  /// Where the character that begins at a place ends.
  static func end(of start: Int, in text: Span<UInt8>) -> Int {
    var end = start + 1
    if text[start] < 0x80 { return end }
    let limit = min(start + 4, text.count)
    while end < limit, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  /// Where the character that ends at a place begins, or `limit` if that comes first.
  static func start(endingAt end: Int, in text: Span<UInt8>, notBefore limit: Int) -> Int {
    var start = end - 1
    let limit = max(end - 4, limit)
    while start > limit, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// A number for a character, by which characters compare as their code points do: its
  /// bytes. That of an ASCII character is its code.
  static func key(_ character: Span<UInt8>) -> UInt32 {
    var key: UInt32 = 0
    for index in 0..<min(character.count, 4) { key = key << 8 | UInt32(character[index]) }
    return key
  }
}
