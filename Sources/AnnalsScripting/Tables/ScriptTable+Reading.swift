import AnnalsEngine
import AnnalsLua
import AnnalsReports

extension ScriptTable {
  /// What happens to a table outside of its methods.
  static func addEvents(_ description: inout LuaObjectDescription<ScriptTable>) {
    description.on(.length) { table, call throws(LuaError) in
      call.push(try table.rowCount())
    }
    description.on(.toString) { table, call throws(LuaError) in
      call.push(try table.text())
    }
    description.on(.index) { table, call throws(LuaError) in
      if let row = call.integer(at: 1) {
        let index = Int(clamping: row)
        return try table.pushRow(index > 0 ? index - 1 : -1, call)
      }
      let name = try call.requiredString(at: 1)
      throw Self.unknownVerb(name)
    }
    description.on(.call) { _, _ throws(LuaError) in
      throw LuaError(
        "misuse", "a table can't be called", fix: "loop with `for row in t:rows() do`")
    }
    description.on(.newIndex) { _, call throws(LuaError) in
      throw LuaError("misuse", "tables can't be changed", fix: "every verb makes a new one")
    }
  }

  /// As it is printed.
  private func text() throws(LuaError) -> String {
    let finished = try table()
    let share = BudgetShare(of: session.budget)
    return try session.engine { () throws(EngineError) in
      var text = ""
      try TableText(width: session.layout.width).write(
        finished, poll: session.checkIsRunning,
        to: { lines throws(EngineError) in
          try share.grow(by: lines.utf8.count)
          text += lines
        })
      if text.hasSuffix("\n") { text.removeLast() }
      return text
    }
  }

  private static func unknownVerb(_ name: String) -> LuaError {
    let near =
      foreignVerbs[name.lowercased()].map { [$0] }
      ?? NearNames.suggestions(for: name, among: methods.map(\.name))
    return LuaError(
      "unknown_verb", "a table has no verb `\(name.shortened)`",
      fix: near.isEmpty
        ? "columns are read from its rows, or with `t:column(name)`"
        : "did you mean \(near.quotedAlternatives)?")
  }

  /// What verbs are called in other languages.
  private static let foreignVerbs = [
    "filter": "where", "query": "where", "mutate": "derive", "assign": "derive",
    "with_column": "derive", "with_columns": "derive", "transform": "derive",
    "summarise": "aggregate", "summarize": "aggregate", "agg": "aggregate", "sum": "aggregate",
    "mean": "aggregate", "groupby": "group", "group_by": "group", "orderby": "sort",
    "order_by": "sort", "order": "sort", "arrange": "sort", "sort_by": "sort",
    "limit": "take", "head": "take", "slice": "take", "offset": "skip", "unique": "distinct",
    "drop_duplicates": "distinct", "union": "append", "concat": "append", "rbind": "append",
    "bind_rows": "append", "merge": "join", "left_join": "join", "inner_join": "join",
    "pivot_wider": "pivot", "pivot_longer": "unpivot", "melt": "unpivot", "unnest": "explode",
    "value_counts": "count", "tally": "count", "each": "rows", "iter": "rows", "iterrows": "rows",
    "write": "save", "to_csv": "save", "columns": "schema", "names": "schema",
    "summary": "describe", "glimpse": "describe",
  ]

  /// Pushes a table that tells about this one.
  func pushTable(
    _ call: borrowing LuaCall, _ make: (Query, RunContext) throws(EngineError) -> Table
  ) throws(LuaError) {
    let query = try query()
    let context = session.planContext(at: call.position)
    let table = try session.engine { () throws(EngineError) in
      try make(query, context)
    }
    call.push(
      try ScriptTable(session, Query(table), position: call.position), as: session.types.table)
  }

  /// A row that stays, or nil past the end.
  func pushRow(_ row: Int, _ call: borrowing LuaCall) throws(LuaError) {
    let source = try source()
    guard (0..<source.table.rowCount).contains(row) else { return call.pushNil() }
    call.push(try ScriptRow(source, at: try source.cursor(row: row)).shown())
  }

  /// An iterator whose one view moves from row to row.
  func pushRows(_ call: borrowing LuaCall) throws(LuaError) {
    let source = try source()
    let view = ScriptRow(source, at: try source.cursor())
    call.push(try session.state.makeRowLoop(of: try view.shown()))
  }

