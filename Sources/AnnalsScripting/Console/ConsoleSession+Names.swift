import AnnalsEngine
import AnnalsEvents
import AnnalsLua

// What may be typed. None of this runs code of a script: tables are read raw, through `__index` where
// that is a table, and verbs are applied only with literals as arguments.
extension ConsoleSession {
  /// How deep `__index` is followed.
  private static let deepestIndex = 8
  /// How many names of a Lua table are offered.
  private static let nameLimit = 10_000
  /// After this it is given up; what is done is bounded, and takes a few milliseconds.
  private static let patience = Duration.seconds(1)

  /// The names of globals, and of what the last script has left.
  package func globalNames() -> [ConsoleName] {
    let globals = quietly { () throws(LuaError) in
      try names(in: session.state.globals(), depth: 0)
    }
    let variables = quietly { () throws(LuaError) in
      try variableNames.map { name throws(LuaError) in
        ConsoleName(name, note(of: try session.state.variable(name), named: name))
      }
    }
    return (variables ?? []) + (globals ?? []).filter { !variableNames.contains($0.text) }
  }

  /// What the last script has left: names, what their values are, and the values as text.
  ///
  /// - Parameter width: How many cells a line of a Lua table may take.
  package func variables(
    width: Int
  ) throws(ScriptError) -> [(name: String, note: String, text: String)] {
    try caught { () throws(LuaError) in
      try begin()
      let values = LuaValueText(session: session, width: width)
      return try variableNames.map { name throws(LuaError) in
        let value = try session.state.variable(name)
        if case .object(let object, _) = value, object is ScriptTable || object is ScriptData {
          return (name, note(of: value, named: name), "")
        }
        return (name, note(of: value, named: ""), try values.text(of: value))
      }
    }
  }

  /// What may follow a dot.
  package func fieldNames(of receiver: ConsoleReceiver) -> [ConsoleName] {
    quietly { () throws(LuaError) in
      switch try value(of: receiver) {
      case .table(let table): return try names(in: table, depth: 0)
      case .object(let object, _): return fieldNames(of: object)
      default: return []
      }
    } ?? []
  }

  /// What may follow a colon; of what is unknown, the verbs of tables, since most things are tables.
  package func verbNames(of receiver: ConsoleReceiver) -> [ConsoleName] {
    let value = quietly { () throws(LuaError) in try self.value(of: receiver) }
    switch value ?? .nil {
    case .object(let object, _) where object is ScriptData: return Self.names(ScriptData.methods)
    case .object(let object, _) where object is ScriptRow: return Self.names(ScriptRow.methods)
    case .object(let object, _) where object is ScriptTable: return Self.names(ScriptTable.methods)
    case .nil: return Self.names(ScriptTable.methods)
    case .string: return fieldNames(of: ConsoleReceiver(names: ["string"]))
    case .table(let table):
      return quietly { () throws(LuaError) in try names(in: table, depth: 0) } ?? []
    default: return []
    }
  }

  /// The query of a table, as far as it is known without running anything; nil of anything else.
  func query(of receiver: ConsoleReceiver) -> Query? {
    let value = quietly { () throws(LuaError) in try self.value(of: receiver) }
    guard case .object(let object, _) = value, let table = object as? ScriptTable else {
      return nil
    }
    return table.knownQuery
  }

  // MARK: Looking

  /// Looks without running anything of a script for long; nil if that fails.
  private func quietly<Result>(_ body: () throws(LuaError) -> Result) -> Result? {
    do throws(LuaError) {
      try begin(timeout: Self.patience)
      return try body()
    } catch {
      return nil
    }
  }

  private func value(of receiver: ConsoleReceiver) throws(LuaError) -> LuaValue {
    var names = receiver.names[...]
    var value = LuaValue.table(try session.state.globals())
    if let first = names.first, variableNames.contains(first) {
      value = try session.state.variable(first)
      names.removeFirst()
    }
    for name in names { value = try field(name, of: value) }
    for call in receiver.calls { value = try result(of: call, on: value) }
    return value
  }

