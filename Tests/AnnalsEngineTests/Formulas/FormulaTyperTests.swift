import Testing

@testable import AnnalsEngine

@Suite struct FormulaTyperTests {
  let query: Query

  init() throws {
    let other = try SmallDataset.table([
      ("id", .text, [.text("o1")]), ("size", .integer, [.integer(3)]),
    ])
    let target = try ReferenceTarget(table: "others", keys: other.columns[0])
    let reference = Value.reference(target.reference(row: 0))
    let table = try SmallDataset.table(
      [
        ("i", .integer, [.integer(2)]), ("n", .number, [.number(0.5)]),
        ("t", .text, [.text("a")]), ("b", .boolean, [.boolean(true)]),
        ("d", .day, [.day(SmallDataset.day("2022-01-05"))]),
        ("m", .time, [.time(Timestamp(microseconds: 1_641_378_600_000_000))]),
        ("l", .list, [.list(["x"])]), ("f", .figure, [.figure(Figure(low: 1))]),
        ("r", .reference(table: "others"), [reference]),
      ], targets: ["others": target])
    let entries = [
      Catalog.Entry(name: "others", table: other, key: ["id"]),
      Catalog.Entry(name: "things", table: table, key: []),
    ]
    query = try Query("things", of: Catalog(entries: entries))
  }

  /// The type and value of a formula, or what is wrong with it.
  func read(_ formula: String, _ bindings: [String: Bindings.Binding] = [:]) throws -> String {
    let selected: Query
    do throws(EngineError) {
      selected = try query.selecting(["x = " + formula], Bindings(bindings))
    } catch {
      return error.summary
    }
    let table = try selected.run(SmallDataset.context())
    let value = table.values(row: 0)[0]
    return "\(table.schema.fields[0].type.name): \(value == .null ? "-" : value.text)"
  }

  @Test(arguments: [
    ("i + 1", "integer: 3"), ("i + 0.5", "number: 2.5"), ("i / 2", "number: 1"),
    ("i // 2", "integer: 1"), ("-7 // 2", "integer: -4"), ("-7 % 3", "integer: 2"),
    ("7 % -3", "integer: -2"), ("-7.5 // 2", "number: -4"), ("-7.5 % 2", "number: 0.5"),
    ("i ^ 2", "number: 4"), ("-i", "integer: -2"), ("t .. 'b'", "text: ab"),
    ("d + 7", "day: 2022-01-12"), ("7 + d", "day: 2022-01-12"), ("d - 5", "day: 2021-12-31"),
    ("d - '2022-01-01'", "`-` does not go with a day and text"), ("d - d", "integer: 0"),
    ("days('2022-01-01', d)", "integer: 4"), ("i < n", "boolean: false"),
    ("d > '2022-01-04'", "boolean: true"), ("m >= '2022-01-05'", "boolean: true"),
    ("m < '2022-01-05T10:30:01Z'", "boolean: true"), ("r == 'o1'", "boolean: true"),
    ("r.size * 2", "integer: 6"), ("f.low", "number: 1"), ("f.best == nil", "boolean: true"),
    ("f > 0", "boolean: true"), ("f == nil", "boolean: false"), ("nil == nil", "boolean: true"),
    ("i in {1, 2.0, 2.5}", "boolean: true"), ("d in {'2022-01-05'}", "boolean: true"),
    ("r in {'o1', 'o1'}", "boolean: true"), ("coalesce(nil, i, 0.5)", "number: 2"),
    ("coalesce(nil, d, '2022-01-01')", "day: 2022-01-05"),
    ("if_else(b, i, nil)", "integer: 2"), ("clamp(i, 3, 5)", "integer: 3"),
    ("clamp(i, nil, 1)", "integer: 1"), ("least(i, 0.5)", "number: 0.5"),
    ("round(2.5)", "integer: 3"), ("round(-2.5)", "integer: -3"), ("floor(-0.5)", "integer: -1"),
    ("ceil(0.2)", "integer: 1"), ("sqrt(-1)", "number: -"), ("log(0)", "number: -"),
    ("abs(-3)", "integer: 3"), ("month(d)", "text: 2022-01"), ("week(d)", "text: 2022-W01"),
    ("quarter(m)", "text: 2022-Q1"), ("weekday(d)", "integer: 3"),
    ("start_of(d, 'week')", "day: 2022-01-03"),
    ("start_of(d, 'week', 'saturday')", "day: 2022-01-01"),
    ("start_of(d, 'year')", "day: 2022-01-01"), ("length('é日')", "integer: 2"),
    ("integer('12')", "integer: 12"), ("number('1e2')", "number: 100"),
    ("number(b)", "number: 1"), ("day(m)", "day: 2022-01-05"),
    ("text(d)", "text: 2022-01-05"), ("text(m)", "text: 2022-01-05T10:30:00Z"),
    ("text(b)", "text: true"), ("text(n)", "text: 0.5"), ("text(r)", "text: o1"),
  ])
  func `a formula has the type and value of its parts`(
    formula: String, expected: String
  ) throws {
    #expect(try read(formula) == expected)
  }

