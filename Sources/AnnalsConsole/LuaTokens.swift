/// Splits Lua text into tokens, whatever it holds: unfinished strings, comments and long brackets too.
///
/// Blanks are no tokens; all else is covered by exactly one. No token's end depends on more than
/// ``lookahead`` bytes after it, and a scan may begin at any token's start.
/// Source: Lua 5.4 Reference Manual, section 3.1.
package struct LuaTokens {
  /// How many bytes after a token may decide where it ends.
  package static let lookahead = longestLevel + 2

  /// A long bracket may have so many `=`; Lua itself sets no limit.
  private static let longestLevel = 1_000

  /// Where the next token is looked for, in bytes.
  package private(set) var position: Int

  /// Begins at a byte of a text, which must be the start of a token or a blank.
  package init(from position: Int = 0) { self.position = max(0, position) }

  /// All tokens of a text.
  package static func all(in text: String) -> [LuaToken] {
    var tokens = LuaTokens()
    var result: [LuaToken] = []
    let bytes = text.utf8.span
    while let token = tokens.next(in: bytes) { result.append(token) }
    return result
  }

  /// The next token; nil at the end. To be given the same bytes each time.
  package mutating func next(in bytes: Span<UInt8>) -> LuaToken? {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    guard position < bytes.count else { return nil }
    let token = Self.token(at: position, in: bytes)
    position = token.range.upperBound
    return token
  }

  private static func token(at start: Int, in bytes: Span<UInt8>) -> LuaToken {
    let first = bytes[start]
    if isLetter(first) { return name(at: start, in: bytes) }
    if isDigit(first) { return number(at: start, in: bytes) }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(at: start, in: bytes)
    case UInt8(ascii: "["):
      return long(.longString, at: start, bracket: start, in: bytes)
        ?? LuaToken(.symbol, start..<start + 1)
    case UInt8(ascii: "-") where byte(start + 1, in: bytes) == first:
      return long(.longComment, at: start, bracket: start + 2, in: bytes)
        ?? LuaToken(.comment, start..<endOfLine(from: start, in: bytes))
    case UInt8(ascii: ".") where isDigit(byte(start + 1, in: bytes)):
      return number(at: start, in: bytes)
    default: return symbol(at: start, in: bytes)
    }
  }

  private static func name(at start: Int, in bytes: Span<UInt8>) -> LuaToken {
    var end = start + 1
    while end < bytes.count, isLetter(bytes[end]) || isDigit(bytes[end]) { end += 1 }
    let isKeyword = end - start <= 8 && LuaWords.isKeyword(bytes.extracting(start..<end))
    return LuaToken(isKeyword ? .keyword : .name, start..<end)
  }

  /// As Lua reads it: all digits, letters, dots, and signs after an exponent belong to the number.
  private static func number(at start: Int, in bytes: Span<UInt8>) -> LuaToken {
    let second = byte(start + 1, in: bytes) | 0x20
    let isHexadecimal = bytes[start] == UInt8(ascii: "0") && second == UInt8(ascii: "x")
    let exponent = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
    var end = start + 1
    while end < bytes.count {
      let next = bytes[end]
      let isSign = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      let belongs = isDigit(next) || isLetter(next) || isFraction(at: end, in: bytes)
      guard belongs || (isSign && bytes[end - 1] | 0x20 == exponent) else { break }
      end += 1
    }
    return LuaToken(.number, start..<end)
  }

  /// A dot belongs to a number; two of them join texts, and are no part of a number being typed.
  private static func isFraction(at index: Int, in bytes: Span<UInt8>) -> Bool {
    bytes[index] == UInt8(ascii: ".") && byte(index + 1, in: bytes) != UInt8(ascii: ".")
      && bytes[index - 1] != UInt8(ascii: ".")
  }

  private static func string(at start: Int, in bytes: Span<UInt8>) -> LuaToken {
    var end = start + 1
    while end < bytes.count {
      switch bytes[end] {
      case bytes[start]: return LuaToken(.string, start..<end + 1)
      case UInt8(ascii: "\n"): return LuaToken(.string, start..<end, isFinished: false)
      case UInt8(ascii: "\\"): end = endOfEscape(at: end, in: bytes)
      default: end += 1
      }
    }
    return LuaToken(.string, start..<bytes.count, isFinished: false)
  }

  /// `\z` skips the blanks after it, line breaks too; any other escape takes one byte at least.
  private static func endOfEscape(at start: Int, in bytes: Span<UInt8>) -> Int {
    var end = start + 2
    if byte(start + 1, in: bytes) == UInt8(ascii: "z") {
      while end < bytes.count, isBlank(bytes[end]) { end += 1 }
    }
    return min(end, bytes.count)
  }

  /// A long bracket with what it holds; nil if none opens at `bracket`.
  private static func long(
    _ kind: LuaToken.Kind, at start: Int, bracket: Int, in bytes: Span<UInt8>
  ) -> LuaToken? {
    guard byte(bracket, in: bytes) == UInt8(ascii: "[") else { return nil }
    let level = level(after: bracket, in: bytes)
    let open = bracket + level + 1
    guard byte(open, in: bytes) == UInt8(ascii: "[") else { return nil }
    var end = open + 1
    while end < bytes.count {
      let isBracket = bytes[end] == UInt8(ascii: "]")
      end += 1
      if isBracket, self.level(after: end - 1, in: bytes) == level,
        byte(end + level, in: bytes) == UInt8(ascii: "]")
      {
        return LuaToken(kind, start..<end + level + 1)
      }
    }
    return LuaToken(kind, start..<bytes.count, isFinished: false)
  }

  /// How many `=` follow a bracket.
  private static func level(after bracket: Int, in bytes: Span<UInt8>) -> Int {
    var level = 0
    while level < longestLevel, byte(bracket + 1 + level, in: bytes) == UInt8(ascii: "=") {
      level += 1
    }
    return level
  }

  private static func symbol(at start: Int, in bytes: Span<UInt8>) -> LuaToken {
    let count = LuaWords.symbolLength(
      bytes[start], byte(start + 1, in: bytes), byte(start + 2, in: bytes))
    if count > 0 { return LuaToken(.symbol, start..<start + count) }
    var end = start + 1
    // What is no ASCII can't stand outside strings; a run of it is one token.
    while end < bytes.count, bytes[end] >= 0x80, bytes[start] >= 0x80 { end += 1 }
    return LuaToken(.invalid, start..<end)
  }

  private static func endOfLine(from start: Int, in bytes: Span<UInt8>) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  /// 0 past the end.
  private static func byte(_ index: Int, in bytes: Span<UInt8>) -> UInt8 {
    index < bytes.count ? bytes[index] : 0
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
  }
}
