import Testing

@testable import AnnalsEngine

@Suite struct EvaluatorTests {
  static let three: [Value] = [.boolean(true), .boolean(false), .null]

  func column(_ formula: String, _ query: Query) throws -> [String] {
    let selected = try query.selecting(["x = " + formula])
    let all = EveryContext.all.map { EveryContext.lines(selected, $0) }
    #expect(Set(all).count == 1, "\(formula) depends on batches or threads")
    return all[0]
  }

  @Test(arguments: [
    ("a and b", "true false - false false false - false -"),
    ("a or b", "true true true true false - true - -"),
    ("not a", "false false false true true true - - -"),
    ("a == b", "true false - false true - - - -"),
    ("if_else(a, b, not b)", "true false - false true - false true -"),
    ("(a and b) == nil", "false false true false false false true false true"),
  ])
  func `logic has three values`(formula: String, expected: String) throws {
    let left = Self.three.flatMap { Array(repeating: $0, count: 3) }
    let right = Array(repeating: Self.three, count: 3).flatMap { $0 }
    let query = Query(
      try SmallDataset.table([("a", .boolean, left), ("b", .boolean, right)]))
    #expect(try column(formula, query).joined(separator: " ") == expected)
  }

  func integers(_ values: [Int64?]) throws -> Query {
    Query(
      try SmallDataset.table([
        ("i", .integer, values.map { $0.map { .integer($0) } ?? .null }),
        ("t", .text, values.map { $0.map { .text($0 == 0 ? "none" : "\($0)") } ?? .null }),
      ]))
  }

  @Test func `division by zero is null`() throws {
    let query = try integers([0, 2, nil])
    for formula in ["5 // i", "5 % i", "5 / i", "5.5 // i", "5.5 % i"] {
      let cells = try column("(\(formula)) == nil", query)
      #expect(cells == ["true", "false", "true"], "\(formula)")
    }
  }

  @Test(arguments: [
    "i + 1", "i * 2", "0 - i - 2", "-(i + 1)", "-i - 2", "abs(-i - 1)",
    "9223372036854775807 + i", "(-9223372036854775807 - 1) // (i - i - 1) + i",
  ])
  func `an integer that passes 64 bits is told with its row`(formula: String) throws {
    let query = try integers([.max, 1])
    #expect(try column(formula, query) == ["failed at row 1"])
  }

  @Test func `the least integer is reached without a failure`() throws {
    let query = try integers([.max])
    #expect(try column("-i - 1", query) == ["-9223372036854775808"])
    #expect(try column("(-i - 1) % -1", query) == ["0"])
    #expect(try column("(-i - 1) // 1", query) == ["-9223372036854775808"])
  }

  @Test(arguments: [
    "i ~= 0 and integer(t) > 0", "not (i == 0 or integer(t) <= 0)",
    "if_else(i == 0, false, integer(t) > 0)",
    "if_else(i ~= 0, if_else(i == 0, 1, integer(t)) > 0, false)",
  ])
  func `a part that can fail is kept from rows that another part decides`(
    formula: String
  ) throws {
    let cells = try column(formula, integers([1, 0, -1, nil]))
    #expect(cells.prefix(3) == ["true", "false", "false"])
  }

