import Testing

@testable import AnnalsEngine

@Suite struct ModeStateTests {
  @Test func `the value of most rows is taken, and of several the smallest`() throws {
    func mode(_ type: ValueType, _ values: [Value]) throws -> Value {
      try Aggregates.value("mode(x)", over: type, values)
    }
    #expect(try mode(.text, ["b", "a", "b", "c"].map { .text($0) }) == .text("b"))
    #expect(try mode(.text, ["c", "b", "c", "b", "a"].map { .text($0) }) == .text("b"))
    #expect(try mode(.integer, [3, -1, 3, -1, 7].map { .integer($0) }) == .integer(-1))
    #expect(try mode(.number, [0.5, -2.5].map { .number($0) }) == .number(-2.5))
    #expect(try mode(.boolean, [true, false].map { .boolean($0) }) == .boolean(false))
    let days = ["2022-01-06", "2022-01-05", "2022-01-06"].map { Value.day(SmallDataset.day($0)) }
    #expect(try mode(.day, days) == .day(SmallDataset.day("2022-01-06")))
  }

  @Test func `nulls are not counted, and over nothing it is null`() throws {
    #expect(
      try Aggregates.value("mode(x)", over: .text, [.null, .null, .text("a")]) == .text("a"))
    #expect(try Aggregates.value("mode(x)", over: .text, [.null]) == .null)
  }

  @Test func `of references the one whose key sorts first is taken`() throws {
    let people = try Query("people", of: try SmallDataset.catalog())
    let query = try people.filtered(by: "role == 'agent'").aggregated(["e = mode(event)"])
    #expect(try query.run(SmallDataset.context()).lines == ["e", "e1"])
  }

  @Test(arguments: [1, 2, 3, 4], [1, 7, 2048])
  func `it is the same for any number of threads and any batch`(
    threads: Int, batch: Int
  ) throws {
    let context = SmallDataset.context(threads: threads, batch: batch, range: 64)
    let lines = try Aggregates.grouped(
      "mode(x .. '!')", over: .text, { .text("t\($0 * $0 % 17)") }, context)
    #expect(lines == ["g | value", "0 | t13!", "1 | t16!", "2 | t1!", "3 | t4!", "4 | t4!"])
  }
}
