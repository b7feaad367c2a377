import Testing

@testable import AnnalsEngine

@Suite struct AggregateStateTests {
  @Test func `a sum that does not fit is told with its row of the result, for any threads`() throws
  {
    // Every range has all groups, and `c`, which fails, is seen first.
    let keys = (0..<640).map { Value.text(["c", "a", "b"][$0 % 3]) }
    let values = (0..<640).map { Value.integer($0 % 3 == 0 ? .max : 1) }
    let query = try Query(
      try SmallDataset.table([("key", .text, keys), ("x", .integer, values)])
    ).grouped(by: ["key"]).aggregated(["total = sum(x)"])
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == ["failed at row 3"])
    }
  }

  @Test func `an addition is refused for the first group of the result, for any threads`() throws {
    let keys = (0..<640).map { Value.text($0 < 64 ? "b" : $0 < 576 ? "c" : "a") }
    let values = (0..<640).map { _ in Value.integer(1) }
    let table = try SmallDataset.table([("key", .text, keys), ("x", .integer, values)])
    let rule = AdditionRule(field: "x") { added, _ in
      AdditionRefusal(
        reason: "no", rows: [added.row(0), added.row(added.count - 1)].map { "\($0)" },
        table: "t", fix: "none")
    }
    let catalog = Catalog(entries: [
      Catalog.Entry(name: "t", table: table, key: [], additionRule: rule)
    ])
    let query = try Query("t", of: catalog).grouped(by: ["key"]).aggregated(["s = sum(x)"])
    for _ in 0..<20 {
      for context in EveryContext.all {
        #expect {
          try query.run(context)
        } throws: { error in
          guard case EngineError.refusedAddition(let refusal) = error else { return false }
          return refusal.rows == ["576", "639"]
        }
      }
    }
  }

  @Test func `numbers with a rule of addition are followed, or not added`() throws {
    let figures = try SmallDataset.table([
      ("id", .text, [.text("f1"), .text("f2")]), ("x", .integer, [.integer(1), .integer(2)]),
    ])
    let target = try ReferenceTarget(table: "figures", keys: figures.columns[0])
    let rows: [Value] = [
      .reference(target.reference(row: 0)), .reference(target.reference(row: 1)),
    ]
    let notes = try SmallDataset.table(
      [
        ("id", .integer, [.integer(1), .integer(2)]),
        ("figure", .reference(table: "figures"), rows),
      ],
      targets: ["figures": target])
    let note = try ReferenceTarget(table: "notes", keys: notes.columns[0])
    let copies = try SmallDataset.table(
      [("note", .reference(table: "notes"), [.reference(note.reference(row: 0))])],
      targets: ["notes": note])
    let rule = AdditionRule(field: "x") { _, _ in
      AdditionRefusal(reason: "no", rows: [], table: "figures", fix: "none")
    }
    let catalog = Catalog(entries: [
      Catalog.Entry(name: "figures", table: figures, key: ["id"], additionRule: rule),
      Catalog.Entry(name: "notes", table: notes, key: ["id"]),
      Catalog.Entry(name: "copies", table: copies, key: []),
    ])
    let query = try Query("notes", of: catalog)
    let copy = try Query("copies", of: catalog)
    for added in [
      try query.aggregated(["t = sum(figure.x, figure)"]),
      try query.deriving(["y = figure.x"]).aggregated(["t = sum(y, figure)"]),
      try copy.aggregated(["t = sum(note.figure.x, note)"]),
    ] {
      #expect(EveryContext.lines(added, SmallDataset.context())[0].hasPrefix("no"))
    }
    let named = try query.selecting(["y = figure.x", "key = figure.id"])
      .aggregated(["t = sum(y, key)"])
    #expect(EveryContext.lines(named, SmallDataset.context())[0].hasPrefix("no"))
    let grouped = try Query("figures", of: catalog).grouped(by: ["x"]).aggregated(["n = count()"])
    #expect(
      try EveryContext.lines(grouped.aggregated(["t = sum(x)"]), SmallDataset.context())[0]
        .hasPrefix("no"))
    #expect(try grouped.aggregated(["t = sum(n)"]).run(SmallDataset.context()).lines == ["t", "2"])
    // The rows of another dataset can't be looked at from here.
    let elsewhere = try Query(
      SmallDataset.table([("id", .text, [.text("f1")])]), catalog: Catalog(entries: [])
    ).distinct(["id"])
    let joined = try elsewhere.joined(with: Query("figures", of: catalog), on: ["id"])
    #expect {
      try joined.aggregated(["t = sum(x)"])
    } throws: { error in
      "\(error)" == """
        `sum` can't tell which rows of `figures` the numbers of `x` are from
          in:  t = sum(x)
                   ^^^^^^
          fix: add up `figures` itself, or the path to it where it is written out
        """
    }
  }

  @Test func `the rows behind a value come along through every verb, for any threads`() throws {
    let keys = (0..<640).map { Value.integer(Int64($0 % 7)) }
    let values = (0..<640).map { Value.integer(Int64($0)) }
    let table = try SmallDataset.table([("key", .integer, keys), ("x", .integer, values)])
    let rule = AdditionRule(field: "x") { added, _ in
      // Group 3 alone has row 3 behind it, and row 3 stands behind one value.
      let rows = (0..<added.count).map { added.row($0) }
      guard rows.contains(3) else { return nil }
      return AdditionRefusal(
        reason: "\(Set(rows).count) rows", rows: [], table: nil,
        fix: "\(rows == rows.sorted() && (0..<added.count).allSatisfy(added.wasAdded))")
    }
    let catalog = Catalog(entries: [
      Catalog.Entry(name: "t", table: table, key: [], additionRule: rule)
    ])
    let sums = try Query("t", of: catalog).filtered(by: "x ~= 3").grouped(by: ["key"])
      .aggregated(["s = sum(x)", "most = max(x)"])
    let three = try Query("t", of: catalog).filtered(by: "x == 3")
      .selecting(["key", "s = x // 1", "most = x"])
    let both = try sums.appended(three).sorted(by: ["-key"]).deriving(["d = s + lag(most, 0)"])
    for context in EveryContext.all {
      let lines = try EveryContext.lines(both.aggregated(["t = sum(d)"]), context)
      #expect(lines[0].hasPrefix("640 rows"))
    }
  }

  @Test func `a value that differs under one key is told with its lowest row`() throws {
    let keys = (0..<640).map { Value.integer(Int64($0 % 3)) }
    let values = (0..<640).map { row -> Value in
      // Key 1 differs in row 500 and later, key 2 in row 302.
      .integer(row % 3 == 1 && row >= 499 ? 9 : row == 302 ? 8 : 7)
    }
    let query = try Query(
      try SmallDataset.table([("key", .integer, keys), ("x", .integer, values)])
    ).aggregated(["s = sum(x, key)"])
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == ["failed at row 303"])
    }
  }

  @Test func `a mean of whole numbers divides their exact sum`() throws {
    let values: [Value] = [.integer(.max), .integer(.max), .integer(.max), .integer(-3), .null]
    let query = Query(try SmallDataset.table([("x", .integer, values)]))
    let table = try query.aggregated(["m = mean(x)", "n = count(x)"]).run(SmallDataset.context())
    #expect(table.values(row: 0) == [.number(6_917_529_027_641_081_856), .integer(4)])
  }

  @Test func `what a column of few texts passes is counted by its codes, nulls not at all`() throws
  {
    // In each group `a` to `d`, a null, and `a` again.
    let texts: [Value] = ["a", "b", "c", "d"].map(Value.text) + [.null, .text("a")]
    let table = try SmallDataset.table([
      ("key", .integer, (0..<600).map { Value.integer(Int64($0 / 6 % 2)) }),
      ("t", .text, (0..<600).map { texts[$0 % 6] }),
      ("d", .day, (0..<600).map { .day(Day(number: Int32($0 % 6))) }),
    ])
    let query = try Query(table).grouped(by: ["key"]).aggregated([
      "one = count_if(t == 'a')", "some = count_if(t == 'b' or t == 'd')",
      "nulls = count_if(t == nil)", "none = count_if(t == 'x')",
      "days = count_if(day_of_month(d) > 4)",
    ])
    for context in EveryContext.all {
      #expect(
        EveryContext.lines(query, context) == [
          "0 | 100 | 100 | 50 | 0 | 100", "1 | 100 | 100 | 50 | 0 | 100",
        ])
    }
  }
}
