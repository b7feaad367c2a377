import AnnalsEngine
import AnnalsLua
import AnnalsReports

extension ScriptSession {
  /// Runs a script and computes what it returns.
  ///
  /// - Parameter parameters: What its `params` is to be given.
  func report(of script: Script, _ parameters: ParameterCall) throws(LuaError) -> Report {
    self.parameters = parameters
    return try report(of: try state.run(LuaText(bytes: script.lua), chunkName: script.name))
  }

  /// Runs a script as ``report(of:_:)`` does, and keeps the variables of the function that fails, or of
  /// the script at its end.
  func reportKeepingVariables(
    of script: Script, _ parameters: ParameterCall
  ) throws(LuaError) -> Report {
    self.parameters = parameters
    defer { state.endKeepingVariables() }
    let lua = LuaText(bytes: script.lua)
    return try report(of: try state.runKeepingVariables(lua, chunkName: script.name))
  }

  private func report(of results: [LuaValue]) throws(LuaError) -> Report {
    var items: [Report.Item] = []
    for value in results where !value.isNil { items.append(try item(value)) }
    return Report(items: items)
  }

  /// Puts `data`, `annals`, `params` and what else scripts may use into the globals.
  func install() throws(LuaError) {
    if permissions.isTrusted {
      try modules.extendPath()
    } else {
      try modules.install()
      try installEnvironment()
    }
    try installData()
    try state.setGlobal("annals", to: .table(try AnnalsModule(session: self).make()))
    let body: LuaBody = { [unowned self] call throws(LuaError) in
      let parameters = self.parameters
      let reader = ParameterReader(session: self, reservedNames: parameters.reservedNames)
      let declarations = try reader.declarations(try call.requiredTable(at: 1))
      let values = try parameters.values(declarations)
      call.push(ScriptParameters(self, declarations, values: values), as: types.parameters)
    }
    let name = ParameterReader.page.name
    try state.setGlobal(name, to: .function(try state.makeFunction(name, body)))
  }

  /// `data`, the dataset at hand.
  func installData() throws(LuaError) {
    try state.setGlobal("data", to: try state.makeObject(ScriptData(self, dataset), as: types.data))
  }

  /// `os.getenv`, which tells what was granted.
  private func installEnvironment() throws(LuaError) {
    guard case .table(let os) = try state.get("os", of: state.globals()) else { return }
    let granted = permissions.environment
    let getenv = try state.makeFunction("getenv") { call throws(LuaError) in
      let name = try call.requiredString(at: 1)
      guard let value = granted[name] else {
        throw LuaError(
          "permission", "not permitted to read the environment variable `\(name.shortened)`",
          fix: "allow it with `--allow-env=\(name.shortened)`")
      }
      if let value { call.push(value) } else { call.pushNil() }
    }
    try state.set(.string("getenv"), to: .function(getenv), of: os)
  }

  private func item(_ value: LuaValue) throws(LuaError) -> Report.Item {
    switch value {
    case .object(let object, _):
      if let table = object as? ScriptTable { return .table(try table.table()) }
      return try text(value)
    case .table(let table) where try hasText(table): return try text(value)
    case .table, .function, .other:
      // Such a script may be a module or a test as well, whose result nobody waits for.
      if permissions.isTrusted { return .text(try state.string(from: value)) }
      throw LuaError(
        "misuse", "a script can't return a Lua table, a function or a coroutine",
        fix: "return tables of data, texts or numbers, one after another")
    default: return try text(value)
    }
  }

  private func text(_ value: LuaValue) throws(LuaError) -> Report.Item {
    let text = try state.string(from: value)
    try state.chargeOutput(text.utf8.count)
    return .text(text)
  }

  /// Whether a table tells how it is written, as errors do.
  private func hasText(_ table: LuaReference) throws(LuaError) -> Bool {
    guard let metatable = try state.metatable(of: table) else { return false }
    return !(try state.get("__tostring", of: metatable)).isNil
  }
}

extension Script {
  /// The source without a first line for the shell; line numbers stay.
  var lua: [UInt8] {
    guard source.first == UInt8(ascii: "#") else { return source }
    return Array(source.drop { $0 != 0x0A })
  }
}
