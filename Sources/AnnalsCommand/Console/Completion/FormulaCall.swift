import Annals
import AnnalsConsole

/// A text within the call of a verb, in which the cursor stands.
struct FormulaCall {
  let verb: String
  let receiver: ConsoleReceiver?
  /// The name that a table among the arguments gives the text, as in `where{country = "…"}`.
  let key: String?
  /// Which argument it is, counted from 1.
  let position: Int
  /// What stands before the cursor within the text, as bytes.
  let typed: [UInt8]
  /// The mark that opened the text; nil for long brackets.
  let quote: UInt8?

  /// The call around a place; nil if the cursor stands in no text of a verb.
  init?(in reading: LuaReading, at offset: Int) {
    guard
      let index = reading.tokens.firstIndex(where: { $0.range.contains(offset - 1) }),
      [.string, .longString].contains(reading.tokens[index].kind)
    else { return nil }
    let token = reading.tokens[index]
    guard offset > token.range.lowerBound, offset < token.range.upperBound || !token.isFinished
    else { return nil }
    let bytes = Array(reading.text.utf8)
    let open = Self.openLength(bytes[token.range])
    guard offset >= token.range.lowerBound + open else { return nil }
    typed = Array(bytes[(token.range.lowerBound + open)..<offset])
    quote = token.kind == .string ? bytes[token.range.lowerBound] : nil
    var place = index
    var key: String?
    if reading[index - 1] == "=", reading.kind(index - 2) == .name {
      key = String(reading[index - 2])
    }
    // Out of the tables among the arguments, to the call itself.
    while let open = reading.openBracket(before: place), reading[open] != "(" {
      guard reading[open] == "{" else { return nil }
      place = open
      if reading.kind(open - 1) == .name, reading[open - 2] == ":" { break }
    }
    self.key = key
    let isDirect = reading.kind(place - 1) == .name && reading[place - 2] == ":"
    let callee = isDirect ? place : reading.openBracket(before: place)
    guard let callee, reading.kind(callee - 1) == .name, reading[callee - 2] == ":" else {
      return nil
    }
    verb = String(reading[callee - 1])
    receiver = reading.receiver(before: callee - 2)
    position = isDirect ? 1 : Self.commas(in: reading, from: callee + 1, to: place) + 1
  }

  private static func openLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard bytes.first == UInt8(ascii: "[") else { return 1 }
    return 2 + bytes.dropFirst().prefix { $0 == UInt8(ascii: "=") }.count
  }

  private static func commas(in reading: LuaReading, from start: Int, to end: Int) -> Int {
    var depth = 0
    var count = 0
    for index in start..<max(start, end) where reading.kind(index) == .symbol {
      switch reading[index] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "," where depth == 0: count += 1
      default: break
      }
    }
    return count
  }
}
