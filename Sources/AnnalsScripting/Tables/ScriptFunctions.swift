import AnnalsEngine
import AnnalsLua

/// The functions of a script that its plans call.
///
/// They run on the run's own thread alone, which is what lets this cross into a plan.
final class ScriptFunctions: HostFunctions, @unchecked Sendable {
  /// Nil before there is one. Plans run in a session, so it outlives every call; a weak reference would
  /// make all others to it slower.
  unowned var session: ScriptSession?
  private var functions: [(function: LuaReference, schema: Schema, query: Query)] = []
  private var failure: LuaError?

  /// Makes a function known; plans name it by the number.
  func add(_ function: LuaReference, rowsOf query: Query) -> Int {
    functions.append((function, query.schema, query))
    return functions.count - 1
  }

  /// The script's own error that stopped a plan, if one did.
  func takeFailure() -> LuaError? {
    defer { failure = nil }
    return failure
  }

  func matches(
    function: Int, columns: [Column], rowCount: Int, budget: MemoryBudget
  ) throws(EngineError) -> Bitmap {
    let bits = try Bitmap(count: rowCount, budget: budget)
    guard let session, functions.indices.contains(function) else { throw .stopped }
    let (reference, schema, query) = functions[function]
    let table = Table(
      schema: Schema(names: schema.fields.map { ($0.name, $0.type) }), rowCount: rowCount,
      columns: columns)
    let source = RowSource(
      session: session, table: table, query: Query(table, catalog: query.catalog))
    do throws(LuaError) {
      let view = ScriptRow(source, at: try source.cursor())
      var words = bits.words.mutableSpan
      let shown = try view.shown()
      try session.besidesPlans { () throws(LuaError) in
        try session.state.filter(reference, over: shown, at: view.cursor, into: &words)
      }
    } catch {
      failure = error
      throw .stopped
    }
    return bits
  }

  /// What a function gives for each row.
  ///
  /// - Parameters:
  ///   - name: What the column of the values is called.
  ///   - giver: What messages call the function.
  func values(
    of function: LuaReference, over source: RowSource, name: String, giver: String
  ) throws(LuaError) -> ScriptColumn {
    guard let session else { throw LuaError("closed", "the script is over") }
    var column = ScriptColumn(
      name: name, giver: giver, catalog: source.catalog, budget: session.budget)
    let view = ScriptRow(source, at: try source.cursor())
    let shown = try view.shown()
    try session.besidesPlans { () throws(LuaError) in
      try session.state.map(function, over: shown, at: view.cursor) {
        row, call throws(LuaError) in
        try column.append(try call.value(at: 1), row: row, session)
      }
    }
    return column
  }
}
