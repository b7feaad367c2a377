import Testing

@testable import AnnalsEngine

@Suite struct RowOrderTests {
  let context = SmallDataset.context()

  func column(_ type: ValueType, _ values: [Value]) throws -> Column {
    let builder = try ColumnBuilder(type: type, budget: context.budget, dictionaryLimit: 0)
    for value in values { try builder.append(value) }
    return try builder.finished()
  }

  func order(_ columns: [(column: Column, isDescending: Bool)]) throws -> [Int32] {
    let count = columns[0].column.count
    let rows = try RowOrder(columns, context: context).sorted(count: count)
    return (0..<count).map { rows[$0] }
  }

  @Test func `nulls are last in both directions, and equal rows keep their order`() throws {
    let numbers = try column(
      .integer, [.integer(2), .null, .integer(-1), .integer(2), .null, .integer(.max)])
    #expect(try order([(numbers, false)]) == [2, 0, 3, 5, 1, 4])
    #expect(try order([(numbers, true)]) == [5, 0, 3, 2, 1, 4])
  }

  @Test func `the least and the greatest of all integers leave room for null`() throws {
    let numbers = try column(.integer, [.null, .integer(.max), .integer(0), .integer(.min), .null])
    #expect(try order([(numbers, false)]) == [3, 2, 1, 0, 4])
    #expect(try order([(numbers, true)]) == [1, 2, 3, 0, 4])
  }

  @Test func `zeros are one value, and NaN comes after infinity`() throws {
    let numbers = try column(
      .number, [.number(.nan), .number(0), .number(.infinity), .number(-0.0), .number(-1), .null])
    #expect(try order([(numbers, false)]) == [4, 1, 3, 2, 0, 5])
    #expect(try order([(numbers, true)]) == [0, 2, 1, 3, 4, 5])
  }

  @Test func `texts go by bytes, a text before those that it begins`() throws {
    // As many as make a block of texts of them.
    let words = ["b", "", "ab", "a", "\u{0}", "ä", "b\u{0}", "abc"]
    let texts = try column(.text, words.map { .text($0) } + [.null, .text("ab")])
    guard case .text = texts.storage else { throw EngineError.stopped }
    #expect(try order([(texts, false)]) == [1, 4, 3, 2, 9, 7, 0, 6, 5, 8])
    #expect(try order([(texts, true)]) == [5, 6, 0, 7, 2, 9, 3, 4, 1, 8])
  }

  @Test func `texts too long to be packed go by bytes as well`() throws {
    let long = String(repeating: "x", count: 65)
    let texts = try column(.text, [long + "b", "y", long + "a", long, "", "a"].map { .text($0) })
    #expect(try order([(texts, false)]) == [4, 5, 3, 2, 0, 1])
  }

  @Test func `texts that differ in many places take several words`() throws {
    let alphabet = (0..<40).map { String(UnicodeScalar(UInt8(48 + $0))) }
    let words = (0..<40).map { row in
      (0..<20).map { alphabet[(row * ($0 + 3)) % 40] }.joined()
    }
    let texts = try column(.text, words.map { .text($0) })
    let expected = (0..<40).sorted { words[$0].utf8.lexicographicallyPrecedes(words[$1].utf8) }
    #expect(try order([(texts, false)]) == expected.map { Int32($0) })
  }

  @Test func `a later column decides among rows that agree in the earlier ones`() throws {
    let first = try column(.integer, [1, 1, 0, 1, 0].map { .integer($0) })
    let second = try column(.number, [0.5, .infinity, 2, -3, 2].map { .number($0) })
    let third = try column(.text, ["c", "b", "b", "a", "a"].map { .text($0) })
    #expect(
      try order([(first, true), (second, false), (third, false)]) == [3, 0, 1, 4, 2])
  }

  @Test func `rows are sorted within their groups`() throws {
    let keys = try column(.text, ["x", "y", "x", "x", "y"].map { .text($0) })
    let values = try column(.integer, [3, 2, 1, 2, 1].map { .integer($0) })
    let groups = try Grouping(context: context).groups([keys], rowCount: 5)
    let rows = try RowOrder([(values, false)], context: context).sorted(groups)
    #expect((0..<5).map { rows[$0] } == [2, 3, 0, 4, 1])
  }
}
