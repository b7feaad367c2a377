import AnnalsEngine
import AnnalsLua

/// The rows of a finished table, with the columns and paths that scripts read from them.
final class RowSource {
  unowned let session: ScriptSession
  let table: Table
  /// The query that gave the table.
  private let query: Query
  private var columns: [String: (table: Table, field: Field)] = [:]
  /// What scripts read where it lies, and the names of those columns.
  private var shared: (columns: LuaColumns, names: Set<String>)?
  private var isCounted = false

  init(session: ScriptSession, table: Table, query: Query) {
    self.session = session
    self.table = table
    self.query = query
  }

  /// How many bytes it takes beside the table, roughly, for the first row that asks; 0 for all others,
  /// which share it.
  func uncountedFootprint() -> Int {
    if isCounted { return 0 }
    isCounted = true
    return query.footprint + 2048
  }

  /// The dataset that its references lead into.
  var catalog: Catalog { query.catalog ?? session.catalog }

  /// Pushes a cell of a table whose references lead where those of its rows do.
  func push(
    _ table: Table, row: Int, _ field: Field, to call: borrowing LuaCall
  ) throws(LuaError) {
    try session.push(table, row: row, field, of: catalog, to: call)
  }

  /// Pushes a cell by the name of a column or by a path, which is null where a link is missing.
  ///
  /// - Throws: `unknown_column` with near names.
  func push(_ name: String, row: Int, to call: borrowing LuaCall) throws(LuaError) {
    let (table, field) = try column(name)
    try push(table, row: row, field, to: call)
  }

  /// A cursor over its rows.
  func cursor(row: Int? = nil) throws(LuaError) -> LuaCursor {
    LuaCursor(try sharedColumns(), row: row)
  }

  /// Lets scripts read a column where it lies, if it is of a kind that can be.
  func share(_ name: String) throws(LuaError) {
    let columns = try sharedColumns()
    guard let names = shared?.names, !names.contains(name), names.count < LuaColumns.limit else {
      return
    }
    let (table, field) = try column(name)
    shared?.names.insert(name)
    let cells = LuaColumn(field, of: table)
    if !cells.isGivenByHost { try columns.add(cells, named: name) }
  }

  private func sharedColumns() throws(LuaError) -> LuaColumns {
    if let shared { return shared.columns }
    let columns = try LuaColumns(session.state, rowCount: table.rowCount)
    shared = (columns, [])
    return columns
  }

  private func column(_ name: String) throws(LuaError) -> (table: Table, field: Field) {
    if let known = columns[name] { return known }
    var found: (table: Table, field: Field)?
    if let field = table.schema[name] {
      found = (table, field)
    } else if name.contains(".") {
      // A path is followed for all rows at once, the first time that one of them asks.
      let settled = query.settled(table)
      let path = try session.engine { () throws(EngineError) in try settled.following(name) }
      let result = try session.run(path, at: nil)
      if let field = result.schema.fields.first { found = (result, field) }
    }
    guard let found else {
      let near = NearNames.suggestions(for: name, among: table.schema.names)
      throw LuaError(
        "unknown_column", "unknown column `\(name.shortened)`",
        fix: near.isEmpty ? nil : "did you mean \(near.quotedAlternatives)?")
    }
    columns[name] = found
    return found
  }
}
