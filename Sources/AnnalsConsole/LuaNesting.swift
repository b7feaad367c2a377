/// What lines of Lua open and close, taken one after the other.
struct LuaNesting {
  private var depth = 0
  /// A string or comment that goes on in the next line.
  private var unfinished = ""

  /// Whether a bracket, a block, a string or a comment is open.
  var isOpen: Bool { depth > 0 || !unfinished.isEmpty }

  /// Goes on by a line.
  mutating func take(_ line: String) {
    let text = unfinished + line + "\n"
    unfinished = ""
    for token in LuaTokens.all(in: text) {
      let change = Self.change(by: token, in: text)
      depth = max(0, depth - change.closed) + change.opened
      if !token.isFinished, token.range.upperBound == text.utf8.count {
        unfinished = Self.opening(of: token, in: text)
      }
    }
  }

  /// Whether a line leaves a bracket or a block open.
  static func isOpen(in line: String) -> Bool {
    var nesting = LuaNesting()
    nesting.take(line)
    return nesting.depth > 0
  }

  /// Whether a line begins with what closes a bracket or a block.
  static func beginsWithEnd(_ line: String) -> Bool {
    guard let token = LuaTokens.all(in: line).first else { return false }
    return change(by: token, in: line).closed > 0
  }

  /// What a token that goes on in the next line may be shortened to: of a long bracket nothing matters but
  /// how it opens, so that thousands of lines in one cost no more than the lines themselves.
  private static func opening(of token: LuaToken, in text: String) -> String {
    let whole = token.text(in: text)
    guard token.kind == .longString || token.kind == .longComment,
      let first = whole.firstIndex(of: "["),
      let second = whole[whole.index(after: first)...].firstIndex(of: "[")
    else { return String(whole) }
    return String(whole[...second])
  }

  private static func change(by token: LuaToken, in line: String) -> (closed: Int, opened: Int) {
    guard token.kind == .keyword || token.kind == .symbol else { return (0, 0) }
    return switch token.text(in: line) {
    case "(", "[", "{", "function", "then", "do", "repeat": (0, 1)
    case ")", "]", "}", "end", "until", "elseif": (1, 0)
    case "else": (1, 1)
    default: (0, 0)
    }
  }
}
