import Testing

@testable import AnnalsEngine

@Suite struct ColumnRowsTests {
  let budget = MemoryBudget(byteLimit: 1 << 24)

  func texts(_ values: [String?], dictionaryLimit: Int = ColumnBuilder.dictionaryLimit) throws
    -> Column
  {
    let builder = try ColumnBuilder(
      type: .text, budget: budget, dictionaryLimit: dictionaryLimit)
    for value in values { try builder.append(value.map { .text($0) } ?? .null) }
    return try builder.finished()
  }

  func values(_ column: Column) -> [String] {
    (0..<column.count).map { column.isNull($0) ? "-" : column.value($0).text }
  }

  @Test func `text columns with dictionaries of their own are put one after another`() throws {
    let joined = try Column.concatenated(
      [texts(["b", nil, "a", "b"]), texts([]), texts([nil, "c", "b"])], budget: budget)
    #expect(values(joined) == ["b", "-", "a", "b", "-", "c", "b"])
    #expect(joined.dictionary?.count == 3)
  }

  @Test func `parts of one column share its dictionary`() throws {
    let column = try texts(["b", nil, "a", "b", "d"])
    let parts = try [[4, 1], [0, 0, 2]].map { rows in
      try column.gathered(Buffer(rows.map { Int32($0) }, budget: budget), budget: budget)
    }
    let joined = try Column.concatenated(parts, budget: budget)
    #expect(values(joined) == ["d", "-", "b", "b", "a"])
    #expect(joined.dictionary === column.dictionary)
  }

  @Test(arguments: [ValueType.boolean, .integer, .number, .day, .time, .text, .list])
  func `columns of one type are put one after another, wherever their parts end`(
    _ type: ValueType
  ) throws {
    func value(_ number: Int) -> Value {
      if number % 7 == 3 { return .null }
      return switch type {
      case .boolean: .boolean(number % 3 == 0)
      // From 8 bits to 64, so that parts are stored in different widths.
      case .integer: .integer(Int64(number) << Int64(number % 50))
      case .number: .number(Double(number) / 4)
      case .day: .day(Day(number: Int32(number)))
      case .time: .time(Timestamp(microseconds: Int64(number)))
      case .list: .list(["l\(number)", "m"])
      default: .text("t\(number % 11)")
      }
    }
    for sizes in [[3, 64, 61, 130], [0, 1, 0, 63, 64, 65], [200], [64, 64], [5, 0]] {
      var (number, parts, expected): (Int, [Column], [Value]) = (0, [], [])
      for size in sizes {
        let builder = try ColumnBuilder(type: type, budget: budget)
        for _ in 0..<size {
          try builder.append(value(number))
          expected.append(value(number))
          number += 1
        }
        parts.append(try builder.finished())
      }
      let joined = try Column.concatenated(parts, budget: budget)
      #expect((0..<joined.count).map { joined.value($0) } == expected)
      // Texts without a dictionary, and parts without nulls beside such with them.
      let some = try Column.concatenated(
        [
          joined,
          joined.gathered(
            Buffer([0, 1, 2], budget: budget), budget: budget),
        ], budget: budget)
      #expect((0..<some.count).map { some.value($0) } == expected + expected.prefix(3))
    }
  }

  @Test func `texts that repeat too little for a dictionary are put one after another`() throws {
    let many = (0..<90).map { $0 % 10 == 7 ? nil : "text \($0)" }
    let first = try texts(many, dictionaryLimit: 10)
    let second = try texts(many.reversed(), dictionaryLimit: 10)
    #expect(first.dictionary == nil)
    let joined = try Column.concatenated([first, second], budget: budget)
    #expect(values(joined) == (many + many.reversed()).map { $0 ?? "-" })
  }

  @Test func `the texts of a dictionary are ranked by bytes within the budget`() throws {
    let column = try texts(["b", "ä", "a", "B", "", "ab"])
    let dictionary = try #require(column.dictionary)
    let ranks = try dictionary.ranks(budget: budget)
    #expect((0..<6).map { ranks[$0] } == [4, 5, 2, 1, 0, 3])
    let small = try texts((0..<2000).map { "t\($0)" })
    #expect(throws: EngineError.self) {
      try small.dictionary?.ranks(budget: MemoryBudget(byteLimit: 8000))
    }
  }

  @Test func `values are numbered so that equal ones agree and null is -1`() throws {
    let numbers = try texts(["b", nil, "a", "b"]).numbered(budget)
    #expect((0..<4).map { numbers[$0] } == [0, -1, 1, 0])
  }
}
