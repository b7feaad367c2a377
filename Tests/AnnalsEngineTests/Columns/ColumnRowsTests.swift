import Testing

@testable import AnnalsEngine

@Suite struct ColumnRowsTests {
  let budget = MemoryBudget(byteLimit: 1 << 24)

  func texts(_ values: [String?]) throws -> Column {
    let builder = try ColumnBuilder(type: .text, budget: budget)
    for value in values { try builder.append(value.map { .text($0) } ?? .null) }
    return try builder.finished()
  }

  func values(_ column: Column) -> [String] {
    (0..<column.count).map { column.isNull($0) ? "-" : column.value($0).text }
  }

  @Test func `text columns with dictionaries of their own are put one after another`() throws {
    let joined = try Column.concatenated(
      [texts(["b", nil, "a", "b"]), texts([]), texts([nil, "c", "b"])], budget: budget)
    #expect(values(joined) == ["b", "-", "a", "b", "-", "c", "b"])
    #expect(joined.dictionary?.count == 3)
  }

  @Test func `parts of one column share its dictionary`() throws {
    let column = try texts(["b", nil, "a", "b", "d"])
    let parts = try [[4, 1], [0, 0, 2]].map { rows in
      try column.gathered(Buffer(rows.map { Int32($0) }, budget: budget), budget: budget)
    }
    let joined = try Column.concatenated(parts, budget: budget)
    #expect(values(joined) == ["d", "-", "b", "b", "a"])
    #expect(joined.dictionary === column.dictionary)
  }

  @Test func `the texts of a dictionary are ranked by bytes within the budget`() throws {
    let column = try texts(["b", "ä", "a", "B", "", "ab"])
    let dictionary = try #require(column.dictionary)
    let ranks = try dictionary.ranks(budget: budget)
    #expect((0..<6).map { ranks[$0] } == [4, 5, 2, 1, 0, 3])
    let small = try texts((0..<2000).map { "t\($0)" })
    #expect(throws: EngineError.self) {
      try small.dictionary?.ranks(budget: MemoryBudget(byteLimit: 8000))
    }
  }

  @Test func `values are numbered so that equal ones agree and null is -1`() throws {
    let numbers = try texts(["b", nil, "a", "b"]).numbered(budget)
    #expect((0..<4).map { numbers[$0] } == [0, -1, 1, 0])
  }
}
