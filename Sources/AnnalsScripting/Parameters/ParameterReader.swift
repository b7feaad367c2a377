import AnnalsEngine
import AnnalsEvents
import AnnalsLua

/// Reads the declarations of a call of `params`.
struct ParameterReader {
  let session: ScriptSession
  /// Options of the program, which a parameter may not be called.
  let reservedNames: [String]

  func declarations(_ list: LuaReference) throws(LuaError) -> [ParameterDeclaration] {
    var result: [ParameterDeclaration] = []
    for index in 0..<(try session.state.length(of: list)) {
      guard case .table(let entry) = try session.state.get(index + 1, of: list) else {
        throw wrong("entry \(index + 1) of `params` must be a table")
      }
      let declaration = try declaration(entry, index + 1)
      guard !result.contains(where: { $0.name == declaration.name }) else {
        throw wrong("`params` declares `\(declaration.name)` twice")
      }
      result.append(declaration)
    }
    return result
  }

  private func wrong(_ message: String, fix: String? = nil) -> LuaError {
    LuaError(
      "misuse", message, fix: fix ?? "write {\"name\", default = …, help = \"…\"}")
  }

  private static let keys = ["type", "default", "choices", "required", "help"]

  private func declaration(
    _ entry: LuaReference, _ index: Int
  ) throws(LuaError) -> ParameterDeclaration {
    guard let name = try session.state.get(1, of: entry).text?.string, isName(name) else {
      throw wrong("entry \(index) of `params` needs a name of letters, digits and underscores")
    }
    guard !reservedNames.contains(name) else {
      throw wrong(
        "a parameter can't be called `\(name)`, which is an option of the program",
        fix: "choose another name")
    }
    for (key, _) in try session.state.pairs(of: entry) {
      guard let key = key.text?.string, !Self.keys.contains(key) else { continue }
      let near = NearNames.suggestions(for: key, among: Self.keys)
      throw wrong(
        "the parameter `\(name)` has an unknown `\(key)`",
        fix: near.isEmpty
          ? "it may have \(Self.keys.quotedList)" : "did you mean \(near.quotedAlternatives)?")
    }
    let type = try type(entry, name)
    return ParameterDeclaration(
      name: name, type: type, defaultValue: try defaultValue(entry, name, type),
      choices: try choices(entry, name), isRequired: try flag("required", entry, name),
      help: try text("help", entry, name))
  }

  private func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == 0x5F
      }
      && !(0x30...0x39).contains(name.utf8.first ?? 0x30)
  }

  private func text(
    _ key: String, _ entry: LuaReference, _ name: String
  ) throws(LuaError) -> String? {
    let value = try session.state.get(key, of: entry)
    if value.isNil { return nil }
    guard let text = value.text?.string else {
      throw wrong("`\(key)` of the parameter `\(name)` must be a text")
    }
    return text
  }

  private func flag(
    _ key: String, _ entry: LuaReference, _ name: String
  ) throws(LuaError) -> Bool {
    switch try session.state.get(key, of: entry) {
    case .nil: return false
    case .boolean(let value): return value
    default: throw wrong("`\(key)` of the parameter `\(name)` must be true or false")
    }
  }

  /// The declared type, else that of the default, else text.
  private func type(_ entry: LuaReference, _ name: String) throws(LuaError) -> ValueType {
    if let given = try text("type", entry, name) {
      if let type = ParameterDeclaration.types.first(where: { $0.name == given }) { return type }
      throw wrong(
        "the parameter `\(name)` has an unknown type `\(given.shortened)`",
        fix: "one of \(ParameterDeclaration.types.map(\.name).quotedAlternatives)")
    }
    switch try session.state.get("default", of: entry) {
    case .boolean: return .boolean
    case .integer: return .integer
    case .number: return .number
    case .table: return .list
    default: return .text
    }
  }

  private func defaultValue(
    _ entry: LuaReference, _ name: String, _ type: ValueType
  ) throws(LuaError) -> Value {
    let given = try session.state.get("default", of: entry)
    switch (given, type) {
    case (.nil, _): return .null
    case (.boolean(let value), .boolean): return .boolean(value)
    case (.integer(let value), .integer): return .integer(value)
    case (.integer(let value), .number): return .number(Double(value))
    case (.number(let value), .number): return .number(value)
    case (.string(let text), .text): return .text(text.string)
    case (.string(let text), .day):
      if let day = Day(text.string) { return .day(day) }
    case (.table(let list), .list): return .list(try texts(list, "default", name))
    default: break
    }
    throw wrong("the default of the parameter `\(name)` is no \(type.name)")
  }

  private func texts(
    _ list: LuaReference, _ key: String, _ name: String
  ) throws(LuaError) -> [String] {
    var result: [String] = []
    try session.eachElement(of: list) { element throws(LuaError) in
      guard let text = element.text?.string else {
        throw wrong("`\(key)` of the parameter `\(name)` must hold texts")
      }
      result.append(text)
      return true
    }
    return result
  }

  /// A list of texts, or the values of a column such as `figures.measure`.
  private func choices(_ entry: LuaReference, _ name: String) throws(LuaError) -> [String]? {
    switch try session.state.get("choices", of: entry) {
    case .nil: return nil
    case .table(let list): return try texts(list, "choices", name)
    case .string(let text): return try columnChoices(text.string, name)
    default: throw wrong("`choices` of the parameter `\(name)` must be a list or `table.column`")
    }
  }

  /// The values of a column; nil where the model has the column and this dataset lacks it, so that the
  /// script gets to say so.
  private func columnChoices(_ text: String, _ name: String) throws(LuaError) -> [String]? {
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw wrong("`choices` of the parameter `\(name)` must be a list or `table.column`")
    }
    if let table = session.catalog[parts[0]]?.table, table.schema[parts[1]] == nil,
      Model.table(parts[0])?.column(parts[1]) != nil
    {
      return nil
    }
    let query = try session.engine { () throws(EngineError) in
      try Query(parts[0], of: session.catalog).grouped(by: [parts[1]])
        .aggregated(["n = count()"])
    }
    let table = try session.run(query, at: nil)
    guard let field = table.schema.fields.first else { return [] }
    return (0..<table.rowCount).map { table.value(row: $0, field: field) }
      .filter { $0 != .null }.map(\.text)
  }
}
