/// Walks over the bytes of a JSON file and knows the line and column that it stands at.
struct JSONCursor {
  private let bytes: [UInt8]
  private(set) var position = 0
  private var line = 1
  private var column = 1

  /// Starts after a byte order mark, if there is one.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The byte at the cursor; nil at the end.
  var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  var place: TextPlace { TextPlace(line: line, column: column) }

  /// The whole character at the cursor, for messages.
  var character: String {
    var end = min(position + 1, bytes.count)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  /// Goes on by a byte. A line ends with LF, CR LF or CR.
  mutating func advance() {
    guard let byte else { return }
    position += 1
    switch byte {
    case 0x0A: startLine()
    case 0x0D: if self.byte != 0x0A { startLine() }
    default: if self.byte.map({ $0 & 0xC0 != 0x80 }) ?? true { column += 1 }
    }
  }

  /// Passes one ASCII character if it stands here.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte, UInt32(byte) == scalar.value else { return false }
    advance()
    return true
  }

  mutating func skipSpace() {
    while byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { advance() }
  }

  /// Passes all that looks like a part of a number.
  mutating func takeNumberText() -> [UInt8] {
    var text: [UInt8] = []
    while let byte, Self.isWordByte(byte) {
      text.append(byte)
      advance()
    }
    return text
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private mutating func startLine() {
    line += 1
    column = 1
  }
}
