import Testing

@testable import AnnalsEngine

@Suite struct AddressedGroupsTests {
  /// Of 127 texts, whose dictionary is in another order than they are; null in every 149th row.
  private static func name(_ row: Int) -> String? {
    row % 149 == 0 ? nil : "k\(row * 7919 % 127)"
  }

  /// Of 128 whole numbers; null in every 97th row.
  private static func number(_ row: Int) -> Int64? {
    row % 97 == 0 ? nil : Int64(row / 3 * 31 % 128 - 60)
  }

  private static func table(_ rowCount: Int) throws -> Table {
    try SmallDataset.table([
      ("a", .text, (0..<rowCount).map { row in name(row).map { .text($0) } ?? .null }),
      ("b", .integer, (0..<rowCount).map { row in number(row).map { .integer($0) } ?? .null }),
      ("x", .integer, (0..<rowCount).map { .integer(Int64($0 % 13)) }),
    ])
  }

  /// The same groups put together row by row.
  private static func expected(_ rows: some Sequence<Int>) -> [String] {
    var groups: [String: (a: String?, b: Int64?, count: Int, sum: Int)] = [:]
    for row in rows {
      let (a, b) = (name(row), number(row))
      let key = "\(a ?? "-") \(b ?? 1000)"
      let (count, sum) = groups[key].map { ($0.count, $0.sum) } ?? (0, 0)
      groups[key] = (a, b, count + 1, sum + row % 13)
    }
    let ordered = groups.values.sorted { left, right in
      let (first, second) = (left.a ?? "~", right.a ?? "~")
      return first == second ? (left.b ?? 1000) < (right.b ?? 1000) : first < second
    }
    return ordered.map { group in
      "\(group.a ?? "-") | \(group.b.map { "\($0)" } ?? "-") | \(group.count) | \(group.sum)"
    }
  }

  /// There are 128 times 129 addresses, more than are always numbers. Beside what is kept of each they are
  /// few for 17,000 rows; for 9,000 they are if rows are only counted.
  @Test(arguments: [9000, 17_000])
  func `groups by two keys of many values are those found row by row`(_ rowCount: Int) throws {
    let groups = try Query(try Self.table(rowCount)).grouped(by: ["a", "b"])
    let counted = try groups.aggregated(["n = count()"])
    let added = try groups.aggregated(["n = count()", "s = sum(x)"])
    let lines = Self.expected(0..<rowCount)
    for context in EveryContext.all {
      #expect(EveryContext.lines(added, context) == lines)
      #expect(
        EveryContext.lines(counted, context)
          == lines.map { $0.split(separator: " | ").dropLast().joined(separator: " | ") })
    }
  }

  @Test(arguments: [9000, 17_000])
  func `a key that must be known leaves the groups of its null out`(_ rowCount: Int) throws {
    let query = try Query(try Self.table(rowCount)).filtered(by: "b ~= nil")
      .grouped(by: ["a", "b"]).aggregated(["n = count()", "s = sum(x)"])
    let lines = Self.expected((0..<rowCount).lazy.filter { Self.number($0) != nil })
    for context in EveryContext.all { #expect(EveryContext.lines(query, context) == lines) }
  }
}
