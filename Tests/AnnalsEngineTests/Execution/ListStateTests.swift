import Testing

@testable import AnnalsEngine

@Suite struct ListStateTests {
  @Test func `known values come in the order of the rows, repeated ones too`() throws {
    let table = try SmallDataset.table([
      ("g", .text, ["b", "a", "b", "a", "c", "b"].map { .text($0) }),
      ("x", .text, [.text("1"), .null, .text("2"), .text("3"), .null, .text("1")]),
    ])
    let query = try Query(table).grouped(by: ["g"]).aggregated([
      "xs = list(x)", "n = length(list(x))",
    ])
    let result = try query.run(SmallDataset.context())
    #expect(
      (0..<3).map { result.values(row: $0) } == [
        [.text("a"), .list(["3"]), .integer(1)],
        [.text("b"), .list(["1", "2", "1"]), .integer(3)], [.text("c"), .null, .null],
      ])
  }

  @Test func `what is no text is written as text`() throws {
    func list(_ type: ValueType, _ values: [Value]) throws -> Value {
      try Aggregates.value("list(x)", over: type, values)
    }
    #expect(try list(.number, [.number(1.5), .number(2)]) == .list(["1.5", "2"]))
    #expect(try list(.boolean, [.boolean(true)]) == .list(["true"]))
    #expect(
      try list(.day, [.day(SmallDataset.day("2022-01-05"))]) == .list(["2022-01-05"]))
    let people = try Query("people", of: try SmallDataset.catalog())
    let query = try people.aggregated(["events = list(event)"])
    #expect(
      try query.run(SmallDataset.context()).lines == ["events", "e1;e1;e3"])
  }

  @Test func `a figure or a list is refused`() {
    #expect(
      Aggregates.message("list(x)", over: .list)?.hasPrefix("`list` does not take a list") == true)
    #expect(
      Aggregates.message("list(x)", over: .figure)?
        .hasPrefix("`list` does not take a whole figure") == true)
  }

  @Test(arguments: [1, 2, 3, 4], [1, 7, 2048])
  func `it is the same for any number of threads and any batch`(
    threads: Int, batch: Int
  ) throws {
    let context = SmallDataset.context(threads: threads, batch: batch, range: 64)
    let lines = try Aggregates.grouped(
      "list(sub(x, 2))", over: .text, { .text("t\($0)") }, context)
    let expected = (0..<5).map { group -> String in
      let rows = (0..<500).filter { $0 * 7 % 5 == group && $0 % 11 != 3 && $0 % 13 != 5 }
      return "\(group) | " + rows.map(String.init).joined(separator: ";")
    }
    #expect(lines == ["g | value"] + expected)
  }
}
