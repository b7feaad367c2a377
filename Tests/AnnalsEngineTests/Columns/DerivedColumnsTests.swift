import AnnalsEngine
import Synchronization
import Testing

@Suite struct DerivedColumnsTests {
  let budget = MemoryBudget(byteLimit: 1 << 20)
  private var context: RunContext { RunContext(threadCount: 1, budget: budget) }

  private func table(
    _ derivation: @escaping @Sendable () throws(EngineError) -> [TableColumn]
  ) -> Table {
    Table(schema: Schema(names: [("a", .integer)]), derived: DerivedColumns(derivation))
  }

  @Test func `a derived table is worked out when it is first used, and once`() throws {
    let budget = budget
    let count = Atomic<Int>(0)
    let table = table { () throws(EngineError) in
      count.add(1, ordering: .relaxed)
      let builder = try ColumnBuilder(type: .integer, budget: budget)
      for value in [7, 8] as [Int64] { try builder.append(value) }
      return [.finished(try builder.finished())]
    }
    let query = Query(table)
    #expect(table.schema.names == ["a"])
    #expect(table.knownRowCount == nil)
    #expect(count.load(ordering: .relaxed) == 0)
    let result = try query.run(context)
    #expect(result.rowCount == 2)
    #expect(table.values(row: 1) == [.integer(8)])
    #expect(table.knownRowCount == 2)
    #expect(count.load(ordering: .relaxed) == 1)
  }

  @Test func `what can't be derived is an error of whoever uses it, also of a count of rows`() {
    let table = table { () throws(EngineError) -> [TableColumn] in
      throw .outOfMemory(needed: 9, limit: 1)
    }
    #expect(throws: EngineError.self) { try table.foundRowCount() }
    #expect(throws: EngineError.self) { try table.checked() }
    #expect(throws: EngineError.self) {
      try Query(table).aggregated(["n = count()"]).run(context)
    }
  }
}
