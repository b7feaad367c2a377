import AnnalsEngine
import AnnalsLua

/// Values of a script for a column, and the one type that they have.
struct ScriptColumn {
  let name: String
  /// Who gave the values, for messages: `the function for `x``.
  private let giver: String
  /// The dataset that references lead into; those of another become their keys.
  private let catalog: Catalog
  private var values: [Value] = []
  private var found: ValueType?
  /// For the values.
  private let share: BudgetShare

  init(name: String, giver: String, catalog: Catalog, budget: MemoryBudget) {
    self.name = name
    self.giver = giver
    self.catalog = catalog
    share = BudgetShare(of: budget)
  }

  /// Text where there was no value at all.
  var type: ValueType { found ?? .text }

  mutating func append(
    _ value: LuaValue, row: Int, _ session: ScriptSession
  ) throws(LuaError) {
    guard var plain = session.value(value) else {
      throw LuaError(
        "row", "\(giver) gave \(Self.kind(value)) in row \(row + 1)",
        fix: "give nil, a boolean, a number, a text, a figure or a reference")
    }
    if case .reference(let reference) = plain { plain = catalog.value(of: reference) }
    try session.engine { () throws(EngineError) in try share.grow(by: plain.footprint) }
    values.append(plain)
    guard let type = plain.type, type != found else { return }
    switch (found, type) {
    case (nil, _), (.integer?, .number): found = type
    case (.number?, .integer): break
    case (let first?, _):
      throw LuaError(
        "row",
        "\(giver) gave \(first.name) and, in row \(row + 1), \(type.name)",
        fix: "give one type, and nil where there is no value")
    }
  }

  /// What messages call a value that can't stand in a column.
  private static func kind(_ value: LuaValue) -> String {
    switch value {
    case .table: "a Lua table"
    case .function: "a function"
    default: "something that is no value"
    }
  }

  /// One column, or three for a figure.
  func columns(budget: MemoryBudget) throws(EngineError) -> [Column] {
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