  @Test func `a row that is not decided by the other part fails`() throws {
    let query = try integers([1, 0, -1])
    #expect(try column("i == 0 and integer(t) > 0", query) == ["failed at row 2"])
    #expect(try column("i == 1 or integer(t) > 0", query) == ["failed at row 2"])
    #expect(
      try column("(i == nil or nil == nil) and integer(t) > 0", query) == ["failed at row 2"])
  }

  @Test func `a filter keeps later steps from the rows that it leaves out`() throws {
    let query = try integers([1, 0, -1, nil]).filtered(by: "i ~= 0")
    #expect(try column("integer(t)", query) == ["1", "-1"])
  }

  @Test func `days beyond the calendar are told with their row`() throws {
    let days: [Value] = [.day(Day(number: 0)), .null, .day(Day(number: 2_932_896))]
    let query = Query(try SmallDataset.table([("d", .day, days)]))
    #expect(try column("d + 1", query) == ["failed at row 3"])
    #expect(try column("d - 5000000", query) == ["failed at row 1"])
    #expect(try column("d - (-9223372036854775807 - 1)", query) == ["failed at row 1"])
  }

  @Test func `numbers that are no whole numbers of 64 bits are told with their row`() throws {
    for value in [Double.nan, .infinity, 1e19, -1e19] {
      let query = Query(
        try SmallDataset.table([("n", .number, [.number(1.5), .number(value)])]))
      for name in ["round", "floor", "ceil"] {
        #expect(try column("\(name)(n)", query) == ["failed at row 2"])
      }
      #expect(try column("integer(n)", query) == ["failed at row 1"])
    }
  }

  @Test func `texts that are no numbers or days are told with their row`() throws {
    let texts: [Value] = ["1", "", "x", "nan", "1e400"].map { .text($0) }
    for (row, text) in texts.enumerated() where row > 0 {
      let query = Query(try SmallDataset.table([("t", .text, [texts[0], .null, text])]))
      #expect(try column("number(t)", query) == ["failed at row 3"])
      #expect(try column("integer(t)", query) == ["failed at row 3"])
      #expect(try column("day(t)", query) == ["failed at row 1"])
    }
  }

  @Test func `NaN equals nothing and sorts after every number`() throws {
    let numbers: [Value] = [.number(.nan), .number(1), .null, .number(-.infinity)]
    let query = Query(try SmallDataset.table([("n", .number, numbers)]))
    #expect(try column("n == n", query) == ["false", "true", "-", "true"])
    let sorted = try query.sorted(by: ["n"]).run(SmallDataset.context())
    #expect(sorted.lines == ["n", "-inf", "1", "nan", "-"])
  }

  @Test func `a list is passed on by selections, filters and sorts`() throws {
    let query = Query(
      try SmallDataset.table([
        ("i", .integer, [.integer(2), .integer(1), .null]),
        ("l", .list, [.list(["a", "b"]), .null, .list([])]),
      ]))
    let table = try query.filtered(by: "l ~= nil or i == 1").sorted(by: ["i"])
      .selecting(["m = l"]).run(SmallDataset.context(batch: 2))
    #expect((0..<3).map { table.values(row: $0)[0] } == [.null, .list(["a", "b"]), .list([])])
  }

  @Test func `coalesce does not look further than the first value that is known`() throws {
    let query = Query(
      try SmallDataset.table([
        ("n", .integer, [.integer(1), .null]), ("t", .text, [.text("x"), .text("7")]),
      ]))
    #expect(try column("coalesce(n, integer(t), 0)", query) == ["1", "7"])
    #expect(try column("coalesce(integer(t), n)", query) == ["failed at row 1"])
  }

  @Test func `a path into a table without rows is null, also for functions of texts`() throws {
    let empty = try SmallDataset.table([("id", .text, []), ("name", .text, [])])
    let target = ReferenceTarget(table: "places", keys: empty.columns[0])
    let events = try SmallDataset.table(
      [("place", .reference(table: "places"), [.null, .null])], targets: ["places": target])
    let catalog = Catalog(entries: [Catalog.Entry(name: "places", table: empty, key: ["id"])])
    let query = Query(events, catalog: catalog)
    #expect(try column("upper(place.name)", query) == ["-", "-"])
    #expect(try column("length(place.name) == nil", query) == ["true", "true"])
  }

  @Test func `a week that begins before the calendar does has no first day`() throws {
    let first = SmallDataset.day("0000-01-01").number - 3_652_059
    let query = Query(
      try SmallDataset.table([
        ("d", .day, [first, first + 6].map { .day(Day(number: $0)) })
      ]))
    #expect(try column("start_of(d, 'week', 'friday')", query).map(\.count) == [1, 11])
    #expect(try column("start_of(d, 'year')", query) == ["-9999-01-01", "-9999-01-01"])
  }

  @Test func `extremes give 0 for -0, with and without a frame`() throws {
    let query = try Query(SmallDataset.table([("n", .number, [.number(-0.0)])]))
      .deriving(["a = cumulate(min(n))", "b = max(n)", "c = n"])
      .selecting(["t = text(a) .. ' ' .. text(b) .. ' ' .. text(c)"])
    #expect(EveryContext.lines(query) == ["0 0 -0"])
  }
}
