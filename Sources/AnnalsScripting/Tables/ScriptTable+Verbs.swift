import AnnalsEngine
import AnnalsEvents
import AnnalsLua

extension ScriptTable {
  /// Pushes the table that a verb makes of this one.
  func push(
    _ call: borrowing LuaCall, _ body: (Query) throws(EngineError) -> Query
  ) throws(LuaError) {
    call.push(try made(at: call.position, body), as: session.types.table)
  }

  private func made(
    at position: String?, _ body: (Query) throws(EngineError) -> Query
  ) throws(LuaError) -> ScriptTable {
    let input = try query()
    let output = try session.engine { () throws(EngineError) in try body(input) }
    return try ScriptTable(session, output, position: position)
  }

  func join(_ call: inout LuaCall) throws(LuaError) {
    let other = try call.requiredObject(at: 1, as: session.types.table).query()
    var keys: [String] = []
    if call.type(at: 2) == .table {
      keys = try session.texts(of: call.requiredTable(at: 2), "join")
    } else if !call.isNil(at: 2) {
      keys = [try call.requiredString(at: 2)]
    }
    let name = call.isNil(at: 3) ? "inner" : try call.requiredString(at: 3)
    guard let kind = JoinKind(rawValue: name) else {
      let known = JoinKind.allCases.map(\.rawValue)
      let near = NearNames.suggestions(for: name, among: known)
      throw LuaError(
        "misuse", "`join` knows no kind `\(name.shortened)`",
        fix: near.isEmpty
          ? "one of \(known.quotedAlternatives)" : "did you mean \(near.quotedAlternatives)?")
    }
    try push(call) { query throws(EngineError) in
      try query.joined(with: other, on: keys, kind)
    }
  }

  func pivot(_ call: inout LuaCall) throws(LuaError) {
    let column = try call.requiredString(at: 1)
    let formula = try call.requiredString(at: 2)
    let (bindings, _) = try session.bindings(&call, from: 3)
    let input = try query()
    let context = session.planContext(at: call.position)
    let output = try session.engine { () throws(EngineError) in
      try input.pivoted(column, formula, bindings, in: context)
    }
    call.push(try ScriptTable(session, output, position: call.position), as: session.types.table)
  }

  func unpivot(_ call: inout LuaCall) throws(LuaError) {
    let list = try call.requiredTable(at: 1)
    let columns = try session.texts(of: list, "unpivot")
    let names = try session.text("name", of: list, "unpivot") ?? "name"
    let values = try session.text("value", of: list, "unpivot") ?? "value"
    try push(call) { query throws(EngineError) in
      try query.unpivoted(columns, names: names, values: values)
    }
  }

  func spread(_ call: inout LuaCall) throws(LuaError) {
    let hasOptions = call.count > 0 && call.type(at: call.count) == .table
    var names: [String] = []
    for position in stride(from: 1, through: hasOptions ? call.count - 1 : call.count, by: 1) {
      names.append(try call.requiredString(at: position))
    }
    guard names.count >= 2 else {
      throw LuaError(
        "misuse", "`spread` needs two columns of days",
        fix: "write t:spread(\"date\", \"date_end\", \"value\", {mode = \"fraction\"})")
    }
    let known = SpreadMode.allCases.map(\.rawValue)
    var mode = SpreadMode.fraction
    if hasOptions {
      let options = try call.requiredTable(at: call.count)
      let given = try session.text("mode", of: options, "spread") ?? "fraction"
      guard let named = SpreadMode(rawValue: given) else {
        throw LuaError(
          "misuse", "`spread` knows no mode `\(given.shortened)`",
          fix: "one of \(known.quotedAlternatives)")
      }
      mode = named
    }
    try push(call) { query throws(EngineError) in
      try query.spread(from: names[0], to: names[1], Array(names.dropFirst(2)), mode)
    }
  }

