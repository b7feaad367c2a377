import Testing

@testable import AnnalsEngine

/// Random plans over random tables, against an interpreter that goes row by row.
@Suite struct ExecutorTwinTests {
  static let contexts = [
    SmallDataset.context(),
    SmallDataset.context(threads: 1, batch: 1, range: 64),
    SmallDataset.context(threads: 2, batch: 7, range: 64),
    SmallDataset.context(threads: 3, batch: 2048, range: 64),
    SmallDataset.context(threads: 4, batch: 64, range: 128),
  ]

  /// One text for each row, or the row that failed.
  static func lines(_ query: Query, _ context: RunContext) -> [String] {
    do throws(EngineError) {
      let table = try query.run(context)
      return (0..<table.rowCount).map { row in
        table.values(row: row).map(TwinPlan.cell).joined(separator: " | ")
      }
    } catch {
      guard case .row(_, let row, _) = error else { return ["\(error)"] }
      return ["failed at row \(row)"]
    }
  }

  @Test(arguments: 0..<20)
  func `a plan gives what its steps say, for any batch, range and number of threads`(
    block: Int
  ) throws {
    for round in 0..<20 {
      let seed = UInt64(block * 1000 + round)
      var random = SeededRandom(seed: seed)
      let rowCount = random.pick([0, 1, 2, 63, 64, 65, 127, 128, 129, 200])
      let data = try TwinData(&random, rowCount: rowCount)
      let plan = try TwinPlan(data, &random, stepCount: random.below(5) + 1)
      let expected = TwinRun(plan: plan, rows: data.rows).lines()
      for context in Self.contexts {
        let found = Self.lines(plan.query, context)
        let place = zip(found, expected).enumerated().first { $1.0 != $1.1 }
        #expect(
          found == expected,
          """
          seed \(seed), \(rowCount) rows, batch \(context.batchSize), range \(context.rangeSize), \
          \(context.threadCount) threads
          \(plan.text.joined(separator: "\n"))
          columns \(plan.query.schema.names), \(found.count) and \(expected.count) rows, first \
          difference \(String(describing: place))
          """)
        if found != expected { break }
      }
    }
  }
}
