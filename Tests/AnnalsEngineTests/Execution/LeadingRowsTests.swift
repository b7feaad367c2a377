import Testing

@testable import AnnalsEngine

@Suite struct LeadingRowsTests {
  let context = SmallDataset.context()

  /// The rows that are kept of each group, by one column.
  func kept(
    _ count: Int, _ groups: [Int32], by values: [Value], isDescending: Bool = false
  ) throws -> [Int32] {
    let builder = try ColumnBuilder(type: .integer, budget: context.budget, dictionaryLimit: 0)
    for value in values { try builder.append(value) }
    let order = try RowOrder([(try builder.finished(), isDescending)], context: context)
    let groupOfRow = try Buffer(groups, budget: context.budget)
    let leading = try LeadingRows(
      count, by: order, of: groupOfRow, groupCount: Int(groups.max() ?? -1) + 1,
      budget: context.budget)
    // In two parts, as the work comes.
    let half = groups.count / 2
    leading.add(0..<half, of: groupOfRow)
    leading.add(half..<groups.count, of: groupOfRow)
    let rows = try leading.kept(of: groups.count, budget: context.budget)
    return (0..<rows.count).map { rows[$0] }
  }

  @Test func `of each group the first rows by the order are kept`() throws {
    let values: [Value] = [5, 1, 4, 9, 2, 7, 3, 8].map { .integer($0) }
    #expect(try kept(2, [0, 1, 0, 1, 0, 1, 0, 1], by: values) == [1, 4, 5, 6])
    #expect(
      try kept(2, [0, 1, 0, 1, 0, 1, 0, 1], by: values, isDescending: true) == [0, 2, 3, 7])
  }

  @Test func `of equal rows the earlier ones are kept`() throws {
    let values: [Value] = [2, 2, 1, 2, 2].map { .integer($0) }
    #expect(try kept(2, [0, 0, 0, 0, 0], by: values) == [0, 2])
    let same: [Value] = Array(repeating: .integer(3), count: 5)
    #expect(try kept(1, [0, 1, 0, 1, 0], by: same) == [0, 1])
  }

  @Test func `nulls come after all values, and a group may have too few rows`() throws {
    let values: [Value] = [.null, .integer(1), .null, .integer(7), .null]
    #expect(try kept(2, [0, 0, 0, 0, 1], by: values) == [1, 3, 4])
    #expect(try kept(3, [0, 0, 0, 0, 1], by: values) == [0, 1, 3, 4])
  }

  @Test func `of no rows none are kept`() throws {
    #expect(try kept(2, [], by: []) == [])
  }
}
