internal import CLuaShim

// The variables of a script, for somebody who looks at it from outside.
extension LuaState {
  /// Compiles a script and calls it, keeping its variables: those of the function that fails, or of the
  /// script itself at its end. Those that were kept before are let go.
  package func runKeepingVariables(
    _ source: LuaText, chunkName: String
  ) throws(LuaError) -> [LuaValue] {
    let script = try loadEnding(source, chunkName: chunkName)
    _ = try protected(
      { _ in },
      run: { context, _ in unsafe annals_watch_script(context, script.slot) },
      read: { _, _, _ in })
    return try call(script)
  }

  /// To be called when a script, and what is made of its results, is done or has failed: no variables
  /// are kept from now on but those that are.
  package func endKeepingVariables() {
    guard let context = unsafe try? opened() else { return }
    unsafe annals_unwatch_script(context)
  }

  /// The names of the variables that are kept: those of the function that were declared first, then
  /// those that it has from around it.
  package func variableNames() throws(LuaError) -> [String] {
    guard
      case .table(let known) = try pushed({ context in
        unsafe annals_known_variables(context)
      })
    else { return [] }
    var names: [(position: Int64, name: String)] = []
    for (key, value) in try pairs(of: known, limit: Self.variableLimit) {
      guard case .string(let name) = key, case .integer(let position) = value else { continue }
      names.append((position, name.string))
    }
    let own = names.filter { $0.position > 0 }.sorted { $0.position < $1.position }
    let others = names.filter { $0.position < 0 }.sorted { $0.position > $1.position }
    return (own + others).map(\.name)
  }

  /// The value of a variable that is kept; nil also if there is none.
  package func variable(_ name: String) throws(LuaError) -> LuaValue {
    try pushed { context in unsafe annals_variable(context, name) }
  }

  /// Lets a block that was just compiled read and set the variables that are kept by their names.
  package func showVariables(to block: LuaReference) throws(LuaError) {
    try protected(
      { _ in },
      run: { context, _ in unsafe annals_show_variables(context, block.slot) },
      read: { _, _, _ in })
  }

  /// More than a function can have: of locals, their values, and upvalues.
  private static let variableLimit = 1_000

  /// Compiles a script so that its own variables are there to its end, also if it ends with a call.
  private func loadEnding(
    _ source: LuaText, chunkName: String
  ) throws(LuaError) -> LuaReference {
    let prefix = "local \(ANNALS_END_NAME) <close> = nil "
    if let script = try? load(LuaText(bytes: prefix.utf8 + source.bytes), chunkName: chunkName) {
      return script
    }
    // It is no Lua, or has as many variables as a function may have.
    return try load(source, chunkName: chunkName)
  }

  /// The one value that `run` pushes.
  @safe
  private func pushed(_ run: (OpaquePointer) -> Bool) throws(LuaError) -> LuaValue {
    try protected(
      { _ in }, run: { context, _ in unsafe run(context) },
      read: { context, base, _ throws(LuaError) in unsafe try read(base + 1, in: context) })
  }
}
