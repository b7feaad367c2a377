import Testing

@testable import AnnalsEngine

@Suite struct EmptyTablesTests {
  /// `id: integer, day: day, toll: figure`, without a row.
  let empty: Query
  let people: Query

  init() throws {
    empty = Query(
      try SmallDataset.table([("id", .integer, []), ("day", .day, []), ("toll", .figure, [])]))
    people = try Query("people", of: try SmallDataset.catalog())
  }

  func lines(_ query: Query) throws -> [String] {
    try query.run(SmallDataset.context()).lines
  }

  @Test func `verbs over no rows give no rows, with their columns`() throws {
    let query = try empty.filtered(by: "id > 1").deriving(["n = id + 1"]).grouped(by: ["day"])
      .aggregated(["total = sum(toll)", "rows = count()"]).sorted(by: ["-rows"])
    let table = try query.run(SmallDataset.context())
    #expect(table.lines == ["day | total | rows"])
    #expect(table.schema.fields.map(\.type) == [.day, .figure, .integer])
  }

  @Test func `without groups a total over no rows is one row`() throws {
    #expect(try lines(empty.aggregated(["n = count()", "s = sum(id)"])) == ["n | s", "0 | -"])
  }

  @Test func `a range that was asked for is filled though there are no rows`() throws {
    let days = try empty.selecting(["day", "id"]).completed(
      "day", step: "1 day", fills: [("id", .integer(0))], from: SmallDataset.day("2022-01-01"),
      to: SmallDataset.day("2022-01-02"))
    #expect(try lines(days) == ["day | id", "2022-01-01 | 0", "2022-01-02 | 0"])
  }

  @Test func `an append and a full join give the rows of the side that has some`() throws {
    let names = try people.selecting(["id", "name"]).taking(1)
    #expect(try lines(empty.selecting(["id"]).appended(names)) == ["id | name", "1 | A"])
    #expect(
      try lines(empty.selecting(["id"]).joined(with: names, on: ["id"], .full))
        == ["id | name", "1 | A"])
  }

  @Test func `a join without a row on the left still fails by one on the right`() throws {
    let failing = try people.selecting(["id = id // 1 + 9223372036854775807"])
    #expect(throws: EngineError.self) {
      try lines(empty.joined(with: failing, on: ["id"], .left))
    }
  }
}
