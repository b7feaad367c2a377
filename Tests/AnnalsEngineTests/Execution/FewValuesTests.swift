import Testing

@testable import AnnalsEngine

/// Functions of a column with few values are worked out once for each of them.
@Suite struct FewValuesTests {
  /// Three hundred days from the end of 2021 on, one in seven unknown.
  let days: Query
  static let count = 300

  init() throws {
    let first = SmallDataset.day("2021-12-30").number
    days = Query(
      try SmallDataset.table([
        (
          "date", .day,
          (0..<Self.count).map { row in
            row % 7 == 3 ? .null : .day(Day(number: first + Int32(row % 60)))
          }
        ),
        ("x", .integer, (0..<Self.count).map { .integer(Int64($0 % 5) - 2) }),
      ]))
  }

  private func check(
    _ query: Query, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == lines, sourceLocation: sourceLocation)
    }
  }

  @Test func `groups by a part of the date come in order, nulls last`() throws {
    var counts: [String: Int] = [:]
    for row in 0..<Self.count {
      let year = row % 7 == 3 ? "-" : row % 60 < 2 ? "2021" : "2022"
      counts[year, default: 0] += 1
    }
    check(
      try days.grouped(by: ["y = year(date)"]).aggregated(["n = count()"]),
      ["2021", "2022", "-"].map { "\($0) | \(counts[$0] ?? 0)" })
  }

  @Test func `columns that are looked up come out like others`() throws {
    let asked = try days.selecting(["m = month(date)", "start = start_of(date, 'month')"])
    let months = (0..<Self.count).map { row -> String in
      if row % 7 == 3 { return "- | -" }
      let day = row % 60
      let month = day < 2 ? "2021-12" : day < 33 ? "2022-01" : "2022-02"
      return "\(month) | \(month)-01"
    }
    check(asked, months)
    check(try asked.skipping(100).taking(20), Array(months[100..<120]))
    check(
      try asked.filtered(by: "m == '2022-02' or m == nil"),
      months.filter { $0.hasPrefix("2022-02") || $0.hasPrefix("-") })
  }

  @Test func `what a function gives for null is looked up too`() throws {
    // Known are the rows whose number does not leave 3 over 7, and late all but two days of sixty.
    var late = 0
    for row in 0..<Self.count where row % 7 != 3 && row % 60 >= 2 { late += 1 }
    check(
      try days.grouped(by: ["late = coalesce(year(date), 1) > 2021"]).aggregated(["n = count(x)"]),
      ["false | \(Self.count - late)", "true | \(late)"])
  }
}
