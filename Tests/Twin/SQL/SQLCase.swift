package import AnnalsEngine
import SeededRandom

/// A random plan with what it is in SQL and what the engine gives for it, for another program to
/// compare.
package struct SQLCase: Sendable {
  /// Lines: the seed, the query, then the rows as lists of JSON.
  package let lines: [String]

  /// Nil where SQL can't say it, or means something else, or where the plan ends in an error.
  package init?(seed: UInt64) throws(EngineError) {
    var random = SeededRandom(seed: seed &* 31 &+ 7)
    let dataset = try TwinDataset(plainValuesOf: &random)
    var maker = PlanMaker(dataset, random)
    let plan = maker.plan()
    guard let sql = try? SQLPlan(plan, dataset).text else { return nil }
    if case .tooLarge = TwinInterpreter(dataset).outcome(plan) { return nil }
    let context = RunContext(threadCount: 1, budget: TwinDataset.budget)
    guard let table = try? plan.query(dataset.catalog, context).run(context) else { return nil }
    let rows = (0..<table.rowCount).map { row in
      "[" + table.values(row: row).map(Self.json).joined(separator: ", ") + "]"
    }
    lines = ["seed \(seed): " + plan.text.joined(separator: " : "), sql] + rows
  }

  private static func json(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value) where value.isFinite: "\(value)"
    default: "\"" + value.text + "\""
    }
  }
}
