/// The words and marks of Lua 5.4. Source: Reference Manual, section 3.1.
package enum LuaWords {
  /// The reserved words, in the order of their bytes.
  package static let keywords = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// Whether a word is reserved. It is asked for each name of a text, so nothing is hashed.
  static func isKeyword(_ word: Span<UInt8>) -> Bool {
    guard word.count >= 2, word.count <= 8 else { return false }
    let code = packed(word)
    var (low, high) = (0, codes.count)
    while low < high {
      let middle = (low + high) / 2
      if codes[middle] < code { low = middle + 1 } else { high = middle }
    }
    return low < codes.count && codes[low] == code
  }

  private static let codes = keywords.map { packed(Array($0.utf8).span) }.sorted()

  /// Up to eight bytes as one number.
  private static func packed(_ word: Span<UInt8>) -> UInt64 {
    var code: UInt64 = 0
    for index in word.indices { code = code << 8 | UInt64(word[index]) }
    return code
  }

  /// How many bytes the mark has that begins with these; 0 if none does.
  static func symbolLength(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    switch first {
    case UInt8(ascii: "."):
      second != first ? 1 : third == first ? 3 : 2
    case UInt8(ascii: "="), UInt8(ascii: "~"):
      second == UInt8(ascii: "=") ? 2 : 1
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      second == UInt8(ascii: "=") || second == first ? 2 : 1
    case UInt8(ascii: "/"), UInt8(ascii: ":"):
      second == first ? 2 : 1
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "%"),
      UInt8(ascii: "^"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "|"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ";"), UInt8(ascii: ","):
      1
    default: 0
    }
  }
}