  func complete(_ call: inout LuaCall) throws(LuaError) {
    let column = try call.requiredString(at: 1)
    let step = try call.requiredString(at: 2)
    guard call.type(at: 3) == .table else {
      throw LuaError(
        "misuse", "`complete` must be told what new rows hold",
        fix: "write {n = 0} for a count, or {n = annals.null} where no report is not zero")
    }
    let fills = try namedValues(call.requiredTable(at: 3), "complete")
    var range: [String: Day] = [:]
    if !call.isNil(at: 4) {
      for (name, value) in try namedValues(call.requiredTable(at: 4), "complete") {
        guard ["from", "to"].contains(name), case .text(let text) = value, let day = Day(text)
        else {
          throw LuaError(
            "misuse", "`complete` can't read its range",
            fix: "write {from = \"2022-01-01\", to = \"2022-01-31\"}")
        }
        range[name] = day
      }
    }
    try push(call) { query throws(EngineError) in
      try query.completed(
        column, step: step, fills: fills, from: range["from"], to: range["to"])
    }
  }

  func sort(_ call: inout LuaCall) throws(LuaError) {
    let keys = try SortKeys(of: self, &call, from: 1, verb: "sort")
    try push(call) { _ throws(EngineError) in
      try keys.rows { query, texts, bindings throws(EngineError) in
        try query.sorted(by: texts, bindings)
      }
    }
  }

  func top(_ call: inout LuaCall) throws(LuaError) {
    let count = Int(clamping: try call.requiredInteger(at: 1))
    let keys = try SortKeys(of: self, &call, from: 2, verb: "top")
    try push(call) { _ throws(EngineError) in
      try keys.rows { query, texts, bindings throws(EngineError) in
        try query.top(count, by: texts, bindings)
      }
    }
  }

  func filter(_ call: inout LuaCall) throws(LuaError) {
    switch call.type(at: 1) {
    case .function:
      let function = try call.requiredFunction(at: 1)
      try push(call) { query in
        query.filtered(byHostFunction: session.functions.add(function, rowsOf: query))
      }
    case .table:
      let values = try columnValues(&call)
      try push(call) { query throws(EngineError) in try query.filtered(equal: values) }
    default:
      guard let formula = call.string(at: 1) else {
        throw call.mismatch(
          at: 1, expected: "a formula, a function or a table {column = value}",
          fix: "the whole condition stands in quotes, as in \"type == 'protest'\"")
      }
      let (bindings, _) = try session.bindings(&call, from: 2)
      try push(call) { query throws(EngineError) in try query.filtered(by: formula, bindings) }
    }
  }

  /// `{column = value}`, by column name, since tables of Lua have no order.
  private func columnValues(
    _ call: inout LuaCall
  ) throws(LuaError) -> [(column: String, value: Value)] {
    let result = try namedValues(call.requiredTable(at: 1), "where")
    guard !result.isEmpty else {
      throw LuaError("wrong_argument", "`where` needs a condition", fix: "write {column = value}")
    }
    return result
  }

  private func namedValues(
    _ table: LuaReference, _ verb: String
  ) throws(LuaError) -> [(column: String, value: Value)] {
    var result: [(column: String, value: Value)] = []
    for (key, value) in try session.state.pairs(of: table) {
      guard let name = key.text?.string, let plain = session.value(value) else {
        throw LuaError(
          "wrong_argument", "`\(verb)` needs columns with plain values in its table",
          fix: "write {column = value}")
      }
      result.append((name, plain))
    }
    return result.sorted { $0.column.utf8.lexicographicallyPrecedes($1.column.utf8) }
  }

  func derive(_ call: inout LuaCall) throws(LuaError) {
    guard call.type(at: 2) == .function else {
      let (texts, bindings) = try session.texts(&call)
      var table = self
      var rest = texts[...]
      repeat {
        // Each formula is a step over all columns; between parts a plan that has become long is run.
        let columnCount = try table.query().schema.allFields.count
        let part = Array(rest.prefix(max(1, 2048 / (columnCount + 16))))
        rest = rest.dropFirst(part.count)
        table = try table.made(at: call.position) { query throws(EngineError) in
          try query.deriving(part, bindings)
        }
      } while !rest.isEmpty
      return call.push(table, as: session.types.table)
    }
    let name = try call.requiredString(at: 1)
    let function = try call.requiredFunction(at: 2)
    call.push(
      try ScriptTable(session, deriving: name, with: function, from: self, position: call.position),
      as: session.types.table)
  }