  private func field(_ name: String, of value: LuaValue) throws(LuaError) -> LuaValue {
    if case .object(let object, _) = value, let data = object as? ScriptData {
      guard data.dataset.catalog[name] != nil else { return .nil }
      let query = try session.engine { () throws(EngineError) in
        try Query(name, of: data.dataset.catalog)
      }
      let table = try ScriptTable(session, query, position: nil)
      return try session.state.makeObject(table, as: session.types.table)
    }
    guard case .table(var table) = value else { return .nil }
    for _ in 0..<Self.deepestIndex {
      let found = try session.state.get(name, of: table)
      guard found.isNil, let index = try index(of: table) else { return found }
      table = index
    }
    return .nil
  }

  /// The table behind a table's `__index`.
  private func index(of table: LuaReference) throws(LuaError) -> LuaReference? {
    guard let metatable = try session.state.metatable(of: table),
      case .table(let index) = try session.state.get("__index", of: metatable)
    else { return nil }
    return index
  }

  /// What a verb with literals makes of a table; the table itself where that is not known.
  private func result(
    of call: ConsoleReceiver.Call, on value: LuaValue
  ) throws(LuaError) -> LuaValue {
    guard case .object(let object, _) = value, let table = object as? ScriptTable,
      let method = ScriptTable.methods.first(where: { $0.name == call.verb }),
      method.kind == .verb
    else { return .nil }
    // A pivot runs the table to learn its columns.
    guard table.knownQuery != nil, let arguments = call.arguments, call.verb != "pivot" else {
      return value
    }
    let source = "local t = ... return t:" + call.verb + "(" + arguments + ")"
    let made = try? session.state.run(LuaText(source), chunkName: "completion", [value]).first
    return made ?? value
  }

  // MARK: Names

  private func names(in table: LuaReference, depth: Int) throws(LuaError) -> [ConsoleName] {
    var found: [ConsoleName] = []
    for (key, value) in try session.state.pairs(of: table, limit: Self.nameLimit) {
      guard case .string(let text) = key, LuaNames.isName(text.bytes) else { continue }
      found.append(ConsoleName(text.string, note(of: value, named: text.string)))
    }
    if depth < Self.deepestIndex, let index = try index(of: table) {
      let known = Set(found.map(\.text))
      found += try names(in: index, depth: depth + 1).filter { !known.contains($0.text) }
    }
    return found.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
  }

  private func note(of value: LuaValue, named name: String) -> String {
    switch value {
    case .object(let object, _):
      if object is ScriptTable { return "table of data" }
      return object is ScriptData ? "dataset" : object is ScriptRow ? "row" : "value"
    case .nil: return "nil"
    case .boolean: return "boolean"
    case .integer: return "integer"
    case .number: return "number"
    case .string: return "text"
    case .table: return "table"
    case .function: return Self.summaries["annals." + name] ?? Self.summaries[name] ?? "function"
    case .other: return "coroutine"
    }
  }

  private func fieldNames(of object: AnyObject) -> [ConsoleName] {
    switch object {
    case let data as ScriptData:
      data.dataset.catalog.entries.map { entry in
        ConsoleName(entry.name, entry.table.knownRowCount.map { "\($0) rows" } ?? "table")
      }
    case let row as ScriptRow: Self.names(of: row.source.table.schema)
    case let reference as ScriptReference: Self.names(of: reference.source.table.schema)
    case is ScriptFigure: Self.partsOfFigures
    default: []
    }
  }

  static func names(of schema: Schema) -> [ConsoleName] {
    schema.fields.map { ConsoleName($0.name, $0.type.name) }
  }

  /// What a figure is made of.
  static var partsOfFigures: [ConsoleName] {
    ["low", "best", "high"].map { ConsoleName($0, "number") }
  }

  private static func names<Object>(_ methods: [DocumentedMethod<Object>]) -> [ConsoleName] {
    methods.map { ConsoleName($0.name, $0.documentation.summary) }
      .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
  }

  /// What the reference says of functions that are values of Lua.
  private static let summaries: [String: String] = {
    let pages = Reference().pages.filter { $0.kind == .value || $0.kind == .rowFunction }
    return Dictionary(pages.map { ($0.name, $0.documentation.summary) }) { first, _ in first }
  }()
}
