import Testing

@testable import AnnalsEngine

@Suite struct PipelineTests {
  /// `a` passes 64 bits in row 5 when doubled, `b` in row 3.
  func query() throws -> Query {
    let values = (1...200).map { Value.integer($0 >= 5 ? .max : 1) }
    let others = (1...200).map { Value.integer($0 == 3 ? .max : 1) }
    return Query(
      try SmallDataset.table([("a", .integer, values), ("b", .integer, others)]))
  }

  @Test(
    arguments: [
      ["derive", "x = a * 2", "y = b * 2"], ["derive", "x = (a * 2) + (b * 2)"],
      ["where", "a * 2 > 0", "b * 2 > 0"], ["sort", "a * 2", "b * 2"],
      ["aggregate", "x = max(a * 2)", "y = max(b * 2)"],
    ])
  func `the lowest row that fails is told, whichever formula it fails in`(
    verb: [String]
  ) throws {
    var query = try query()
    let formulas = Array(verb.dropFirst())
    switch verb[0] {
    case "derive": query = try query.deriving(formulas)
    case "where": for formula in formulas { query = try query.filtered(by: formula) }
    case "sort": query = try query.sorted(by: formulas)
    default: query = try query.aggregated(formulas)
    }
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == ["failed at row 3"])
    }
  }

  /// 4,000 rows; `key` is "all" in the first 1,000, then "rare" in each 50th row, and `a` passes 64 bits
  /// when doubled in row 3,501, `b` in row 3,451.
  func filtered(_ condition: String) throws -> Query {
    let rows = Array(1...4_000)
    return try Query(
      try SmallDataset.table([
        ("key", .text, rows.map { .text($0 <= 1_000 ? "all" : $0 % 50 == 1 ? "rare" : "none") }),
        ("row", .integer, rows.map { .integer(Int64($0)) }),
        ("a", .integer, rows.map { .integer($0 == 3_501 ? .max : 1) }),
        ("b", .integer, rows.map { .integer($0 == 3_451 ? .max : 1) }),
      ])
    ).filtered(by: condition)
  }

  @Test func `rows that pass a test come in order, from batches that it leaves whole or not`()
    throws
  {
    let query = try filtered("key ~= \"none\"").selecting(["row"])
    let expected = Array(1...1_000) + Array(stride(from: 1_001, through: 4_000, by: 50))
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == expected.map { "\($0)" })
    }
  }

  @Test func `of rows that pass a test the lowest that fails is told`() throws {
    let verbs: [(Query) throws -> Query] = [
      { try $0.aggregated(["x = max(a * 2)", "y = max(b * 2)"]) },
      { try $0.deriving(["x = a * 2", "y = b * 2"]) },
    ]
    for verb in verbs {
      let query = try verb(try filtered("key == \"rare\""))
      for context in EveryContext.all {
        #expect(EveryContext.lines(query, context) == ["failed at row 3451"])
      }
      // Rows that do not pass can't fail.
      #expect(
        EveryContext.lines(try verb(try filtered("key == \"all\""))).first?.hasPrefix("failed")
          == false)
    }
  }
}
