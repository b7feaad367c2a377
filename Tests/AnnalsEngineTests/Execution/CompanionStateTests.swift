import Testing

@testable import AnnalsEngine

@Suite struct CompanionStateTests {
  static let figures: [Value] = [
    .null, .figure(Figure(low: 5)), .figure(Figure(low: 1, best: 5, high: 9)),
    .figure(Figure(best: 12)), .figure(Figure(high: 2)), .figure(Figure(low: 2)), .null,
  ]

  @Test(arguments: [
    ("min(x)", Figure(high: 2)), ("max(x)", Figure(best: 12)), ("first(x)", Figure(low: 5)),
    ("last(x)", Figure(low: 2)),
  ])
  func `a figure is taken whole, by its best, else low, else high`(
    formula: String, figure: Figure
  ) throws {
    #expect(try Aggregates.value(formula, over: .figure, Self.figures) == .figure(figure))
  }

  @Test func `of equal figures the first is taken, and over nothing it is null`() throws {
    let equal = Array(Self.figures[1...2])
    #expect(try Aggregates.value("max(x)", over: .figure, equal) == equal[0])
    #expect(try Aggregates.value("min(x)", over: .figure, equal.reversed()) == equal[1])
    #expect(try Aggregates.value("min(x)", over: .figure, [.null]) == .null)
  }

  @Test func `in windows of rows it is the best of those seen`() throws {
    let table = try SmallDataset.table([
      ("d", .day, (1...7).map { .day(SmallDataset.day("2022-01-0\($0)")) }),
      ("x", .figure, Self.figures),
    ])
    let query = try Query(table).deriving([
      "most = cumulate(max(x))", "recent = rolling(max(x), '2 days', d, 'partial')",
      "all = min(x)",
    ]).selecting(["most", "recent", "all"])
    #expect(
      try query.run(SmallDataset.context()).lines == [
        "most | recent | all", "- | - | ≤2", "≥5 | ≥5 | ≤2", "≥5 | ≥5 | ≤2", "~12 | ~12 | ≤2",
        "~12 | ~12 | ≤2", "~12 | ≤2 | ≤2", "~12 | ≥2 | ≤2",
      ])
  }

  @Test(arguments: [1, 2, 3, 4], [1, 7, 2048])
  func `it is the same for any number of threads and any batch`(
    threads: Int, batch: Int
  ) throws {
    let context = SmallDataset.context(threads: threads, batch: batch, range: 64)
    let lines = try Aggregates.grouped(
      "max(x)", over: .figure,
      { .figure(Figure(low: Double($0), best: Double($0 * 37 % 23), high: 1000)) }, context)
    #expect(
      lines == [
        "g | value", "0 | 22 (110–1000)", "1 | 22 (133–1000)", "2 | 22 (41–1000)",
        "3 | 22 (64–1000)", "4 | 22 (87–1000)",
      ])
  }
}
