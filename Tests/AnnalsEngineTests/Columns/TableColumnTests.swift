import AnnalsEngine
import Synchronization
import Testing

@Suite struct TableColumnTests {
  let budget = MemoryBudget(byteLimit: 1 << 20)
  private let problem = ColumnProblem(file: "t.arrow", column: "b", reason: .notUTF8)

  private func column(_ values: [Int64]) throws -> Column {
    let builder = try ColumnBuilder(type: .integer, budget: budget)
    for value in values { try builder.append(value) }
    return try builder.finished()
  }

  @Test func `a column is read when it is first used, and once`() throws {
    let made = try column([1, 2])
    let readings = Atomic<Int>(0)
    let unread = UnreadColumn(type: .integer, count: 2) {
      () throws(EngineError) in
      readings.add(1, ordering: .relaxed)
      return made
    }
    let table = Table(
      schema: Schema(names: [("a", .integer)]), rowCount: 2, parts: [.unread(unread)])
    #expect(readings.load(ordering: .relaxed) == 0)
    #expect(table.values(row: 1) == [.integer(2)])
    #expect(table.values(row: 0) == [.integer(1)])
    #expect(readings.load(ordering: .relaxed) == 1)
  }

  @Test func `a query reads the columns that it needs, and fails on those that can't be used`()
    throws
  {
    let problem = problem
    let wrong = UnreadColumn(type: .integer, count: 2) {
      () throws(EngineError) -> Column in throw .column(problem)
    }
    let table = Table(
      schema: Schema(names: [("a", .integer), ("b", .integer)]), rowCount: 2,
      parts: [.finished(try column([1, 2])), .unread(wrong)])
    let context = RunContext(threadCount: 1, budget: budget)
    let good = try Query(table).aggregated(["s = sum(a)"]).run(context)
    #expect(good.values(row: 0) == [.integer(3)])
    let bad = try Query(table).aggregated(["s = sum(b)"])
    do throws(EngineError) {
      _ = try bad.run(context)
      Issue.record("ran without an error")
    } catch {
      #expect(
        error.description == """
          the column `b` of `t.arrow` can't be used: a text is not UTF-8
            fix: the file is damaged: write it anew, or fetch it again
          """)
    }
    #expect(throws: EngineError.self) { try table.checked() }
    #expect(table.values(row: 0) == [.integer(1), .null])
  }
}
