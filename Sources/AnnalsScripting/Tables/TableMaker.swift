import AnnalsEngine
import AnnalsLua

/// Makes a table of data from a table of Lua.
struct TableMaker {
  let session: ScriptSession
  let names: [String]

  /// - Parameter rows: Lists in the order of the names, or tables with the names as keys.
  /// - Throws: `misuse` for no or repeated names, unknown keys and values of several types.
  func table(_ rows: LuaReference) throws(LuaError) -> Table {
    try checkNames()
    var columns = names.map {
      ScriptColumn(
        name: $0, giver: "`annals.table` for `\($0)`", catalog: session.catalog,
        budget: session.budget)
    }
    let rowCount = try session.state.length(of: rows)
    for row in 0..<rowCount {
      guard case .table(let entry) = try session.state.get(row + 1, of: rows) else {
        throw LuaError("misuse", "row \(row + 1) of `annals.table` is no table")
      }
      try checkKeys(entry, row)
      for (index, name) in names.enumerated() {
        var value = try session.state.get(name, of: entry)
        if value.isNil { value = try session.state.get(index + 1, of: entry) }
        try columns[index].append(value, row: row, session)
      }
    }
    let schema = Schema(names: columns.map { ($0.name, $0.type) })
    return try session.engine { () throws(EngineError) in
      var made: [Column] = []
      for column in columns {
        made += try column.columns(budget: session.budget)
      }
      return Table(schema: schema, rowCount: rowCount, columns: made)
    }
  }

  private func checkNames() throws(LuaError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw LuaError("misuse", "`annals.table` is given the column `\(name)` twice")
    }
    guard !names.isEmpty else {
      throw LuaError(
        "misuse", "`annals.table` needs the names of its columns",
        fix: "write annals.table({{\"a\", 1}}, {\"name\", \"n\"})")
    }
  }

  /// A value that no column takes would be lost.
  private func checkKeys(_ entry: LuaReference, _ row: Int) throws(LuaError) {
    for (key, _) in try session.state.pairs(of: entry) {
      switch key {
      case .integer(let index) where (1...Int64(names.count)).contains(index): continue
      case .string(let name) where names.contains(name.string): continue
      default:
        let shown = try session.state.string(from: key)
        let near = NearNames.suggestions(for: shown, among: names)
        throw LuaError(
          "misuse", "row \(row + 1) of `annals.table` has `\(shown.shortened)`, which is no column",
          fix: near.isEmpty ? nil : "did you mean \(near.quotedAlternatives)?")
      }
    }
  }
}
