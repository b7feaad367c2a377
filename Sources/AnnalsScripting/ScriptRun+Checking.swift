import AnnalsLua

extension ScriptRun {
  /// The names of the globals that a script finds.
  package func globalNames() throws(ScriptError) -> Set<String> {
    try checking { session throws(LuaError) in
      let pairs = try session.state.pairs(of: try session.state.globals())
      return Set(
        pairs.compactMap { pair in pair.key.text.map { String(decoding: $0.bytes, as: UTF8.self) } }
      )
    }
  }

  /// Compiles scripts, and runs none of them.
  ///
  /// - Returns: For each why it is no Lua; nil if it is.
  package func syntaxErrors(in scripts: [Script]) throws(ScriptError) -> [ScriptError?] {
    try checking { session throws(LuaError) in
      scripts.map { script in
        do throws(LuaError) {
          _ = try session.state.load(LuaText(bytes: script.lua), chunkName: script.name)
          return nil
        } catch {
          return ScriptError(error)
        }
      }
    }
  }

  private func checking<Result>(
    _ body: (ScriptSession) throws(LuaError) -> Result
  ) throws(ScriptError) -> Result {
    do throws(LuaError) {
      return try onLuaThread { () throws(LuaError) in
        let session = try session { _ in }
        defer { session.close() }
        return try body(session)
      }
    } catch {
      throw ScriptError(error)
    }
  }
}