  /// An iterator over the row's number and some values.
  func pushValues(_ call: inout LuaCall) throws(LuaError) {
    let (result, fields) = try selected(&call)
    let source = try source()
    let columns = try LuaColumns(session.state, rowCount: result.rowCount)
    for field in fields { try columns.add(LuaColumn(field, of: result), named: field.name) }
    let view = ScriptRow(source, at: LuaCursor(columns))
    let cell = try session.state.makeFunction("values") { call throws(LuaError) in
      guard let row = call.integer(at: 1), let field = call.integer(at: 2) else { return }
      try source.push(result, row: Int(row) - 1, fields[Int(field) - 1], to: call)
    }
    call.push(try session.state.makeValueLoop(of: try view.shown(), cell: cell))
  }

  /// An iterator over the table of each group's rows, and the values of the group columns.
  func pushGroups(_ call: inout LuaCall) throws(LuaError) {
    let (texts, bindings) = try session.texts(&call)
    var grouped = self
    if !texts.isEmpty {
      let input = try query()
      let query = try session.engine { () throws(EngineError) in
        try input.grouped(by: texts, bindings)
      }
      grouped = try ScriptTable(session, query, position: call.position)
    }
    let divided = try grouped.divided()
    let keys = divided.keys
    let session = session
    let source = try source()
    let position = call.position
    var next = 0
    call.push(function: "groups") { call throws(LuaError) in
      guard next < keys.rowCount else { return call.pushNil() }
      let row = next
      next += 1
      let group = try session.engine { () throws(EngineError) in try divided.group(row) }
      call.push(try ScriptTable(session, group, position: position), as: session.types.table)
      for field in keys.schema.fields {
        try source.push(keys, row: row, field, to: call)
      }
    }
  }

  /// A Lua table of one column's values, with their number in `n`.
  func pushColumn(_ call: inout LuaCall) throws(LuaError) {
    let (result, fields) = try selected(&call)
    guard fields.count == 1 else {
      throw LuaError("wrong_argument", "`column` takes one column, not \(fields.count)")
    }
    let list = try session.state.makeTable([])
    let catalog = try source().catalog
    for row in 0..<result.rowCount {
      let value = try session.luaValue(result, row: row, fields[0], of: catalog)
      try session.state.set(.integer(Int64(row + 1)), to: value, of: list)
    }
    try session.state.set(.string("n"), to: .integer(Int64(result.rowCount)), of: list)
    call.push(list)
  }

  /// The columns, paths or formulas that were asked for, computed.
  private func selected(
    _ call: inout LuaCall
  ) throws(LuaError) -> (table: Table, fields: [Field]) {
    let (texts, bindings) = try session.texts(&call)
    let finished = try table()
    if texts.allSatisfy({ finished.schema[$0] != nil }), !texts.isEmpty {
      return (finished, texts.compactMap { finished.schema[$0] })
    }
    let input = try query().ungrouped()
    let verb = call.functionName
    let query = try session.engine { () throws(EngineError) in
      try input.selecting(texts, bindings, verb: verb, needsNames: false)
    }
    let result = try session.run(query, at: nil)
    return (result, result.schema.fields)
  }

  /// The value of a table of one row and one column.
  func pushValue(_ call: borrowing LuaCall) throws(LuaError) {
    let table = try table()
    let fields = table.schema.fields
    guard table.rowCount == 1, fields.count == 1 else {
      throw LuaError(
        "misuse",
        "`value` needs a table of one row and one column, not \(table.rowCount) by \(fields.count)",
        fix: "`first()` gives the first row, `column(name)` a whole column")
    }
    try source().push(table, row: 0, fields[0], to: call)
  }
}

extension ScriptSession {
  /// A cell for a Lua table.
  func luaValue(
    _ table: Table, row: Int, _ field: Field, of catalog: Catalog
  ) throws(LuaError) -> LuaValue {
    if field.type == .list, let list = table.list(row: row, field: field) {
      return .table(try luaList(list.texts, list.range))
    }
    return try luaValue(table.value(row: row, field: field), of: catalog)
  }

  private func luaValue(_ value: Value, of catalog: Catalog) throws(LuaError) -> LuaValue {
    switch value {
    case .null: return .nil
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .text, .day, .time: return .string(value.text)
    case .list(let texts): return .table(try luaList(texts.count) { texts[$0] })
    case .figure(let figure):
      return try state.makeObject(ScriptFigure(figure), as: types.figure)
    case .reference(let reference):
      return try state.makeObject(
        ScriptReference(try source(of: reference.table, in: catalog), reference),
        as: types.reference)
    }
  }
}
