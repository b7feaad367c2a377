import Testing

@testable import AnnalsEngine

@Suite struct DeviationStateTests {
  @Test(
    arguments: [
      ([2, 4, 4, 4, 5, 5, 7, 9], 2.138089935299395),
      ([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16], 5.477225575051661),
      ([0.1, 0.2, 0.4], 0.1527525231651947), ([3, 3], 0),
    ] as [([Double], Double)])
  func `it is that of a sample`(values: [Double], result: Double) throws {
    #expect(
      try Aggregates.value("stddev(x)", over: .number, values.map { .number($0) })
        == .number(result))
  }

  @Test func `integers keep all their digits`() throws {
    let values: [Value] = [.integer(1 << 62), .integer(1 << 62 + 1)]
    #expect(try Aggregates.value("stddev(x)", over: .integer, values) == .number(0.5.squareRoot()))
    #expect(
      try Aggregates.value("stddev(x)", over: .integer, [.integer(.min), .integer(.max)])
        == .number(1.3043817825332783e19))
  }

  @Test func `it is null for fewer than two known values`() throws {
    #expect(try Aggregates.value("stddev(x)", over: .number, []) == .null)
    #expect(try Aggregates.value("stddev(x)", over: .number, [.null, .number(1)]) == .null)
    #expect(
      try Aggregates.value("stddev(x)", over: .integer, [.integer(1), .null, .integer(3)])
        == .number(2.0.squareRoot()))
  }

  @Test func `many values give what Python's statistics give`() throws {
    let values = (0..<500).map { Value.number(Double($0 * 7919 % 1009) / 8) }
    #expect(
      try Aggregates.value("stddev(x)", over: .number, values) == .number(36.43567390849705))
  }

  @Test(arguments: [1, 2, 3, 4], [1, 7, 2048])
  func `it is the same for any number of threads and any batch`(
    threads: Int, batch: Int
  ) throws {
    let context = SmallDataset.context(threads: threads, batch: batch, range: 64)
    let lines = try Aggregates.grouped(
      "stddev(x)", over: .number, { .number(Double($0 * 37 % 101) / 10) }, context)
    #expect(
      lines == [
        "g | value", "0 | 2.9421119390799664", "1 | 2.98233953528635", "2 | 2.9471329066531613",
        "3 | 2.9071405802296093", "4 | 2.926244825363903",
      ])
  }
}
