import Testing

@testable import AnnalsEngine

@Suite struct PackedGroupsTests {
  /// Keys of so many values that no table has an address for each pair of them.
  let rows: [(a: Int64?, b: Int64?, n: Int64)] = [
    (3_000_000, 5, 1), (0, 3_999_999, 2), (nil, 0, 3), (3_000_000, 5, 4), (0, nil, 5),
    (0, 3_999_999, 6), (nil, nil, 7), (1, 0, 8), (nil, 0, 9),
  ]

  func query() throws -> Query {
    func values(_ part: (Int) -> Int64?) -> [Value] {
      rows.indices.map { row in part(row).map { .integer($0) } ?? .null }
    }
    let table = try SmallDataset.table([
      ("a", .integer, values { rows[$0].a }), ("b", .integer, values { rows[$0].b }),
      ("n", .integer, values { rows[$0].n }),
    ])
    return try Query(table).grouped(by: ["a", "b"]).aggregated(["n = sum(n)", "c = count()"])
  }

  @Test func `groups come in ascending order of their keys with nulls last`() throws {
    for context in EveryContext.all {
      #expect(
        EveryContext.lines(try query(), context) == [
          "0 | 3999999 | 8 | 2", "0 | - | 5 | 1", "1 | 0 | 8 | 1", "3000000 | 5 | 5 | 2",
          "- | 0 | 12 | 2", "- | - | 7 | 1",
        ])
    }
  }

  @Test func `workers' groups are put together`() throws {
    let count = 1000
    let table = try SmallDataset.table([
      ("a", .integer, (0..<count).map { .integer(Int64($0 * 7919 % 500) * 8000) }),
      ("b", .integer, (0..<count).map { .integer(Int64($0 % 500) * 8000) }),
    ])
    let query = try Query(table).grouped(by: ["a", "b"]).aggregated(["c = count()"])
      .aggregated(["groups = count()", "least = min(c)", "most = max(c)"])
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == ["500 | 2 | 2"])
    }
  }
}
