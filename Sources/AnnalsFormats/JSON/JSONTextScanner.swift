/// Reads one quoted text of a JSON file, which is known to be UTF-8.
struct JSONTextScanner {
  private(set) var cursor: JSONCursor
  private var bytes: [UInt8] = []

  /// - Parameter cursor: Stands at the opening quote.
  init(cursor: JSONCursor) { self.cursor = cursor }

  /// What was read.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads past the closing quote; returns what is wrong, and where.
  mutating func scan() -> (JSONProblem, TextPlace)? {
    cursor.advance()
    while let byte = cursor.byte {
      switch byte {
      case UInt8(ascii: "\""):
        cursor.advance()
        return nil
      case UInt8(ascii: "\\"):
        let place = cursor.place
        if let problem = scanEscape() { return (problem, place) }
      case 0x00..<0x20: return (.controlCharacter(code: byte), cursor.place)
      default:
        bytes.append(byte)
        cursor.advance()
      }
    }
    return (.unexpectedEnd(needed: "the closing quote of a text"), cursor.place)
  }

  private mutating func scanEscape() -> JSONProblem? {
    cursor.advance()
    let letter = cursor.character
    guard let byte = cursor.byte else { return .unexpectedEnd(needed: "the rest of an escape") }
    cursor.advance()
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"): return scanCodePoint()
    default: return .badEscape(text: "\\" + letter)
    }
    return nil
  }

  /// Reads the digits after `\u`, and the second half of a pair.
  private mutating func scanCodePoint() -> JSONProblem? {
    var digits = "\\u"
    guard var code = scanHexDigits(&digits) else { return .badEscape(text: digits) }
    if (0xD800..<0xDC00).contains(code) {
      guard cursor.take("\\"), cursor.take("u") else { return .loneSurrogate(text: digits) }
      var second = "\\u"
      guard let low = scanHexDigits(&second) else { return .badEscape(text: second) }
      guard (0xDC00..<0xE000).contains(low) else { return .loneSurrogate(text: digits) }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { return .loneSurrogate(text: digits) }
    bytes += Array(String(Character(scalar)).utf8)
    return nil
  }

  private mutating func scanHexDigits(_ seen: inout String) -> UInt32? {
    var code: UInt32 = 0
    for _ in 0..<4 {
      seen += cursor.character
      guard let byte = cursor.byte,
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { return nil }
      code = code << 4 | UInt32(digit)
      cursor.advance()
    }
    return code
  }
}
