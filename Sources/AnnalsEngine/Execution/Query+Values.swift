extension Query {
  /// The names of the functions that compute a value from the values of a row.
  package static let rowFunctionNames = RowFunction.names

  /// A function of formulas over plain values, which gives what a formula over columns would give.
  package static func value(
    of function: String, _ arguments: [Value], budget: MemoryBudget
  ) throws(EngineError) -> Value {
    guard let arguments = bindable(arguments, of: function) else { return .null }
    let names = arguments.indices.map { "a\($0 + 1)" }
    var bindings: [String: Bindings.Binding] = [:]
    for (name, value) in zip(names, arguments) { bindings[name] = .value(value) }
    let formula = function + "(" + names.map { "$" + $0 }.joined(separator: ", ") + ")"
    let row = Table(schema: Schema([]), rowCount: 1, columns: [])
    let query = try Query(row).selecting(["value = " + formula], Bindings(bindings))
    let table = try query.run(RunContext(threadCount: 1, budget: budget, stop: budget.stop))
    guard let field = table.schema.fields.first else { return .null }
    return table.value(row: 0, field: field)
  }

  /// What a formula can be given; nil where the result is null. Unlike a column's, a null of its own
  /// has no type.
  private static func bindable(_ arguments: [Value], of function: String) -> [Value]? {
    guard arguments.contains(.null) else { return arguments }
    switch BuiltInFunction(rawValue: function) {
    case .coalesce, .least, .greatest:
      return arguments.allSatisfy { $0 == .null } ? nil : arguments
    case .clamp: return arguments[0] == .null ? nil : arguments
    case .ifElse:
      // A condition that is null does not hold.
      let condition = arguments[0] == .null ? .boolean(false) : arguments[0]
      let values = arguments.dropFirst()
      return values.allSatisfy { $0 == .null } ? nil : [condition] + values
    case .days, nil: return nil
    }
  }
}
