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
}
