import Testing

@testable import AnnalsEngine

@Suite struct RangesTests {
  @Test(arguments: [0, 1, 63, 64, 65, 640])
  func `every row is handed out once, and a range belongs to one worker`(
    rowCount: Int
  ) throws {
    for threads in 1...4 {
      let context = SmallDataset.context(threads: threads, range: 64)
      let seen = try Buffer<Int32>(count: rowCount, budget: SmallDataset.budget)
      try Ranges.forEach(rowCount: rowCount, context: context) {
        worker, range, rows throws(EngineError) in
        #expect(rows.lowerBound == range * 64)
        #expect(worker < Ranges.workerCount(rowCount, context))
        for row in rows { seen[row] += 1 }
      }
      #expect((0..<rowCount).allSatisfy { seen[$0] == 1 })
    }
  }

  @Test func `the lowest range that fails is told, however the threads race`() {
    let context = SmallDataset.context(threads: 4, range: 64)
    for round in 0..<300 {
      #expect {
        try Ranges.forEach(rowCount: 64 * 40, context: context) {
          _, range, _ throws(EngineError) in
          guard range >= 3 + round % 5 else { return }
          throw .row(.integerOverflow, row: range, FormulaPlace(formula: "", range: 0..<0))
        }
      } throws: { error in
        guard case EngineError.row(_, let row, _) = error else { return false }
        return row == 3 + round % 5
      }
    }
  }

  @Test func `a raised flag stops the work`() {
    let context = SmallDataset.context(threads: 2, range: 64)
    context.stop.raise()
    #expect {
      try Ranges.forEach(rowCount: 100, context: context) { _, _, _ throws(EngineError) in }
    } throws: { error in
      guard case EngineError.stopped = error else { return false }
      return true
    }
  }
}
