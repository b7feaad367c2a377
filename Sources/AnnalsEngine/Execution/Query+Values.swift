extension Query {
  /// The names of the functions that compute a value from the values of a row.
  package static let rowFunctionNames = RowFunction.names

  /// A function of formulas over plain values. A null argument gives null where the function has no
  /// rule of its own for nulls.
  package static func value(
    of function: String, _ arguments: [Value], budget: MemoryBudget
  ) throws(EngineError) -> Value {
    let names = arguments.indices.map { "a\($0 + 1)" }
    var bindings: [String: Bindings.Binding] = [:]
    for (name, value) in zip(names, arguments) { bindings[name] = .value(value) }
    let formula = function + "(" + names.map { "$" + $0 }.joined(separator: ", ") + ")"
    let row = Table(schema: Schema([]), rowCount: 1, columns: [])
    if arguments.contains(.null), !["coalesce", "if_else", "least", "greatest"].contains(function) {
      return .null
    }
    let query = try Query(row).selecting(["value = " + formula], Bindings(bindings))
    let table = try query.run(RunContext(threadCount: 1, budget: budget))
    guard let field = table.schema.fields.first else { return .null }
    return table.value(row: 0, field: field)
  }
}
