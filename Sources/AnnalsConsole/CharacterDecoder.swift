/// Puts characters together from bytes of UTF-8 that come one at a time.
///
/// The longest beginning of a character that turns out wrong becomes one U+FFFD, as in `String`.
struct CharacterDecoder {
  private var pending: [UInt8] = []
  private var missing = 0

  /// Whether a character has begun.
  var isWaiting: Bool { missing > 0 }

  /// The text that is complete with a byte.
  mutating func take(_ byte: UInt8) -> String {
    if missing > 0 {
      if allowed.contains(byte) {
        pending.append(byte)
        missing -= 1
        return missing == 0 ? takePending() : ""
      }
      return flush() + take(byte)
    }
    pending = [byte]
    switch byte {
    case 0xC2...0xDF: missing = 1
    case 0xE0...0xEF: missing = 2
    case 0xF0...0xF4: missing = 3
    default: return takePending()
    }
    return ""
  }

  /// What has begun and does not go on.
  mutating func flush() -> String {
    missing = 0
    return takePending()
  }

  private mutating func takePending() -> String {
    let text = String(decoding: pending, as: UTF8.self)
    pending = []
    return text
  }

  /// What may come next. Source: Unicode Standard, table 3-7.
  private var allowed: ClosedRange<UInt8> {
    guard pending.count == 1 else { return 0x80...0xBF }
    switch pending[0] {
    case 0xE0: return 0xA0...0xBF
    case 0xED: return 0x80...0x9F
    case 0xF0: return 0x90...0xBF
    case 0xF4: return 0x80...0x8F
    default: return 0x80...0xBF
    }
  }
}
