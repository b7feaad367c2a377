import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import AnnalsLua

/// The module `annals`: values and the functions of formulas for plain Lua.
struct AnnalsModule {
  let session: ScriptSession

  func make() throws(LuaError) -> LuaReference {
    var members: [(key: LuaValue, value: LuaValue)] = []
    for member in Self.members {
      members.append((.string(member.key), try member.make(self)))
    }
    for name in Query.rowFunctionNames {
      members.append((.string(name), .function(try function(name))))
    }
    return try session.state.makeTable(pairs: members)
  }

  func null() throws(LuaError) -> LuaValue {
    try session.state.makeObject(ScriptNull(), as: session.types.null)
  }

  func figure() throws(LuaError) -> LuaReference {
    try session.state.makeFunction("figure") { [unowned session] call throws(LuaError) in
      var parts: [Double?] = []
      for position in 1...3 {
        guard !call.isNil(at: position) else {
          parts.append(nil)
          continue
        }
        parts.append(try call.requiredNumber(at: position))
      }
      let known = parts.compactMap { $0 }
      guard known == known.sorted() else {
        throw LuaError(
          "misuse", "a figure needs low, best and high in ascending order",
          fix: "leave out what is unknown with nil")
      }
      let figure = Figure(low: parts[0], best: parts[1], high: parts[2])
      if figure.isNull { return call.pushNil() }
      call.push(ScriptFigure(figure), as: session.types.figure)
    }
  }

  func table() throws(LuaError) -> LuaReference {
    try session.state.makeFunction("table") { [unowned session] call throws(LuaError) in
      let rows = try call.requiredTable(at: 1)
      let names = try session.texts(of: call.requiredTable(at: 2), "annals.table")
      let table = try TableMaker(session: session, names: names).table(rows)
      let query = Query(table, catalog: session.catalog, formulas: session.formulas)
      call.push(
        try ScriptTable(session, query, position: call.position), as: session.types.table)
    }
  }

  func open() throws(LuaError) -> LuaReference {
    try session.state.makeFunction("open") { [unowned session] call throws(LuaError) in
      let path = try call.requiredString(at: 1)
      let dataset = try session.reading { () throws(EventsError) in
        try Dataset.open(
          path, access: session.files.readable, budget: session.budget, hints: .strict,
          options: session.readingOptions)
      }
      call.push(ScriptData(session, dataset), as: session.types.data)
    }
  }

  func read() throws(LuaError) -> LuaReference {
    try session.state.makeFunction("read") { [unowned session] call throws(LuaError) in
      let path = try call.requiredString(at: 1)
      let table = try session.reading { () throws(EventsError) in
        try Dataset.table(
          path, access: session.files.readable, budget: session.budget,
          options: session.readingOptions)
      }
      let query = Query(table, catalog: session.catalog, formulas: session.formulas)
      call.push(
        try ScriptTable(session, query, position: call.position), as: session.types.table)
    }
  }

  func dataset() throws(LuaError) -> LuaReference {
    try session.state.makeFunction("dataset") { [unowned session] call throws(LuaError) in
      var tables: [DatasetAssembly.Part] = []
      for (key, value) in try session.state.pairs(of: call.requiredTable(at: 1)) {
        guard let name = key.text?.string, case .object(let object, _) = value,
          let table = object as? ScriptTable
        else {
          throw LuaError(
            "wrong_argument", "`annals.dataset` needs tables of data with names",
            fix: "write annals.dataset{events = t}")
        }
        tables.append(DatasetAssembly.Part(name: name, table: try table.table()))
      }
      let assembly = DatasetAssembly(tables, budget: session.budget)
      let dataset = try session.reading { () throws(EventsError) in try assembly.dataset() }
      call.push(ScriptData(session, dataset), as: session.types.data)
    }
  }

  /// A function of formulas, over plain values.
  private func function(_ name: String) throws(LuaError) -> LuaReference {
    try session.state.makeFunction(name) { [unowned session] call throws(LuaError) in
      var arguments: [Value] = []
      for position in stride(from: 1, through: call.count, by: 1) {
        let given = try call.value(at: position)
        let list = try session.list(given)
        guard let value = session.value(given) ?? list else {
          throw call.mismatch(at: position, expected: "a plain value or a table of texts")
        }
        arguments.append(value)
      }
      try session.push(try value(of: name, arguments), of: session.catalog, to: call)
    }
  }

  /// The formula that computes it is nobody's, so that messages do not show it.
  private func value(of name: String, _ arguments: [Value]) throws(LuaError) -> Value {
    do throws(EngineError) {
      return try Query.value(of: name, arguments, budget: session.budget)
    } catch {
      guard error.place != nil else { throw session.luaError(error) }
      throw LuaError(error.kind, error.summaryOfValues, fix: error.fix)
    }
  }
}

/// A member of the module: what the reference says of it, and how it is made.
struct ModuleMember {
  /// The name without the module's.
  let key: String
  let documentation: Documentation
  let make: (AnnalsModule) throws(LuaError) -> LuaValue

  init(
    _ key: String, _ documentation: Documentation,
    _ make: @escaping (AnnalsModule) throws(LuaError) -> LuaValue
  ) {
    self.key = key
    self.documentation = documentation
    self.make = make
  }

  var page: ReferencePage { ReferencePage("annals." + key, .value, documentation) }
}