  func group(_ call: inout LuaCall) throws(LuaError) {
    guard call.type(at: 2) == .function else {
      let (texts, bindings) = try session.texts(&call)
      return try push(call) { query throws(EngineError) in try query.grouped(by: texts, bindings) }
    }
    let name = try call.requiredString(at: 1)
    let derived = try ScriptTable(
      session, deriving: name, with: try call.requiredFunction(at: 2), from: self,
      position: call.position)
    let input = try derived.query()
    let output = try session.engine { () throws(EngineError) in try input.grouped(by: [name]) }
    call.push(try ScriptTable(session, output, position: call.position), as: session.types.table)
  }

  func aggregate(_ call: inout LuaCall) throws(LuaError) {
    guard call.type(at: 2) == .function else {
      let (texts, bindings) = try session.texts(&call)
      return try push(call) { query throws(EngineError) in
        try query.aggregated(texts, bindings)
      }
    }
    let name = try call.requiredString(at: 1)
    let function = try call.requiredFunction(at: 2)
    let output = try aggregated(name, function)
    call.push(try ScriptTable(session, output, position: call.position), as: session.types.table)
  }

  /// One row for each group, with what a function gives for the table of its rows.
  private func aggregated(_ name: String, _ function: LuaReference) throws(LuaError) -> Query {
    let divided = try divided()
    let keys = divided.keys
    guard keys.schema[name] == nil else {
      throw LuaError("misuse", "the name `\(name.shortened)` is given twice")
    }
    let catalog = try query().catalog ?? session.catalog
    var column = ScriptColumn(
      name: name, giver: "the function for `\(name)`", catalog: catalog,
      budget: session.budget)
    for row in 0..<keys.rowCount {
      let group = try session.engine { () throws(EngineError) in try divided.group(row) }
      let table = try ScriptTable(session, group, position: position)
      let argument = try session.state.makeObject(table, as: session.types.table)
      let results = try session.state.call(function, [argument])
      try column.append(results.first ?? .nil, row: row, session)
    }
    return try session.engine { () throws(EngineError) in
      let values = try column.columns(budget: session.budget)
      let fields = keys.schema.fields.map { (name: $0.name, type: $0.type) }
      let table = Table(
        schema: Schema(names: fields + [(name, column.type)]), rowCount: keys.rowCount,
        columns: try keys.columns + values)
      return Query(table, catalog: catalog, formulas: session.formulas)
    }
  }

  /// The rows of each group.
  func divided() throws(LuaError) -> DividedRows {
    let finished = try table()
    let query = try query()
    return try session.engine { () throws(EngineError) in
      try query.divided(finished, in: session.planContext(at: position))
    }
  }

  func rename(_ call: inout LuaCall) throws(LuaError) {
    var names: [(new: String, old: String)] = []
    for (key, value) in try session.state.pairs(of: call.requiredTable(at: 1)) {
      guard let new = key.text?.string, let old = value.text?.string else {
        throw LuaError(
          "wrong_argument", "`rename` needs names in its table", fix: "write {new = \"old\"}")
      }
      names.append((new, old))
    }
    let sorted = names.sorted { $0.new.utf8.lexicographicallyPrecedes($1.new.utf8) }
    try push(call) { query throws(EngineError) in try query.renaming(sorted) }
  }

  func resolve(_ call: inout LuaCall) throws(LuaError) {
    let known = ClaimPolicy.allCases.map(\.rawValue)
    guard let name = call.string(at: 1) else {
      var error = call.mismatch(at: 1, expected: "the name of a policy")
      error.fix = "one of \(known.quotedAlternatives)"
      throw error
    }
    guard let policy = ClaimPolicy(rawValue: name) else {
      let near = NearNames.suggestions(for: name, among: known)
      throw LuaError(
        "misuse", "`resolve` knows no policy `\(name.shortened)`",
        fix: near.isEmpty
          ? "one of \(known.quotedAlternatives)" : "did you mean \(near.quotedAlternatives)?")
    }
    try push(call) { query throws(EngineError) in try query.resolved(by: policy) }
  }
}
