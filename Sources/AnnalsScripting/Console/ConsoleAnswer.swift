package import AnnalsEngine
import AnnalsFormats
import AnnalsLua

/// One value that a block of the console gave.
package struct ConsoleAnswer {
  let value: LuaValue
  private let session: ScriptSession

  init(_ value: LuaValue, _ session: ScriptSession) {
    self.value = value
    self.session = session
  }

  /// What is to be shown.
  package enum Content {
    case table(ConsoleTable)
    /// A row: a table that holds it alone.
    case row(Table)
    case text(String)
  }

  /// What is to be shown of the value.
  ///
  /// - Parameter width: How many cells a line of a Lua table may take.
  package func content(width: Int) throws(ScriptError) -> Content {
    do throws(LuaError) {
      if case .object(let object, _) = value {
        if let table = object as? ScriptTable { return .table(ConsoleTable(table)) }
        if let row = object as? ScriptRow { return .row(try row.alone()) }
      }
      if case .string(let text) = value { return .text(text.string) }
      return .text(try LuaValueText(session: session, width: width).text(of: value))
    } catch {
      throw ScriptError(error)
    }
  }
}

/// A table that the console shows; it is computed when somebody looks.
package struct ConsoleTable {
  private let table: ScriptTable

  init(_ table: ScriptTable) { self.table = table }

  /// All rows.
  package func whole() throws(ScriptError) -> Table {
    try caught { () throws(LuaError) in try table.table() }
  }

  /// Writes all rows to a file that the process may write, in the format of its ending.
  package func save(to path: String) throws(ScriptError) {
    let whole = try whole()
    try caught { () throws(LuaError) in
      try table.session.write(whole, to: path, access: .anywhere)
    }
  }

  /// The plan, as it was asked for and as it runs or ran.
  package func explanation() throws(ScriptError) -> String {
    if let explanation = table.explanation { return explanation }
    return try caught { () throws(LuaError) in try table.query().explanation }
  }

  /// A table of the columns and their types.
  package func schema() throws(ScriptError) -> Schema {
    try caught { () throws(LuaError) in try table.query().schema }
  }

  /// A table of what stands in each column.
  package func description() throws(ScriptError) -> Table {
    try caught { () throws(LuaError) in
      let query = try table.query()
      let context = table.session.planContext(at: nil)
      return try table.session.engine { () throws(EngineError) in try query.described(context) }
    }
  }

  private func caught<Result>(
    _ body: () throws(LuaError) -> Result
  ) throws(ScriptError) -> Result {
    do throws(LuaError) { return try body() } catch { throw ScriptError(error) }
  }
}

extension ScriptRow {
  /// A table of this row alone.
  func alone() throws(LuaError) -> Table {
    let row = try current()
    let session = source.session
    let query = try session.engine { () throws(EngineError) in
      try Query(source.table, catalog: source.catalog).skipping(row).taking(1)
    }
    return try session.run(query, at: nil)
  }
}
