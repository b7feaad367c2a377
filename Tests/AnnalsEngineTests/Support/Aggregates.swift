@testable import AnnalsEngine

/// What aggregates give over one column `x`.
enum Aggregates {
  static func value(
    _ formula: String, over type: ValueType, _ values: [Value]
  ) throws -> Value {
    let table = try SmallDataset.table([("x", type, values)])
    let query = try Query(table).aggregated(["value = " + formula])
    return try query.run(SmallDataset.context()).values(row: 0)[0]
  }

  static func message(_ formula: String, over type: ValueType = .number) -> String? {
    do {
      _ = try value(formula, over: type, [])
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// 500 rows in five groups `g`, with a column `x`, filtered so that batches are not whole.
  static func grouped(
    _ formula: String, over type: ValueType, _ value: (Int) -> Value, _ context: RunContext
  ) throws -> [String] {
    let table = try SmallDataset.table([
      ("g", .integer, (0..<500).map { .integer(Int64($0 * 7 % 5)) }),
      ("x", type, (0..<500).map { $0 % 11 == 3 ? .null : value($0) }),
      ("n", .integer, (0..<500).map { .integer(Int64($0)) }),
    ])
    return try Query(table).filtered(by: "n % 13 ~= 5").grouped(by: ["g"])
      .aggregated(["value = " + formula]).run(context).lines
  }
}
