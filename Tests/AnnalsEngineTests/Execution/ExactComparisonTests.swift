import Testing

@testable import AnnalsEngine

/// Integers meet numbers by their exact values, also where doubles are sparse.
@Suite struct ExactComparisonTests {
  /// 2^53 + 1, which no number is.
  private static let odd = Value.integer(9_007_199_254_740_993)
  private static let even = Value.integer(9_007_199_254_740_992)

  private func table(_ integer: Value, _ number: Double) throws -> Query {
    Query(
      try SmallDataset.table([
        ("i", .integer, [integer]), ("n", .number, [.number(number)]),
      ]))
  }

  @Test(arguments: [
    ("i == n", "false"), ("i ~= n", "true"), ("i > n", "true"), ("i <= n", "false"),
    ("n == i", "false"), ("n < i", "true"), ("n >= i", "false"),
    ("n == 9007199254740993", "false"), ("n < 9007199254740993", "true"),
    ("n in {9007199254740993}", "false"), ("n in {9007199254740992}", "true"),
    ("i in {9007199254740992.0}", "false"),
  ])
  func `an integer between two numbers equals neither`(formula: String, expected: String) throws {
    let query = try table(Self.odd, 0x1p53).selecting(["x = " + formula])
    #expect(EveryContext.lines(query) == [expected])
  }

  @Test(arguments: [
    (Double.infinity, "true false"), (-.infinity, "false true"), (0x1p63, "true false"),
    (-0x1p63, "false true"), (.nan, "false false"), (-0.5, "false true"), (0.5, "true false"),
  ])
  func `an integer lies below or above what it is not`(number: Double, expected: String) throws {
    let query = try table(.integer(0), number)
      .selecting(["x = text(i < n) .. ' ' .. text(n < i)"])
    #expect(EveryContext.lines(query) == [expected])
  }

  @Test func `an integer joins the number that it is, and no other`() throws {
    let left = Query(
      try SmallDataset.table([("k", .integer, [Self.odd, Self.even, .integer(2), .integer(3)])]))
    let right = Query(
      try SmallDataset.table([
        ("k", .number, [.number(0x1p53), .number(2), .number(2.5), .number(.nan)])
      ]))
    #expect(
      EveryContext.lines(try left.joined(with: right, on: ["k"]))
        == ["9007199254740992", "2"])
    #expect(
      EveryContext.lines(
        try right.joined(with: left, on: ["k"], .semi).selecting(["t = text(k)"]))
        == ["9007199254740992", "2"])
  }

  @Test func `a full join gives a key of integers and numbers as a number`() throws {
    let left = Query(try SmallDataset.table([("k", .integer, [.integer(1)])]))
    let right = Query(try SmallDataset.table([("k", .number, [.number(1), .number(2.5)])]))
    let query = try left.joined(with: right, on: ["k"], .full)
    #expect(query.schema.fields.map(\.type) == [.number])
    #expect(EveryContext.lines(try query.selecting(["t = text(k)"])) == ["1", "2.5"])
  }

  @Test func `a full join gives a key of references and texts as a text`() throws {
    let catalog = try SmallDataset.catalog()
    let people = try Query("people", of: catalog).selecting(["event"]).taking(1)
    let texts = Query(
      try SmallDataset.table([("event", .text, [.text("e1"), .text("e9")])]))
    let query = try people.joined(with: texts, on: ["event"], .full)
    #expect(query.schema.fields.map(\.type) == [.text])
    #expect(EveryContext.lines(query) == ["e1", "e9"])
  }
}
