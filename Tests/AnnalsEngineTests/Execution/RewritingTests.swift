import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

/// A plan gives the same before and after rewriting, and rewriting saves what it says.
@Suite struct RewritingTests {
  let rows: Query
  let other: Query

  init() throws {
    var random = SeededRandom(seed: 77)
    let count = 300
    let names = (0..<count).map { _ in
      random.below(10) == 0 ? Value.null : .text("n\(random.below(9))")
    }
    let numbers = (0..<count).map { _ in
      random.below(12) == 0 ? Value.null : .integer(Int64(random.below(50)) - 25)
    }
    rows = Query(try SmallDataset.table([("name", .text, names), ("x", .integer, numbers)]))
    other = Query(
      try SmallDataset.table([
        ("name", .text, ["n1", "n2", "n2", "n5"].map { .text($0) }),
        ("y", .integer, (1...4).map { .integer($0) }),
      ]))
  }

  /// Same lines with and without rewriting, for any batch, range and number of threads.
  func check(_ query: Query, sourceLocation: SourceLocation = #_sourceLocation) -> [String] {
    var plain = SmallDataset.context()
    plain.rewritesPlans = false
    let expected = EveryContext.lines(query, plain)
    for context in EveryContext.all {
      #expect(
        EveryContext.lines(query, context) == expected, sourceLocation: sourceLocation)
    }
    return expected
  }

  @Test func `limits give the rows that they would have given`() throws {
    // `round(number(x) / 0.1)` can't overflow here, but might: nothing moves past it.
    for skip in [0, 1, 63, 290, 400] {
      for take in [0, 1, 5, 64, 65, 1000] {
        func cut(_ query: Query) throws -> Query { try query.skipping(skip).taking(take) }
        let wide = try rows.deriving(["d = x / 2.5", "r = round(number(x) / 0.1)"])
        _ = check(try cut(rows))
        _ = check(try cut(rows.filtered(by: "x / 2 > 3.5")))
        _ = check(try cut(rows.deriving(["d = x / 2"]).filtered(by: "d < 4")))
        _ = check(try cut(wide).selecting(["d", "name"]))
        _ = check(try cut(wide.sorted(by: ["-d", "name"])))
        _ = check(try cut(rows.sorted(by: ["name", "-x"])))
        _ = check(try cut(rows.appended(rows.filtered(by: "name == 'n3'"))))
        _ = check(try cut(rows.joined(with: other, on: ["name"], .left)))
        _ = check(try cut(rows.joined(with: other, on: ["name"], .inner)))
        _ = check(try rows.taking(take).skipping(skip).taking(7))
      }
    }
  }

  @Test func `what fails without a limit fails with one`() throws {
    let failing = try rows.deriving(["big = 9223372036854775807 - x"])
    // Some row has a negative number, and it is not among the first.
    #expect(check(try failing.taking(1)).first?.hasPrefix("failed at row") == true)
    #expect(
      check(try failing.filtered(by: "big > 0").taking(1)).first?.hasPrefix("failed at row") == true
    )
    #expect(
      check(try failing.sorted(by: ["name"]).taking(1)).first?.hasPrefix("failed at row") == true)
    // Nobody reads it, with or without a limit.
    #expect(check(try failing.selecting(["name"]).taking(2)).count == 2)
  }

  @Test func `a constant that fails does so for the first row that is asked`() throws {
    let fails = "9223372036854775807 + 1"
    #expect(check(try rows.deriving(["big = \(fails)"])) == ["failed at row 1"])
    #expect(check(try rows.filtered(by: "x ~= nil and x > 1000 and \(fails) > 0")) == [])
    #expect(check(try rows.filtered(by: "name == 'none'").deriving(["big = \(fails)"])) == [])
    let first = check(try rows.deriving(["y = if_else(x == nil, \(fails), 1)"]))
    #expect(first.count == 1 && first[0] != "failed at row 1")
  }

  @Test func `constants are folded where they stand`() throws {
    let bindings = Bindings(["from": .null(.integer), "least": .value(.integer(2))])
    let query = try rows.filtered(by: "($from == nil or x >= $from) and x > $least * 10", bindings)
      .deriving(["day = day('2022-01-01') + 7", "same = if_else(1 < 2, x, 0)"])
    #expect(
      query.explanation == """
        asked for
          columns: 4 kept, if_else(1 < 2, x, 0)
            columns: 3 kept, day('2022-01-01') + 7
              where ($from == nil or x >= $from) and x > $least * 10
                table of 300 rows
        runs as
          columns: 5 kept
            columns: 3 kept, day('2022-01-01') + 7
              where x > $least * 10
                table of 300 rows
        """)
    guard case .project(let inner, _) = query.rewrittenPlan, case .project(_, let parts) = inner
    else {
      Issue.record("the columns are computed last")
      return
    }
    #expect(parts.contains { $0.kind == .constant(.day(SmallDataset.day("2022-01-08"))) })
    _ = check(query)
  }

  @Test func `three-valued constants decide as they do row by row`() throws {
    let bindings = Bindings([
      "t": .value(.boolean(true)), "f": .value(.boolean(false)), "n": .null(.boolean),
    ])
    for left in ["$t", "$f", "$n", "x > 0", "(x == 3) == $n"] {
      for right in ["$t", "$f", "$n", "x > 0", "x + 1 > 0"] {
        for operation in ["and", "or"] {
          let formula = "\(left) \(operation) \(right)"
          _ = check(
            try rows.deriving(["b = \(formula)", "c = not (\(formula))"], bindings)
              .filtered(by: "b or c"))
          _ = check(try rows.filtered(by: formula, bindings))
          _ = check(try rows.deriving(["v = if_else(\(formula), x, 0)"], bindings))
        }
      }
    }
  }

  @Test func `a limit is asked of as little as possible`() throws {
    let query = try rows.deriving(["d = x / 2"]).sorted(by: ["-d"]).selecting(["name", "d"])
      .taking(3)
    #expect(
      query.explanation == """
        asked for
          rows from 1, at most 3
            sort by -d
              columns: 3 kept, x / 2
                table of 300 rows
        runs as
          columns: 3 kept, x / 2
            rows from 1, at most 3
              sort by -x / 2
                table of 300 rows
        """)
    _ = check(query)
  }

  @Test func `rows past a limit are not read`() throws {
    let table = try SmallDataset.table([("x", .integer, (0..<6400).map { .integer($0) })])
    let stop = StopFlag()
    var context = RunContext(threadCount: 1, budget: MemoryBudget(byteLimit: 1 << 16), stop: stop)
    context.batchSize = 64
    context.rangeSize = 128
    // All of it does not fit the budget, and what is taken does.
    let query = try Query(table).filtered(by: "x % 2 == 0 or x > 1").deriving(["t = text(x)"])
    #expect(throws: EngineError.self) { try query.run(context) }
    #expect(
      try Query(table).filtered(by: "x / 2 > 5").selecting(["t = text(x)"]).taking(2)
        .run(context).lines == ["t", "11", "12"])
  }

  @Test func `aggregates that nobody reads are left out, and so can't fail`() throws {
    let grouped = try rows.grouped(by: ["name"])
    _ = check(
      try grouped.aggregated(["a = mean(x)", "b = max(x)", "n = count()"]).selecting(["n"]))
    let big = try rows.deriving(["big = if_else(x == nil, 0, 9223372036854775807 - x * x)"])
    let sums = try big.grouped(by: ["name"]).aggregated(["s = sum(big)", "n = count()"])
    #expect(check(sums).first?.hasPrefix("failed at row") == true)
    let counts = check(try sums.selecting(["n"]))
    // Nine names, and null.
    #expect(counts.count == 9 + 1)
    #expect(counts.compactMap { Int($0) }.reduce(0, +) == 300)
  }

  @Test func `what formulas of a step share is computed once`() throws {
    func steps(_ query: Query) throws -> Int {
      let executor = Executor(query: query, context: SmallDataset.context())
      let slots = query.schema.allFields.map(\.slot)
      return try executor.pipeline(query.plan, needed: SlotSet(slots)).steps.count
    }
    // The quotient is one step, and each column another.
    let columns = try rows.selecting([
      "a = (x / 3) * 2", "b = (x / 3) * (x / 3)", "c = coalesce(x / 3, 0)",
    ])
    #expect(try steps(columns) == 4)
    _ = check(columns)
    // One that may fail is computed where it stands: not every row is asked for it.
    let failing = try rows.selecting([
      "a = if_else(x > 0, 9223372036854775807 - x, 1)",
      "b = if_else(x > 0, 9223372036854775807 - x, 2)",
    ])
    #expect(check(failing).count == 300)
    // What depends on a dictionary alone is looked up by text where it is used, which is no step.
    #expect(try steps(rows.selecting(["a = lower(name) == 'n1' or lower(name) == 'n2'"])) == 0)
    _ = check(
      try rows.grouped(by: ["half = x / 2"]).aggregated([
        "a = sum(x / 2)", "b = max(x / 2 + 1)", "n = count_if(x / 2 > 1)",
      ]))
    _ = check(try rows.filtered(by: "(x / 2 > 3 or x / 2 < -3) and x / 2 ~= 4"))
  }
}
