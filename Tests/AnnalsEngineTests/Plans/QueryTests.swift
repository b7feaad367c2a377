import Testing

@testable import AnnalsEngine

@Suite struct QueryTests {
  let events: Query
  let people: Query

  init() throws {
    let catalog = try SmallDataset.catalog()
    events = try Query("events", of: catalog)
    people = try Query("people", of: catalog)
  }

  func lines(_ query: Query) throws -> [String] {
    try query.run(SmallDataset.context()).lines
  }

  @Test func `where keeps the rows for which a condition holds, and null does not hold`() throws {
    #expect(
      try lines(events.filtered(by: "best > 3")) == [
        "id | date | type | best", "e1 | 2022-01-05 | clash | 4", "e3 | 2022-01-02 | clash | 10",
      ])
  }

  @Test func `a text meets a day as a day`() throws {
    #expect(
      try lines(events.filtered(by: "date >= '2022-01-03'").selecting(["id"])) == ["id", "e1"])
  }

  @Test func `a path follows references and is null where a link is missing`() throws {
    #expect(
      try lines(people.selecting(["name", "event.type", "day = event.date"])) == [
        "name | event.type | day", "A | clash | 2022-01-05", "B | clash | 2022-01-05",
        "A | clash | 2022-01-02", "C | - | -",
      ])
  }

  @Test func `groups come in key order with nulls last`() throws {
    let query = try people.grouped(by: ["role", "name"]).aggregated([
      "n = count()", "events = distinct(event)",
    ])
    #expect(
      try lines(query) == [
        "role | name | n | events", "agent | A | 2 | 2", "target | B | 1 | 1", "- | C | 1 | 0",
      ])
  }

  @Test func `a number that a path repeats is refused before anything runs`() throws {
    #expect {
      try people.grouped(by: ["role"]).aggregated(["toll = sum(event.best)"])
    } throws: { error in
      "\(error)" == """
        `sum` would take `event.best` of one row of `events` several times
          in:  toll = sum(event.best)
                      ^^^^^^^^^^^^^^^
          fix: `sum(event.best, event)` takes it once for each row of `events` in a group
        """
    }
  }

  @Test func `a sum with a key takes each key once`() throws {
    #expect(
      try lines(people.aggregated(["toll = sum(event.best, event)"])) == ["toll", "14"])
  }

  @Test func `sort is stable and puts nulls last both ways`() throws {
    #expect(try lines(events.sorted(by: ["date"]).selecting(["id"])) == ["id", "e3", "e1", "e2"])
    #expect(try lines(events.sorted(by: ["-date"]).selecting(["id"])) == ["id", "e1", "e3", "e2"])
    #expect(try lines(events.sorted(by: ["type"]).selecting(["id"])) == ["id", "e1", "e3", "e2"])
  }

  @Test func `aggregates over no rows are null and counts are zero`() throws {
    let none = try events.filtered(by: "id == 'x'")
    #expect(
      try lines(
        none.aggregated([
          "n = count()", "known = count(best)", "total = sum(best)", "mean = mean(best)",
          "least = min(best)", "kinds = distinct(type)", "some = any(best > 1)",
        ])) == ["n | known | total | mean | least | kinds | some", "0 | 0 | - | - | - | 0 | -"])
  }

  @Test func `an unknown column names the formula and near names`() throws {
    #expect {
      try events.filtered(by: "typ == 'clash'")
    } throws: { error in
      "\(error)" == """
        unknown column `typ`
          in:  typ == 'clash'
               ^^^
          fix: did you mean `type`?
        """
    }
  }

  @Test func `groups of figures ascend by their best, else low, else high`() throws {
    let figures = [Figure(9), Figure(low: 3), Figure(low: 0, best: 5), Figure(high: 4), Figure(9)]
    let table = Query(
      try SmallDataset.table([
        ("f", .figure, figures.map { .figure($0) }),
        ("n", .integer, (0..<5).map { .integer($0) }),
      ]))
    let ordered = ["≥3", "≤4", "5 (≥0)", "9"]
    let grouped = try table.grouped(by: ["f"])
    #expect(
      try lines(grouped.aggregated(["rows = count()"])) == [
        "f | rows", "≥3 | 1", "≤4 | 1", "5 (≥0) | 1", "9 | 2",
      ])
    #expect(
      try lines(grouped.top(1, by: ["-n"])) == [
        "f | n", "≥3 | 1", "≤4 | 3", "5 (≥0) | 2", "9 | 4",
      ])
    let pivoted = try table.pivoted("f", "count()", in: SmallDataset.context())
    #expect(pivoted.schema.names == ordered)
  }

  @Test func `complete leaves the rows that are there as they are`() throws {
    let day = Value.day(Day(number: 0))
    let table = Query(
      try SmallDataset.table([
        ("g", .number, [.number(0), .number(-0.0)]), ("d", .day, [day, day]),
        ("n", .integer, [.integer(1), .integer(2)]),
      ]))
    let query = try table.grouped(by: ["g"])
      .completed("d", step: "1 day", fills: [("n", .integer(0))], to: Day(number: 1))
      .selecting(["t = text(g)", "n"])
    #expect(try lines(query) == ["t | n", "0 | 1", "-0 | 2", "0 | 0"])
  }
}
