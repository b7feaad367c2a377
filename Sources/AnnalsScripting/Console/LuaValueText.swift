import AnnalsEngine
import AnnalsLua

/// A Lua value as text for people who look at it: tables with what is in them.
///
/// Lists come first, then the other keys: numbers ascending, texts by bytes, and whatever else there is
/// in no particular order. What is nested too deep, or too much, is left out with `…`; nothing is silent.
struct LuaValueText {
  let session: ScriptSession
  /// How many cells a line may take.
  let width: Int

  /// Tables in tables deeper than this are not opened.
  private static let deepest = 4
  /// So many entries of a table are shown.
  private static let entryLimit = 100
  /// Tables with more entries beside their list are not looked into.
  private static let readLimit = 100_000

  /// The value as ``width`` allows: a table on one line if it fits, else on several.
  func text(of value: LuaValue) throws(LuaError) -> String {
    try text(of: value, around: [], indent: 0)
  }

  private func text(
    of value: LuaValue, around: [LuaReference], indent: Int
  ) throws(LuaError) -> String {
    guard case .table(let table) = value else { return try plain(value, isNested: !around.isEmpty) }
    if around.contains(where: { session.state.isSame($0, table) }) { return "{… itself}" }
    guard around.count < Self.deepest else { return "{…}" }
    let entries = try entries(of: table, around: around, indent: indent + 2)
    if entries.isEmpty { return "{}" }
    let line = "{" + entries.joined(separator: ", ") + "}"
    let fits = indent + line.count <= width && !entries.contains { $0.contains("\n") }
    if fits { return line }
    let space = String(repeating: " ", count: indent + 2)
    return "{\n" + entries.map { space + $0 + ",\n" }.joined()
      + String(repeating: " ", count: indent) + "}"
  }

  private func plain(_ value: LuaValue, isNested: Bool) throws(LuaError) -> String {
    switch value {
    case .string(let text): return isNested ? Self.quoted(text.string) : text.string
    case .object(let object, _) where object is ScriptTable: return "table of data"
    default: return try session.state.string(from: value)
    }
  }

  private func entries(
    of table: LuaReference, around: [LuaReference], indent: Int
  ) throws(LuaError) -> [String] {
    let inside = around + [table]
    let length = try session.state.length(of: table)
    var entries: [String] = []
    for index in 0..<min(length, Self.entryLimit) {
      let value = try session.state.get(index + 1, of: table)
      entries.append(try text(of: value, around: inside, indent: indent))
    }
    if length > Self.entryLimit {
      return entries + ["… \(length - Self.entryLimit) more in the list"]
    }
    guard let others = try others(of: table, besides: length) else {
      return entries + ["… more than \(Self.readLimit) keys"]
    }
    let room = Self.entryLimit - entries.count
    for (key, value) in others.prefix(room) {
      let shown = try text(of: value, around: inside, indent: indent)
      entries.append(try self.name(of: key) + " = " + shown)
    }
    if others.count > room { entries.append("… \(others.count - room) more") }
    return entries
  }

  /// The entries that are not in the list at the front, in order; nil if there are too many.
  private func others(
    of table: LuaReference, besides length: Int
  ) throws(LuaError) -> [(key: LuaValue, value: LuaValue)]? {
    var pairs: [(key: LuaValue, value: LuaValue)]
    do throws(LuaError) {
      pairs = try session.state.pairs(of: table, limit: Self.readLimit)
    } catch {
      guard error.kind == .host("too_large") else { throw error }
      return nil
    }
    pairs.removeAll { pair in
      guard case .integer(let index) = pair.key else { return false }
      return index >= 1 && index <= length
    }
    return pairs.sorted { Self.order($0.key) < Self.order($1.key) }
  }

  /// What a key is sorted by: numbers before texts before all else.
  private static func order(_ key: LuaValue) -> KeyOrder {
    switch key {
    case .integer(let value): KeyOrder(kind: 0, number: Double(value), bytes: [])
    case .number(let value): KeyOrder(kind: 0, number: value, bytes: [])
    case .string(let text): KeyOrder(kind: 1, number: 0, bytes: text.bytes)
    case .boolean(let value): KeyOrder(kind: 2, number: value ? 1 : 0, bytes: [])
    default: KeyOrder(kind: 3, number: 0, bytes: [])
    }
  }

  private struct KeyOrder: Comparable {
    let kind: Int
    let number: Double
    let bytes: [UInt8]

    static func < (left: KeyOrder, right: KeyOrder) -> Bool {
      if left.kind != right.kind { return left.kind < right.kind }
      if left.number != right.number { return left.number < right.number }
      return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
  }

  /// A key as a name where it can be one, else in brackets.
  private func name(of key: LuaValue) throws(LuaError) -> String {
    if case .string(let text) = key, LuaNames.isName(text.bytes) { return text.string }
    return "[" + (try plain(key, isNested: true)) + "]"
  }

  /// A text as a script would write it, on one line.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// What Lua takes for a name.
enum LuaNames {
  private static let reserved: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// Whether bytes are a name that stands for itself.
  static func isName(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, !(0x30...0x39).contains(first) else { return false }
    let isWord = bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
      default: false
      }
    }
    return isWord && !reserved.contains(String(decoding: bytes, as: UTF8.self))
  }
}
