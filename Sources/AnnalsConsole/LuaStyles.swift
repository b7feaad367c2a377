/// Which parts of a Lua text have which style.
///
/// Starts of tokens are remembered along the text, so that only what is on the screen is split into tokens
/// after a change.
struct LuaStyles {
  private var knownStarts = [0]
  /// Starts after a change, as bytes before the text's end, in the order of their places. All of them hold
  /// again when a token is found at one, since what follows is as it was.
  private var laterStarts: [Int] = []
  /// How many bytes the text has had when it was last looked at or changed.
  private var count = 0

  /// Bytes between two remembered starts, at least.
  private static let distance = 4_096

  /// Forgets what a change may have moved.
  mutating func forget(_ change: TextChange) {
    let kept = knownStarts.prefix { $0 == 0 || $0 + LuaTokens.lookahead <= change.start }.count
    // Those that are known now say nothing of those that were known before.
    if kept < knownStarts.count { laterStarts = knownStarts.dropFirst(kept).map { count - $0 } }
    laterStarts.removeAll { $0 > change.tail }
    knownStarts.removeLast(knownStarts.count - kept)
    count = change.count
  }

  /// The styled parts that touch a range, in order; all else is plain.
  ///
  /// - Parameter cursor: If a bracket stands there or before it, both of its pair are marked; nil where
  ///   nobody types.
  mutating func parts(
    of range: Range<Int>, in text: String, cursor: Int?
  ) -> [(range: Range<Int>, style: Style)] {
    if let command = Self.command(in: text) { return [(command, .keyword)] }
    let tokens = tokens(touching: range, in: text)
    let pair = cursor.map { Self.pair(at: $0, of: tokens, in: text) } ?? []
    return tokens.compactMap { token in
      if pair.contains(token.range.lowerBound) { return (token.range, .bracket) }
      let style = Self.style(of: token, in: text, cursor: cursor)
      return style == .plain ? nil : (token.range, style)
    }
  }

  private mutating func tokens(touching range: Range<Int>, in text: String) -> [LuaToken] {
    let bytes = text.utf8.span
    count = bytes.count
    var scan = LuaTokens(from: start(before: range.lowerBound))
    var tokens: [LuaToken] = []
    while let token = scan.next(in: bytes), token.range.lowerBound < range.upperBound {
      if remember(token.range.lowerBound), start(before: range.lowerBound) > scan.position {
        scan = LuaTokens(from: start(before: range.lowerBound))
      }
      if token.range.upperBound > range.lowerBound { tokens.append(token) }
    }
    return tokens
  }

  /// The last remembered start up to an offset.
  private func start(before offset: Int) -> Int { knownStarts.last { $0 <= offset } ?? 0 }

  /// Remembers where a token begins, if it is far enough from others. Returns whether later starts hold again.
  private mutating func remember(_ place: Int) -> Bool {
    let last = knownStarts.last ?? 0
    guard place > last else { return false }
    laterStarts.removeFirst(laterStarts.prefix { count - $0 < place }.count)
    if laterStarts.first == count - place {
      knownStarts += laterStarts.map { count - $0 }
      laterStarts = []
      return true
    }
    if place >= last + Self.distance { knownStarts.append(place) }
    return false
  }

  /// A string that is not closed is broken, unless somebody may be typing it.
  private static func style(of token: LuaToken, in text: String, cursor: Int?) -> Style {
    switch token.kind {
    case .keyword:
      ["true", "false", "nil"].contains(token.text(in: text)) ? .constant : .keyword
    case .number: .constant
    case .string: token.isFinished || cursor == token.range.upperBound ? .string : .broken
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
