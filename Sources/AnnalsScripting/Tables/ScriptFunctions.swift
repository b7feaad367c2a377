import AnnalsEngine
import AnnalsLua

/// The functions of a script that its plans call.
///
/// They run on the run's own thread alone, which is what lets this cross into a plan.
final class ScriptFunctions: HostFunctions, @unchecked Sendable {
  weak var session: ScriptSession?
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
      try call(reference, over: ScriptRow(source, row: nil), rowCount: rowCount, session) {
        row, call throws(LuaError) in
        // As in Lua, all but nil and false counts as true.
        if !call.isNil(at: 1), call.boolean(at: 1) != false { bits.set(row) }
      }
    } catch {
      failure = error
      throw .stopped
    }
    return bits
  }

  /// What a function gives for each row.
  func values(
    of function: LuaReference, over view: ScriptRow, rowCount: Int, name: String
  ) throws(LuaError) -> ScriptColumn {
    guard let session else { throw LuaError("closed", "the script is over") }
    var column = ScriptColumn(name: name)
    try call(function, over: view, rowCount: rowCount, session) { row, call throws(LuaError) in
      try column.append(try call.value(at: 1), row: row, session)
    }
    return column
  }

  /// Calls a function with a view of each row in turn.
  private func call(
    _ function: LuaReference, over view: ScriptRow, rowCount: Int, _ session: ScriptSession,
    _ take: @escaping (Int, inout LuaCall) throws(LuaError) -> Void
  ) throws(LuaError) {
    let object = try session.state.makeObject(view, as: session.types.row)
    defer { view.row = nil }
    try session.state.forEach(
      rowCount, call: function,
      arguments: { row, call throws(LuaError) in
        view.row = row
        call.push(object)
      },
      results: take)
  }
}

/// The values that a function gave for a column, and the one type that they have.
struct ScriptColumn {
  let name: String
  private var values: [Value] = []
  private var found: ValueType?

  init(name: String) { self.name = name }

  /// Text where there was no value at all.
  var type: ValueType { found ?? .text }

  mutating func append(
    _ value: LuaValue, row: Int, _ session: ScriptSession
  ) throws(LuaError) {
    guard let plain = session.value(value) else {
      throw LuaError(
        "row", "the function for `\(name)` gave something that is no value in row \(row + 1)",
        fix: "return nil, a boolean, a number, a text, a figure or a reference")
    }
    values.append(plain)
    guard let type = plain.type, type != found else { return }
    switch (found, type) {
    case (nil, _), (.integer?, .number): found = type
    case (.number?, .integer): break
    case (let first?, _):
      throw LuaError(
        "row",
        "the function for `\(name)` gave \(first.name) and, in row \(row + 1), \(type.name)",
        fix: "let it give one type, and nil where there is no value")
    }
  }

  /// One column, or three for a figure.
  ///
  /// - Parameter catalog: The dataset that references lead into.
  func columns(of catalog: Catalog, budget: MemoryBudget) throws(EngineError) -> [Column] {
    guard type == .figure else {
      var target: ReferenceTarget?
      if case .reference(let table) = type { target = catalog.target(table) }
      return [try column(type, target, budget) { $0 }]
    }
    func part(_ pick: @escaping (Figure) -> Double?) throws(EngineError) -> Column {
      try column(.number, nil, budget) { value in
        guard case .figure(let figure) = value else { return .null }
        return pick(figure).map { .number($0) } ?? .null
      }
    }
    return [try part(\.low), try part(\.best), try part(\.high)]
  }

  private func column(
    _ type: ValueType, _ target: ReferenceTarget?, _ budget: MemoryBudget,
    _ convert: (Value) -> Value
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: type, target: target, budget: budget)
    for value in values { try builder.append(convert(value)) }
    return try builder.finished()
  }
}
