@testable import AnnalsEngine

/// What formulas give.
enum Formulas {
  /// The value of a formula without columns.
  static func value(_ formula: String, _ bindings: Bindings = Bindings()) throws -> Value {
    let row = Table(schema: Schema([]), rowCount: 1, columns: [])
    let query = try Query(row).selecting(["value = " + formula], bindings)
    return try query.run(SmallDataset.context()).values(row: 0)[0]
  }

  /// What a formula that must fail says, or nil if it does not.
  static func message(_ formula: String) -> String? {
    do {
      _ = try value(formula)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// The values of a formula over one column `x`, one after another.
  static func values(
    _ formula: String, over type: ValueType, _ values: [Value], _ context: RunContext? = nil,
    _ bindings: Bindings = Bindings()
  ) throws -> [Value] {
    let table = try SmallDataset.table([("x", type, values)])
    let query = try Query(table).selecting(["value = " + formula], bindings)
    let result = try query.run(context ?? SmallDataset.context())
    return (0..<result.rowCount).map { result.values(row: $0)[0] }
  }
}
