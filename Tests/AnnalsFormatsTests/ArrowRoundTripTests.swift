import AnnalsEngine
import AnnalsFormats
import Testing
import SeededRandom

@Suite struct ArrowRoundTripTests {
  private static let types: [ValueType] = [
    .boolean, .integer, .number, .text, .day, .time, .list, .figure,
  ]

  @Test(arguments: [0, 1, 63, 64, 65, 300])
  func `a table that was written as Arrow reads back the same`(rowCount: Int) throws {
    for nulls in [Nulls.none, .some, .all] {
      var random = SeededRandom(seed: UInt64(rowCount))
      let table = try SmallTable.table(
        Self.types.map { type in
          let values = (0..<rowCount).map { _ -> Value in
            switch nulls {
            case .none: Self.value(type, &random)
            case .some: Bool.random(using: &random) ? .null : Self.value(type, &random)
            case .all: .null
            }
          }
          return (name: "\(type)", type: type, values: values)
        })
      let read = try SmallArrow.read(try SmallArrow.written(table))
      #expect(
        read.names == [
          "boolean", "integer", "number", "text", "day", "time", "list", "figure_low",
          "figure_best",
          "figure_high",
        ])
      #expect(read.rowCount == rowCount)
      let expected = Self.flat(table)
      for (slot, name) in read.names.enumerated() {
        let column = try read.columns[slot].read()
        #expect(
          (0..<rowCount).map { column.value($0) } == expected.map { $0[slot] },
          "\(name), \(rowCount) rows, nulls: \(nulls)")
      }
    }
  }

  @Test func `whole numbers keep their values at every width`() throws {
    for greatest: Int64 in [127, 128, 32_767, 32_768, 2_147_483_647, 2_147_483_648, .max] {
      let values = [greatest, -greatest - 1, 0].map(Value.integer)
      let table = try SmallTable.table([(name: "n", type: .integer, values: values)])
      let column = try SmallArrow.read(try SmallArrow.written(table)).columns[0].read()
      #expect((0..<3).map { column.value($0) } == values)
    }
  }

  @Test(arguments: [255, 256, 257, 65_536, 65_537])
  func `texts keep their values at every width of codes`(count: Int) throws {
    // Every text twice, so that there is a dictionary.
    let values = (0..<2 * count).map { Value.text("text \($0 % count)") }
    let table = try SmallTable.table([(name: "t", type: .text, values: values)])
    let column = try SmallArrow.read(try SmallArrow.written(table)).columns[0].read()
    #expect((0..<2 * count).map { column.value($0) } == values)
  }

  @Test func `the same values give the same bytes, whatever a column went through`() throws {
    let made = try SmallTable.table([
      (name: "t", type: .text, values: ["x", "b", "a", "b"].map(Value.text)),
      (name: "n", type: .integer, values: [.integer(300), .integer(1), .null, .integer(2)]),
    ])
    let query = try Query(made).filtered(by: "t ~= 'x'")
    let filtered = try query.run(RunContext(threadCount: 1, budget: SmallTable.budget))
    let direct = try SmallTable.table([
      (name: "t", type: .text, values: ["b", "a", "b"].map(Value.text)),
      (name: "n", type: .integer, values: [.integer(1), .null, .integer(2)]),
    ])
    #expect(try SmallArrow.written(filtered) == SmallArrow.written(direct))
  }

  private enum Nulls { case none, some, all }

  private static func flat(_ table: Table) -> [[Value]] {
    (0..<table.rowCount).map { row in
      table.values(row: row).enumerated().flatMap { index, value -> [Value] in
        guard types[index] == .figure else { return [value] }
        guard case .figure(let figure) = value else { return [.null, .null, .null] }
        return [figure.low, figure.best, figure.high].map { $0.map(Value.number) ?? .null }
      }
    }
  }

  private static func value(_ type: ValueType, _ random: inout SeededRandom) -> Value {
    switch type {
    case .boolean: .boolean(Bool.random(using: &random))
    case .integer: .integer(Int64.random(in: -40_000...40_000, using: &random))
    case .number: .number(Double.random(in: -1e9...1e9, using: &random))
    case .text: .text(["", "é😀", "a", "protest"].randomElement(using: &random) ?? "")
    case .day: .day(Day(number: Int32.random(in: -800_000...800_000, using: &random)))
    case .time: .time(Timestamp(microseconds: .random(in: -1 << 50...1 << 50, using: &random)))
    case .list:
      .list((0..<Int.random(in: 0...3, using: &random)).map { "e\($0)é" })
    default:
      .figure(Figure(low: 1, best: Bool.random(using: &random) ? 2 : nil, high: 3.5))
    }
  }
}
