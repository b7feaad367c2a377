import Testing

@testable import AnnalsEngine

@Suite struct GroupingTests {
  /// Two columns of 0 to 39,999 have 1.6 thousand million pairs of values.
  func columns() throws -> [Column] {
    try [0..<4, 1..<5].map { range in
      let builder = try ColumnBuilder(type: .integer, budget: SmallDataset.budget)
      for row in range { try builder.append(Int64(row % 2 == 0 ? 0 : 39_999)) }
      return try builder.finished()
    }
  }

  @Test func `groups of many possible pairs take no room for each pair`() throws {
    var context = SmallDataset.context()
    context.budget = MemoryBudget(byteLimit: 1 << 20)
    let groups = try Grouping(context: context).groups(columns(), rowCount: 4)
    #expect((0..<4).map { groups.groupOfRow[$0] } == [0, 1, 0, 1])
    #expect((0..<4).map { groups.rows[$0] } == [0, 2, 1, 3])
    #expect(groups.count == 2)
  }

  @Test func `rows that stand by group already keep their places`() throws {
    let builder = try ColumnBuilder(type: .text, budget: SmallDataset.budget)
    for text in ["b", "b", "a", "c", "c"] { try builder.append(.text(text)) }
    let groups = try Grouping(context: SmallDataset.context())
      .groups([builder.finished()], rowCount: 5)
    #expect((0..<5).map { groups.rows[$0] } == [0, 1, 2, 3, 4])
    #expect((0..<groups.count).map { groups.range($0) } == [0..<2, 2..<3, 3..<5])
  }
}
