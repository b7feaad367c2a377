/// Which parts of a Lua text have which style.
///
/// Starts of tokens are remembered along the text, so that only what is on the screen is split into tokens
/// after a change.
struct LuaStyles {
  private var knownStarts = [0]

  /// Bytes between two remembered starts, at least.
  private static let distance = 4_096

  /// Forgets what a change at an offset may have moved.
  mutating func forget(from offset: Int) {
    while knownStarts.count > 1, knownStarts[knownStarts.count - 1] + LuaTokens.lookahead > offset {
      knownStarts.removeLast()
    }
  }

  /// The styled parts that touch a range, in order; all else is plain.
  ///
  /// - Parameter cursor: If a bracket stands there or before it, both of its pair are marked; nil for none.
  mutating func parts(
    of range: Range<Int>, in text: String, cursor: Int?
  ) -> [(range: Range<Int>, style: Style)] {
    if let command = Self.command(in: text) { return [(command, .keyword)] }
    let tokens = tokens(touching: range, in: text)
    let pair = cursor.map { Self.pair(at: $0, of: tokens, in: text) } ?? []
    return tokens.compactMap { token in
      if pair.contains(token.range.lowerBound) { return (token.range, .bracket) }
      let style = Self.style(of: token, in: text)
      return style == .plain ? nil : (token.range, style)
    }
  }

  private mutating func tokens(touching range: Range<Int>, in text: String) -> [LuaToken] {
    let bytes = text.utf8.span
    let start = knownStarts.lastIndex { $0 <= range.lowerBound } ?? 0
    var scan = LuaTokens(from: knownStarts[start])
    var tokens: [LuaToken] = []
    while let token = scan.next(in: bytes), token.range.lowerBound < range.upperBound {
      let place = token.range.lowerBound
      if place >= (knownStarts.last ?? 0) + Self.distance { knownStarts.append(place) }
      if token.range.upperBound > range.lowerBound { tokens.append(token) }
    }
    return tokens
  }

  private static func style(of token: LuaToken, in text: String) -> Style {
    switch token.kind {
    case .keyword:
      ["true", "false", "nil"].contains(token.text(in: text)) ? .constant : .keyword
    case .number: .constant
    case .string: token.isFinished ? .string : .broken
    case .longString: .string
    case .comment, .longComment: .comment
    case .invalid: .broken
    case .name, .symbol: .plain
    }
  }

  /// The command's word of a text that begins with a dot, which no Lua does.
  private static func command(in text: String) -> Range<Int>? {
    let bytes = text.utf8
    guard bytes.first == UInt8(ascii: ".") else { return nil }
    let count = bytes.dropFirst().prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }.count
    return count > 0 ? 0..<count + 1 : nil
  }

  /// Where the bracket at or before the cursor and its partner stand; empty unless both do.
  private static func pair(at cursor: Int, of tokens: [LuaToken], in text: String) -> [Int] {
    let bytes = text.utf8.span
    var open: [(byte: UInt8, place: Int)] = []
    var result: [Int] = []
    for token in tokens where token.kind == .symbol && token.range.count == 1 {
      let place = token.range.lowerBound
      let byte = bytes[place]
      if isOpening(byte) { open.append((byte, place)) }
      guard let partner = partner(of: byte) else { continue }
      guard let last = open.popLast(), last.byte == partner else { return result }
      if place == cursor || last.place == cursor { return [last.place, place] }
      if place + 1 == cursor || last.place + 1 == cursor { result = [last.place, place] }
    }
    return result
  }

  private static func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
  }

  private static func partner(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: ")"): UInt8(ascii: "(")
    case UInt8(ascii: "]"): UInt8(ascii: "[")
    case UInt8(ascii: "}"): UInt8(ascii: "{")
    default: nil
    }
  }
}
