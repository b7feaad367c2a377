import AnnalsEngine
import AnnalsLua

/// A Lua value as text for people who look at it: tables with what is in them.
///
/// Lists come first, then the other keys: numbers ascending, texts by bytes, booleans, and whatever else
/// there is by what is shown of it. What is nested too deep, or too much, is left out with `…`; nothing is silent.
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
  /// More keys without an order of their own are only counted.
  private static let sortedLimit = 1_000

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
    // Without the number that tells it from others, so that a table shows the same each time.
    case .function where isNested: return "function"
    case .other where isNested:
      return String(try session.state.string(from: value).prefix { $0.isLetter })
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
    let plainCount = others.prefix { Self.order($0.key).kind < KeyOrder.otherKind }.count
    for pair in others.prefix(min(room, plainCount)) {
      entries.append(try entry(pair, around: inside, indent: indent))
    }
    let rest = others.dropFirst(plainCount)
    if rest.count <= Self.sortedLimit {
      entries += try sorted(rest, around: inside, indent: indent).prefix(max(0, room - plainCount))
    }
    let left = length + others.count - entries.count
    if left > 0 { entries.append("… \(left) more") }
    return entries
  }

  /// Entries whose keys have no order of their own, by what is shown.
  private func sorted(
    _ pairs: ArraySlice<(key: LuaValue, value: LuaValue)>, around: [LuaReference], indent: Int
  ) throws(LuaError) -> [String] {
    var shown: [String] = []
    for pair in pairs { shown.append(try entry(pair, around: around, indent: indent)) }
    return shown.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func entry(
    _ pair: (key: LuaValue, value: LuaValue), around: [LuaReference], indent: Int
  ) throws(LuaError) -> String {
    let name = try name(of: pair.key, around: around, indent: indent)
    return name + " = " + (try text(of: pair.value, around: around, indent: indent))
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
    case .integer(let value): KeyOrder(kind: 0, number: Double(value), integer: value)
    case .number(let value): KeyOrder(kind: 0, number: value, integer: .max, bytes: [1])
    case .string(let text): KeyOrder(kind: 1, bytes: text.bytes)
    case .boolean(let value): KeyOrder(kind: 2, integer: value ? 1 : 0)
    default: KeyOrder(kind: KeyOrder.otherKind)
    }
  }

  private struct KeyOrder: Comparable {
    /// Of what has no order of its own.
    static let otherKind = 3

    let kind: Int
    var number = 0.0
    /// Tells integers apart that are the same number as a double.
    var integer: Int64 = 0
    var bytes: [UInt8] = []

    static func < (left: KeyOrder, right: KeyOrder) -> Bool {
      if left.kind != right.kind { return left.kind < right.kind }
      if left.number != right.number { return left.number < right.number }
      if left.integer != right.integer { return left.integer < right.integer }
      return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
  }

  /// A key as a name where it can be one, else in brackets.
  private func name(
    of key: LuaValue, around: [LuaReference], indent: Int
  ) throws(LuaError) -> String {
    if case .string(let text) = key, LuaNames.isName(text.bytes) { return text.string }
    return "[" + (try text(of: key, around: around, indent: indent)) + "]"
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
