import Annals
import AnnalsConsole

/// Lua text as far as completion reads it: its tokens, and the expressions that end somewhere in it.
struct LuaReading {
  let text: String
  let tokens: [LuaToken]

  init(_ text: String) {
    self.text = text
    tokens = LuaTokens.all(in: text)
  }

  subscript(index: Int) -> Substring {
    tokens.indices.contains(index) ? tokens[index].text(in: text) : ""
  }

  func kind(_ index: Int) -> LuaToken.Kind? {
    tokens.indices.contains(index) ? tokens[index].kind : nil
  }

  /// The bracket that a closing one belongs to.
  func opener(of index: Int) -> Int? {
    var depth = 0
    for position in stride(from: index, through: 0, by: -1) where kind(position) == .symbol {
      switch self[position] {
      case ")", "]", "}": depth += 1
      case "(", "[", "{":
        depth -= 1
        if depth == 0 { return position }
      default: break
      }
    }
    return nil
  }

  /// The bracket around a place that is not closed before it.
  func openBracket(before index: Int) -> Int? {
    var depth = 0
    for position in stride(from: index - 1, through: 0, by: -1) where kind(position) == .symbol {
      switch self[position] {
      case ")", "]", "}": depth += 1
      case "(", "[", "{":
        if depth == 0 { return position }
        depth -= 1
      default: break
      }
    }
    return nil
  }

  /// The expression of names and calls that ends before a token; nil of any other.
  func receiver(before end: Int) -> ConsoleReceiver? {
    guard let start = start(before: end) else { return nil }
    let (receiver, next) = receiver(from: start, to: end)
    guard next == end, let receiver else { return nil }
    return resolved(receiver, before: start)
  }

  /// Where the expression begins that ends before a token.
  private func start(before end: Int) -> Int? {
    var index = end
    while index > 0 {
      switch (kind(index - 1), self[index - 1]) {
      case (.symbol, ")"), (.symbol, "}"):
        guard let open = opener(of: index - 1), open > 0 else { return nil }
        index = open
      case (.string, _), (.longString, _): index -= 1
      case (.name, _):
        index -= 1
        guard index > 0, [".", ":"].contains(self[index - 1]) else { return index }
        index -= 1
      default: return nil
      }
    }
    return nil
  }

  /// Reads names and calls from a token on.
  private func receiver(from start: Int, to end: Int) -> (ConsoleReceiver?, next: Int) {
    guard kind(start) == .name else { return (nil, start) }
    var receiver = ConsoleReceiver(names: [String(self[start])])
    var index = start + 1
    while index < end {
      if self[index] == ".", kind(index + 1) == .name, receiver.calls.isEmpty {
        receiver.names.append(String(self[index + 1]))
        index += 2
      } else if self[index] == ":", kind(index + 1) == .name,
        let arguments = arguments(at: index + 2, to: end)
      {
        receiver.calls.append(
          ConsoleReceiver.Call(verb: String(self[index + 1]), arguments: literals(in: arguments)))
        index = arguments.upperBound
      } else {
        break
      }
    }
    return (receiver, index)
  }

  /// The tokens of a call's arguments, with their brackets.
  private func arguments(at index: Int, to end: Int) -> Range<Int>? {
    switch (kind(index), self[index]) {
    case (.string, _), (.longString, _): return index..<index + 1
    case (.symbol, "("), (.symbol, "{"):
      var depth = 0
      for position in index..<end where kind(position) == .symbol {
        switch self[position] {
        case "(", "[", "{": depth += 1
        case ")", "]", "}": depth -= 1
        default: break
        }
        if depth == 0 { return index..<position + 1 }
      }
      return nil
    default: return nil
    }
  }

  /// The arguments as Lua if they are nothing but literals, without the brackets of the call.
  private func literals(in range: Range<Int>) -> String? {
    let isList = self[range.lowerBound] == "("
    let inner = isList ? range.lowerBound + 1..<range.upperBound - 1 : range
    for index in inner {
      switch kind(index) {
      case .string, .longString, .number: continue
      case .keyword where ["true", "false", "nil"].contains(self[index]): continue
      case .name where self[index + 1] == "=": continue
      case .symbol where [",", "{", "}", "=", "-", "[", "]"].contains(self[index]): continue
      default: return nil
      }
    }
    guard let first = inner.first, let last = inner.last else { return "" }
    let bytes = Array(text.utf8)[
      tokens[first].range.lowerBound..<tokens[last].range.upperBound]
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A name that the same block has given a value is that value.
  private func resolved(_ receiver: ConsoleReceiver, before end: Int) -> ConsoleReceiver {
    guard let name = receiver.names.first else { return receiver }
    for index in stride(from: end - 2, through: 0, by: -1)
    where kind(index) == .name && self[index] == name && self[index + 1] == "="
      && ![".", ":"].contains(self[index - 1])
    {
      let (value, _) = self.receiver(from: index + 2, to: end)
      guard var value, value.names.first != name, value.calls.isEmpty || receiver.names.count == 1
      else { break }
      value.names += receiver.names.dropFirst()
      value.calls += receiver.calls
      return value
    }
    return receiver
  }

  /// Names that the block itself declares.
  var localNames: [String] {
    var names: Set<String> = []
    var isDeclaring = false
    for index in tokens.indices {
      switch (kind(index), self[index]) {
      case (.keyword, "local"), (.keyword, "for"), (.keyword, "function"): isDeclaring = true
      case (.keyword, _): isDeclaring = false
      case (.name, let name) where isDeclaring: names.insert(String(name))
      case (.symbol, ","), (.symbol, "("): break
      default: isDeclaring = false
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
