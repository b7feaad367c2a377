import AnnalsEngine
import AnnalsLua

/// A table in a script: a query that runs when it is read, once.
final class ScriptTable {
  unowned let session: ScriptSession
  /// The script line that made it, which errors of running it name.
  let position: String?
  /// The plan as text, where the session keeps it for finished tables.
  private(set) var explanation: String?
  private var state: State
  /// How many tables in a row, up to this one, wait for their functions.
  private var waitingCount = 0

  /// More than that would nest too deep when they are needed.
  private static let waitingLimit = 100
  /// The rows of the finished table, once somebody has asked for them.
  private var rows: RowSource?

  private enum State {
    case query(Query)
    /// A column that a function of the script computes, whose type is known only then.
    case derived(from: ScriptTable, name: String, function: LuaReference, giver: String)
    /// The query, over its finished table.
    case finished(Query, Table)
  }

  /// - Throws: what running it throws, if it has so many steps that it runs at once.
  init(_ session: ScriptSession, _ query: Query, position: String?) throws(LuaError) {
    self.session = session
    self.position = position
    state = .query(query)
    session.releaseUnused()
    if query.isLong { _ = try table() }
  }

  /// The table with a column that a function computes row by row, once somebody needs it.
  ///
  /// - Parameter giver: What messages call the function; without it by the column's name.
  init(
    _ session: ScriptSession, deriving name: String, with function: LuaReference,
    giver: String? = nil, from table: ScriptTable, position: String?
  ) throws(LuaError) {
    if table.waitingCount >= Self.waitingLimit { _ = try table.query() }
    waitingCount = table.waitingCount + 1
    self.session = session
    self.position = position
    let giver = giver ?? "the function for `\(name)`"
    state = .derived(from: table, name: name, function: function, giver: giver)
  }

  /// How many bytes it takes without what plans reserve, roughly.
  var footprint: Int {
    switch state {
    case .query(let query), .finished(let query, _): query.footprint
    case .derived: 1024
    }
  }

  /// What further verbs build on, without a column that a function computes and that nobody has asked
  /// for yet.
  var knownQuery: Query? {
    switch state {
    case .query(let query), .finished(let query, _): query
    case .derived(let table, _, _, _): table.knownQuery
    }
  }

  /// What further verbs build on.
  func query() throws(LuaError) -> Query {
    switch state {
    case .query(let query), .finished(let query, _): return query
    case .derived(let table, let name, let function, let giver):
      let query = try derived(from: table, name, giver, function)
      state = .query(query)
      waitingCount = 0
      return query
    }
  }

  /// The finished table.
  func table() throws(LuaError) -> Table {
    if case .finished(_, let table) = state { return table }
    let query = try query()
    if session.keepsExplanations { explanation = query.explanation }
    let table = try session.run(query, at: position)
    state = .finished(query.settled(table), table)
    return table
  }

  /// How many rows it has; those of a dataset's table are not computed for that.
  func rowCount() throws(LuaError) -> Int {
    if case .query(let query) = state {
      let known = try session.engine { () throws(EngineError) in try query.knownRowCount() }
      if let known { return known }
    }
    return try table().rowCount
  }

  /// The rows of the finished table.
  func source() throws(LuaError) -> RowSource {
    if let rows { return rows }
    let table = try table()
    let source = RowSource(session: session, table: table, query: try query())
    rows = source
    return source
  }

  private func derived(
    from table: ScriptTable, _ name: String, _ giver: String, _ function: LuaReference
  ) throws(LuaError) -> Query {
    let finished = try table.table()
    let input = try table.query()
    let rows = try table.source()
    do throws(LuaError) {
      let values = try session.functions.values(
        of: function, over: rows, name: name, giver: giver)
      return try session.engine { () throws(EngineError) in
        try input.settled(
          finished, adding: name, values.type,
          try values.columns(budget: session.budget))
      }
    } catch {
      // What a script raised itself says where; what it returned wrongly does not.
      var error = error
      if error.at == nil { error.at = position }
      throw error
    }
  }
}
