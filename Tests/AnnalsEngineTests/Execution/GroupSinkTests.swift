import Testing

@testable import AnnalsEngine

@Suite struct GroupSinkTests {
  @Test func `nulls are told apart in more than 64 keys`() throws {
    // Row 1 has a null in the first column, row 2 in the 65th; all else is 0.
    let columns = (0..<70).map { index in
      (
        name: "c\(index)", type: ValueType.integer,
        values: [index == 0 ? Value.null : .integer(0), index == 64 ? .null : .integer(0)]
      )
    }
    let query = Query(try SmallDataset.table(columns))
    let names = columns.map(\.name)
    let grouped = try query.grouped(by: names).aggregated(["n = count()"])
    let table = try grouped.run(SmallDataset.context())
    try #require(table.rowCount == 2)
    #expect(table.values(row: 0) == columns.map { $0.values[1] } + [.integer(1)])
    #expect(table.values(row: 1) == columns.map { $0.values[0] } + [.integer(1)])
    let picked = try query.picking(keys: names, order: [], countName: "n", verb: "pick")
    #expect(try picked.run(SmallDataset.context()).rowCount == 2)
  }

  @Test func `both zeros and all NaN are one group`() throws {
    let numbers: [Value] = [.number(0), .number(-0.0), .number(.nan), .number(-.nan), .null]
    let query = Query(try SmallDataset.table([("x", .number, numbers)]))
    let table = try query.grouped(by: ["x"]).aggregated(["n = count()"]).run(
      SmallDataset.context(batch: 1))
    #expect(table.lines == ["x | n", "0 | 2", "nan | 2", "- | 1"])
  }
}
