import Testing

@testable import AnnalsEngine

/// Which row is told where several fail.
@Suite struct RowFailuresTests {
  private static let huge = Value.integer(.max)
  private static let one = Value.integer(1)

  private func table(_ columns: [(name: String, values: [Value])]) throws -> Query {
    Query(try SmallDataset.table(columns.map { ($0.name, .integer, $0.values) }))
  }

  private func expect(_ query: Query, _ lines: [String]) {
    for context in EveryContext.all { #expect(EveryContext.lines(query, context) == lines) }
  }

  @Test func `of several aggregates the lowest group that overflows is told`() throws {
    let query = try table([
      ("g", [1, 1, 2, 2].map { .integer($0) }),
      ("late", [Self.one, Self.one, Self.huge, Self.huge]),
      ("soon", [Self.huge, Self.huge, Self.one, Self.one]),
    ]).grouped(by: ["g"]).aggregated(["a = sum(late)", "b = sum(soon)"])
    expect(query, ["failed at row 1"])
  }

  @Test func `a sum over groups that overflows in derive fails with the first row of the group`()
    throws
  {
    let query = try table([
      ("g", [1, 2, 1, 2].map { .integer($0) }),
      ("n", [Self.one, Self.huge, Self.one, Self.huge]),
    ]).grouped(by: ["g"]).deriving(["s = sum(n)"])
    expect(query, ["failed at row 2"])
  }

  @Test func `a running sum that overflows fails with its own row`() throws {
    let query = try table([
      ("g", [1, 2, 2, 1, 1].map { .integer($0) }),
      ("n", [Self.one, Self.huge, Self.one, Self.one, Self.huge]),
    ]).grouped(by: ["g"]).deriving(["s = cumulate(sum(n))"])
    expect(query, ["failed at row 3"])
  }

  @Test func `a rolling sum that overflows fails with the lowest row, whatever the order of days`()
    throws
  {
    let days = [3, 1, 2].map { Value.day(Day(number: $0)) }
    let query = try Query(
      SmallDataset.table([
        ("d", .day, days), ("n", .integer, [Self.huge, Self.huge, Self.one]),
      ])
    ).deriving(["s = rolling(sum(n), '3 days', d, 'partial')"])
    expect(query, ["failed at row 1"])
  }

  @Test func `of several series of one formula the lowest row that fails is told`() throws {
    let query = try table([
      ("late", [Self.one, Self.one, Self.huge, Self.huge]),
      ("soon", [Self.huge, Self.huge, Self.one, .integer(-2)]),
    ]).deriving(["s = cumulate(sum(late)) - cumulate(sum(soon))"])
    expect(query, ["failed at row 2"])
  }

  @Test func `of several columns that are spread the lowest row that is no whole number is told`()
    throws
  {
    let day = Value.day(Day(number: 5))
    let query = try Query(
      SmallDataset.table([
        ("from", .day, [day, day]), ("to", .day, [day, day]),
        ("a", .number, [.number(1), .number(0.5)]), ("b", .number, [.number(0.5), .number(1)]),
      ])
    ).spread(from: "from", to: "to", ["a", "b"], .remainder)
    expect(query, ["failed at row 1"])
  }

  @Test func `a group column does not fail by a series that nobody asks for`() throws {
    let query = try table([("n", [Self.huge])]).grouped(by: ["g = n + 1"])
      .deriving(["i = row_number()"]).selecting(["n"])
    expect(query, ["\(Int64.max)"])
  }
}