  @Test(arguments: [
    ("x", "unknown column `x`"), ("r.sise", "`others` has no column `sise`"),
    ("i.x", "`i` leads nowhere, it is an integer"), ("f.lo", "`f` has no column `lo`"),
    ("g(i)", "unknown function `g`"), ("$x", "no value is given for `$x`"),
    ("abs()", "`abs` takes 1 argument, not 0"),
    ("if_else(b, 1)", "`if_else` takes 3 arguments, not 2"),
    ("start_of(d)", "`start_of` takes 2 to 3 arguments, not 1"),
    ("least(1)", "`least` takes at least 2 arguments, not 1"),
    ("abs(t)", "argument 1 of `abs` must be a number, not text"),
    ("contains(t, i)", "argument 2 of `contains` must be text, not an integer"),
    ("i + t", "`+` does not go with an integer and text"),
    ("i .. t", "`..` does not go with an integer and text"),
    ("i and b", "`and` needs booleans, not an integer"),
    ("not i", "`not` needs booleans, not an integer"), ("-t", "`-` needs a number, not text"),
    ("1 < i < 3", "`<` does not go with a boolean and an integer"),
    ("coalesce(i, t)", "`coalesce` can't mix an integer and text"),
    ("d > 'soon'", "`soon` is no day"), ("m > 'soon'", "`soon` is no time"),
    ("i + nil", "`nil` can only be tested for, with `== nil` or `~= nil`"),
    ("i < nil", "`nil` can only be tested for, with `== nil` or `~= nil`"),
    ("nil", "a formula that is always null has no type"),
    ("f + 1", "`+` does not take a whole figure"),
    ("l == l", "`==` does not take a list"), ("l in {'x'}", "`in` does not take a list"),
    ("i in {i}", "`in` needs values written out"),
    ("start_of(d, t)", "`start_of` needs the unit written out"),
    ("start_of(d, 'decade')", "`start_of` knows no `decade`"),
    ("start_of(d, 'week', 'noday')", "`start_of` knows no `noday`"),
    ("sum(i)", "the aggregate `sum` can't stand in `select`"),
    ("d < t", "`<` does not go with a day and text"),
    ("least(b, b)", "argument 1 of `least` must be numbers, texts or dates, not a boolean"),
    ("year(t)", "argument 1 of `year` must be a day, not text"),
  ])
  func `a mistake is told before anything runs`(formula: String, expected: String) throws {
    #expect(try read(formula) == expected)
  }

  @Test func `an aggregate formula knows groups and aggregates alone`() throws {
    func message(_ formula: String) -> String {
      do throws(EngineError) {
        _ = try query.grouped(by: ["t"]).aggregated(["x = " + formula])
        return "none"
      } catch {
        return error.summary
      }
    }
    #expect(message("t .. 'x'") == "none")
    #expect(message("i") == "`i` has many values in a group")
    #expect(message("sum(sum(i))") == "the aggregate `sum` stands inside another")
    #expect(message("sum(t)") == "argument 1 of `sum` must be numbers, not text")
    #expect(
      message("sum(b)") == "argument 1 of `sum` must be numbers (try `count_if`), not a boolean")
    #expect(
      message("count_if(i)") == "argument 1 of `count_if` must be a condition, not an integer")
    #expect(message("mean(f)") == "`mean` does not take a whole figure")
    #expect(message("distinct(l)") == "`distinct` does not take a list")
    #expect(
      message("min(b)") == "argument 1 of `min` must be numbers, texts or dates, not a boolean")
    #expect(
      message("sum(r.size)") == "`sum` would take `r.size` of one row of `others` several times")
    #expect(message("sum(r.size, r)") == "none")
    #expect(message("sum(i, i, i)") == "`sum` takes 1 to 2 arguments, not 3")
  }

  @Test func `bound values have their own types, and null compares as unknown`() throws {
    #expect(try read("i == $x", ["x": .value(.integer(2))]) == "boolean: true")
    #expect(try read("d == $x", ["x": .value(.text("2022-01-05"))]) == "boolean: true")
    #expect(try read("i == $x", ["x": .value(.null)]) == "boolean: -")
    #expect(try read("$x == nil", ["x": .value(.null)]) == "boolean: true")
    #expect(try read("d >= $x", ["x": .null(.text)]) == "boolean: -")
    #expect(try read("$x == nil or d >= $x", ["x": .null(.day)]) == "boolean: true")
    #expect(try read("t in $x", ["x": .set([.text("a"), .null])]) == "boolean: true")
    #expect(try read("t in $x", ["x": .set([])]) == "boolean: false")
    #expect(try read("t in $x", ["x": .value(.list(["b"]))]) == "boolean: false")
    #expect(
      try read("t in $x", ["x": .set([.integer(1)])]) == "`in` does not go with text and an integer"
    )
    #expect(try read("f > $x", ["x": .value(.figure(Figure(0)))]) == "boolean: true")
  }

  @Test(arguments: ["i + 0", "i == 0 or i > 1", "coalesce(i, 0)", "clamp(i, 0, 9)"])
  func `the largest formula that is read runs on every thread`(part: String) throws {
    let values = (0..<300).map { _ in Value.integer(2) }
    let query = Query(try SmallDataset.table([("i", .integer, values)]))
    let operation = part.contains("or") ? " or " : " + "
    let count = 201 / (part.contains("or") ? 4 : part.contains("+") ? 2 : 1)
    let formula = Array(repeating: part, count: count).joined(separator: operation)
    let context = SmallDataset.context(threads: 4, range: 64)
    let table = try query.selecting(["x = " + formula]).run(context)
    #expect(
      table.values(row: 299)
        == [operation == " or " ? .boolean(true) : .integer(Int64(count * 2))])
  }

  @Test func `functions within functions take time by their depth, not by its power of 2`() throws {
    for function in ["clamp(%, 0, 9)", "coalesce(%, %0)", "if_else(b, %, 0)", "least(%, 9)"] {
      var formula = "i"
      for _ in 0..<95 {
        formula = function.replacing("%0", with: "0").replacing("%", with: formula)
      }
      #expect(try read(formula) == "integer: 2")
    }
  }

  @Test func `whatever another language calls a function, the one that is named is there`() {
    let known = Set(RowFunction.names + Aggregate.names + Series.names)
    for (foreign, own) in ForeignFunctions.names {
      #expect(known.contains(own), "\(own)")
      #expect(!known.contains(foreign), "\(foreign)")
    }
  }
}
