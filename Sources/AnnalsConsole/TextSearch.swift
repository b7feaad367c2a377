/// Comparing texts by their bytes.
enum TextSearch {
  static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && matches(left.utf8.span, at: 0, right.utf8.span)
  }

  static func isLonger(_ text: String, beginningWith start: String) -> Bool {
    text.utf8.count > start.utf8.count && matches(text.utf8.span, at: 0, start.utf8.span)
  }

  /// Where a text first holds another, in bytes; capitals of ASCII count as small letters unless the other
  /// has one.
  static func offset(of part: String, in text: String) -> Int? {
    let (part, text) = (part.utf8.span, text.utf8.span)
    guard part.count > 0, part.count <= text.count else { return nil }
    var isExact = false
    for index in part.indices where isCapital(part[index]) { isExact = true }
    for offset in 0...(text.count - part.count) {
      if isExact ? matches(text, at: offset, part) : matchesSmall(text, at: offset, part) {
        return offset
      }
    }
    return nil
  }

  private static func matches(_ text: Span<UInt8>, at offset: Int, _ part: Span<UInt8>) -> Bool {
    for index in part.indices where text[offset + index] != part[index] { return false }
    return true
  }

  private static func matchesSmall(
    _ text: Span<UInt8>, at offset: Int, _ part: Span<UInt8>
  ) -> Bool {
    for index in part.indices {
      let byte = text[offset + index]
      guard (isCapital(byte) ? byte | 0x20 : byte) == part[index] else { return false }
    }
    return true
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }
}
