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

  @Test func `whole numbers that lie far apart are told apart as near ones are`() throws {
    let near: [Int64] = [7, -3, 7, 32_774, 32_775, -32_761, -32_762, 65_543]
    let far: [Int64] = [.max, .min, .max - 32_768, .min + 32_768, 0, .max, .min, 7]
    let values = (near + far).map(Value.integer) + [.null, .integer(7), .null]
    let table = try Query(try SmallDataset.table([("x", .integer, values)]))
      .grouped(by: ["x"]).aggregated(["n = count()", "s = count(x)"])
      .run(SmallDataset.context(batch: 3))
    #expect(
      table.lines == [
        "x | n | s", "-9223372036854775808 | 2 | 2", "-9223372036854743040 | 1 | 1",
        "-32762 | 1 | 1", "-32761 | 1 | 1", "-3 | 1 | 1", "0 | 1 | 1", "7 | 4 | 4",
        "32774 | 1 | 1", "32775 | 1 | 1", "65543 | 1 | 1", "9223372036854743039 | 1 | 1",
        "9223372036854775807 | 2 | 2", "- | 2 | 0",
      ])
  }

  @Test(arguments: [false, true])
  func `a key that must be known makes no group of null, whether many rows have one or few`(
    isRare: Bool
  ) throws {
    func isKnown(_ row: Int) -> Bool { (row % 9 == 1) == isRare }
    let rows = Array(0..<400)
    let table = try SmallDataset.table([
      ("a", .text, rows.map { !isKnown($0) ? .null : .text($0 % 4 == 0 ? "y" : "x") }),
      ("b", .text, rows.map { $0 % 5 == 0 ? .null : .text("p") }),
      ("x", .integer, rows.map { .integer(Int64($0)) }),
    ])
    let query = try Query(table).filtered(by: "a ~= nil").grouped(by: ["b", "a"])
      .aggregated(["n = count()", "s = sum(x)", "least = min(x)"])
    var expected: [String] = []
    for b in ["p", "-"] {
      for a in ["x", "y"] {
        let own = rows.filter {
          isKnown($0) && ($0 % 4 == 0) == (a == "y") && ($0 % 5 == 0) == (b == "-")
        }
        let sum = own.reduce(0, +)
        expected.append("\(b) | \(a) | \(own.count) | \(sum) | \(own.min() ?? 0)")
      }
    }
    for context in EveryContext.all { #expect(EveryContext.lines(query, context) == expected) }
  }

  @Test func `a key that must be known and never is leaves no group`() throws {
    let table = try SmallDataset.table([
      ("a", .text, [.null, .null, .null]), ("b", .integer, [.null, .integer(1), .integer(1)]),
    ])
    for key in ["a", "b"] {
      let query = try Query(table).filtered(by: "\(key) ~= nil").grouped(by: [key])
        .aggregated(["n = count()"])
      let lines = key == "a" ? [] : ["1 | 2"]
      for context in EveryContext.all { #expect(EveryContext.lines(query, context) == lines) }
    }
  }
}
