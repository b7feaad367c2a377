import Testing

@testable import AnnalsEngine

@Suite struct QuantileStateTests {
  static let values = [7, 1, 15, 36, 39, 40, 41, 42, 43, 47, 49].map { Value.number($0) }

  @Test(arguments: [
    ("quantile(x, 0.25)", 25.5), ("median(x)", 40), ("quantile(x, 0.75)", 42.5),
    ("quantile(x, 0.1)", 7), ("quantile(x, 0)", 1), ("quantile(x, 1)", 49),
    ("quantile(x, 0.5)", 40),
  ])
  func `a quantile goes in a straight line between two values`(
    formula: String, result: Double
  ) throws {
    #expect(try Aggregates.value(formula, over: .number, Self.values) == .number(result))
  }

  @Test func `the median of an even number of values lies half way`() throws {
    let values = [3, 1, 4, 2].map { Value.integer($0) }
    #expect(try Aggregates.value("median(x)", over: .integer, values) == .number(2.5))
    #expect(try Aggregates.value("quantile(x, 0.25)", over: .integer, values) == .number(1.75))
  }

  @Test func `nulls are skipped and over nothing it is null`() throws {
    #expect(
      try Aggregates.value("median(x)", over: .integer, [.null, .integer(5), .null])
        == .number(5))
    #expect(try Aggregates.value("median(x)", over: .number, [.null]) == .null)
    #expect(try Aggregates.value("quantile(x, 0.3)", over: .number, []) == .null)
  }

  @Test func `the line between very large numbers stays finite`() throws {
    let values = [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    #expect(
      try Aggregates.value("median(x)", over: .number, values.map { .number($0) }) == .number(0))
    #expect(
      try Aggregates.value("median(x)", over: .number, [-.infinity, 5].map { .number($0) })
        == .number(-.infinity))
  }

  @Test func `many values give what sorting gives`() throws {
    let values = (0..<500).map { Value.number(Double($0 * 7919 % 1009) / 8) }
    for (formula, result) in [
      ("median(x)", 62.9375), ("quantile(x, 0.9)", 113.2625), ("quantile(x, 0.013)", 1.432625),
    ] {
      #expect(try Aggregates.value(formula, over: .number, values) == .number(result))
    }
  }

  @Test func `the share is written out and lies between 0 and 1`() {
    for share in ["1.5", "-0.5", "x", "'0.5'"] {
      #expect(
        Aggregates.message("quantile(x, \(share))") == """
          `quantile` needs a number from 0 to 1 written out
            in:  value = quantile(x, \(share))
                                     \(String(repeating: "^", count: share.count))
          """)
    }
  }

  @Test func `only numbers have a median`() {
    #expect(
      Aggregates.message("median(x)", over: .text) == """
        argument 1 of `median` must be numbers, not text
          in:  value = median(x)
                       ^^^^^^^^^
          fix: texts are read as numbers by `number(x)`
        """)
  }

  @Test(arguments: [1, 2, 3, 4], [1, 7, 2048])
  func `it is the same for any number of threads and any batch`(
    threads: Int, batch: Int
  ) throws {
    let context = SmallDataset.context(threads: threads, batch: batch, range: 64)
    let lines = try Aggregates.grouped(
      "median(x)", over: .integer, { .integer(Int64($0 * 37 % 101)) }, context)
    #expect(lines == ["g | value", "0 | 50.5", "1 | 53", "2 | 51.5", "3 | 50", "4 | 48.5"])
  }
}
