import Testing

@testable import AnnalsEngine

/// Joins on one text with a dictionary, which are looked up and not carried out.
@Suite struct JoinByCodeTests {
  let events: Query
  let actors: Query

  init() throws {
    events = Query(
      try SmallDataset.table([
        ("who", .text, ["B", nil, "A", "C", "A", "B"].map(Self.text)),
        ("dead", .integer, [1, 2, 3, 4, 5, 6].map { .integer($0) }),
        ("said", .text, ["1", "2", "3", "four", "5", "six"].map(Self.text)),
      ]))
    actors = Query(
      try SmallDataset.table([
        ("who", .text, ["A", nil, "Z", "B"].map(Self.text)),
        ("kind", .text, ["rebels", "nobody", "army", nil].map(Self.text)),
        ("size", .integer, [.integer(70), .integer(1), .integer(2), .integer(80)]),
      ]))
  }

  static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }

  private func check(
    _ query: Query, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == lines, sourceLocation: sourceLocation)
    }
  }

  @Test func `an inner join keeps the rows of the left that have a match`() throws {
    check(
      try events.joined(with: actors, on: ["who"]).selecting(["who", "dead", "kind", "size"]),
      ["B | 1 | - | 80", "A | 3 | rebels | 70", "A | 5 | rebels | 70", "B | 6 | - | 80"])
  }

  @Test func `a left join keeps all rows, and null matches nothing`() throws {
    check(
      try events.joined(with: actors, on: ["who"], .left).selecting(["who", "dead", "size"]),
      ["B | 1 | 80", "- | 2 | -", "A | 3 | 70", "C | 4 | -", "A | 5 | 70", "B | 6 | 80"])
  }

  @Test func `semi and anti joins divide the rows of the left`() throws {
    check(
      try events.joined(with: actors, on: ["who"], .semi).selecting(["dead"]),
      ["1", "3", "5", "6"])
    check(try events.joined(with: actors, on: ["who"], .anti).selecting(["dead"]), ["2", "4"])
  }

  @Test func `a row of the left meets every row of the right with its key`() throws {
    let twice = try actors.appended(actors.filtered(by: "size == 70"))
    check(
      try events.joined(with: twice, on: ["who"]).selecting(["dead", "size"]),
      ["1 | 80", "3 | 70", "3 | 70", "5 | 70", "5 | 70", "6 | 80"])
  }

  @Test func `what is made of a column of the right is worked out for each row`() throws {
    let joined = try events.joined(with: actors.distinct(["who"]), on: ["who"], .left)
    check(
      try joined.filtered(by: "coalesce(kind, 'none') == 'none'").selecting(["dead"]),
      ["1", "2", "4", "6"])
    check(
      try joined.grouped(by: ["k = upper(kind)", "big = size > 75"])
        .aggregated(["n = count()", "dead = sum(dead)", "size = sum(size, who)"]),
      ["REBELS | false | 2 | 8 | 70", "- | true | 2 | 7 | 80", "- | - | 2 | 6 | -"])
  }

  @Test func `the key may be made of the column, and the joined table joined again`() throws {
    let kinds = Query(
      try SmallDataset.table([
        ("kind", .text, ["army", "rebels"].map(Self.text)),
        ("armed", .boolean, [.boolean(true), .boolean(false)]),
      ]))
    check(
      try events.selecting(["who = lower(who)", "dead"])
        .joined(with: actors.selecting(["key = lower(who)", "kind"]), on: ["who == key"])
        .joined(with: kinds, on: ["kind"], .left).selecting(["dead", "armed"]),
      ["1 | -", "3 | false", "5 | false", "6 | -"])
  }

  @Test func `a row that fails bears its number in the joined table`() throws {
    let joined = try events.joined(with: actors.distinct(["who"]), on: ["who"])
    check(try joined.selecting(["n = number(said)"]), ["failed at row 4"])
    check(
      try joined.aggregated(["n = sum(number(said))"]), ["failed at row 4"])
  }

  @Test func `the left side fails before the right one`() throws {
    let left = try events.deriving(["n = number(said)"])
    let right = try actors.deriving(["m = number(kind)"])
    check(try left.joined(with: right, on: ["who"]), ["failed at row 4"])
    check(try events.joined(with: right, on: ["who"]), ["failed at row 1"])
  }

  @Test func `an empty table on the right matches nothing`() throws {
    let none = try actors.filtered(by: "size > 100")
    check(try events.joined(with: none, on: ["who"]).selecting(["dead", "kind"]), [])
    check(
      try events.joined(with: none, on: ["who"], .left).selecting(["dead", "kind"]).taking(2),
      ["1 | -", "2 | -"])
  }
}
