import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct ColumnBuilderTests {
  private static let words = ["", "a", "b", "ab", "B", "é", "zeta", " pad ", "日"]

  static let budget = MemoryBudget(byteLimit: 1 << 28)

  static let types: [ValueType] = [
    .boolean, .integer, .number, .text, .day, .time, .list, .reference(table: "others"),
  ]

  static func target() throws -> ReferenceTarget {
    let keys = try column(.integer, (1...9).map { .integer($0) })
    return ReferenceTarget(table: "others", keys: keys)
  }

  static func column(_ type: ValueType, _ values: [Value]) throws -> Column {
    var target: ReferenceTarget?
    if case .reference = type { target = try Self.target() }
    let builder = try ColumnBuilder(type: type, target: target, budget: budget)
    for value in values { try builder.append(value) }
    return try builder.finished()
  }

  static func value(_ type: ValueType, _ random: inout SeededRandom) throws -> Value {
    switch type {
    case .boolean: return .boolean(random.once(in: 2))
    case .integer: return .integer(Int64(bitPattern: random.next()) >> Int64(random.below(64)))
    case .number: return .number(ExactSumsTests.randomValue(&random))
    case .text: return .text(random.pick(Self.words) + "\(random.below(3))")
    case .day: return .day(Day(number: Int32(random.below(5_000_000) - 2_500_000)))
    case .time: return .time(Timestamp(microseconds: Int64(bitPattern: random.next()) >> 8))
    case .list: return .list((0..<random.below(3)).map { _ in random.pick(Self.words) })
    default: return .reference(try target().reference(row: random.below(9)))
    }
  }

  /// Random values: without nulls, with some, with nothing else.
  static func samples(_ type: ValueType, _ count: Int, _ seed: UInt64) throws -> [[Value]] {
    var random = SeededRandom(seed: seed)
    let plain = try (0..<count).map { _ in try value(type, &random) }
    let mixed = plain.map { random.once(in: 3) ? .null : $0 }
    return [plain, mixed, plain.map { _ in .null }]
  }

  @Test(arguments: types, [0, 1, 63, 64, 65, 200])
  func `a column gives back what was appended`(type: ValueType, count: Int) throws {
    for values in try Self.samples(type, count, 41) {
      let column = try Self.column(type, values)
      #expect(column.count == count && column.type == type)
      #expect((0..<count).map { column.value($0) } == values)
      #expect(column.nullCount == values.count { $0 == .null })
      #expect((column.validity == nil) == !values.contains(.null))
    }
  }

  @Test(arguments: types, [0, 1, 63, 64, 65, 200])
  func `rows are gathered in any order, any number of times`(type: ValueType, count: Int) throws {
    var random = SeededRandom(seed: 42)
    for values in try Self.samples(type, max(count, 1), 43) {
      let column = try Self.column(type, values)
      let rows = (0..<count).map { _ in random.below(values.count) }
      let gathered = try column.gathered(
        try Buffer(rows.map { Int32($0) }, budget: Self.budget), budget: Self.budget)
      #expect(gathered.count == count && gathered.type == type)
      #expect((0..<count).map { gathered.value($0) } == rows.map { values[$0] })
    }
  }

  @Test(arguments: types)
  func `columns are put one after another`(type: ValueType) throws {
    let parts = try [0, 1, 64, 65].flatMap { try Self.samples(type, $0, UInt64($0 + 50)) }
    let columns = try parts.map { try Self.column(type, $0) }
    let joined = try Column.concatenated(columns, budget: Self.budget)
    #expect((0..<joined.count).map { joined.value($0) } == parts.flatMap { $0 })
  }

  static func layout(_ column: Column) -> String {
    switch column.storage {
    case .boolean: "bits"
    case .int8: "8"
    case .int16: "16"
    case .int32: "32"
    case .int64: "64"
    case .double: "double"
    case .codes8: "codes 8"
    case .codes16: "codes 16"
    case .codes32: "codes 32"
    case .text: "text"
    case .list: "list"
    case .reference: "reference"
    }
  }

  @Test(
    arguments: [
      ([], "8"), ([127, -128], "8"), ([128], "16"), ([-129], "16"), ([32_767, -32_768], "16"),
      ([32_768], "32"), ([-32_769], "32"), ([2_147_483_647, -2_147_483_648], "32"),
      ([2_147_483_648], "64"), ([-2_147_483_649], "64"), ([.max, .min], "64"),
    ] as [([Int64], String)])
  func `integers are kept as narrow as their range allows`(
    values: [Int64], layout: String
  ) throws {
    let column = try Self.column(.integer, values.map { .integer($0) } + [.null])
    #expect(Self.layout(column) == layout)
    #expect((0..<values.count).map { column.integer($0) } == values)
    #expect(column.isNull(values.count))
  }

  @Test(arguments: [
    (0, 10, "codes 8"), (1, 10, "codes 8"), (256, 256, "codes 8"), (257, 257, "codes 16"),
    (65_536, 65_536, "codes 16"), (65_537, 200_000, "codes 32"), (65_537, 65_537, "text"),
  ])
  func `texts have codes while they repeat or are few`(
    distinct: Int, rowCount: Int, layout: String
  ) throws {
    let builder = try ColumnBuilder(type: .text, budget: Self.budget)
    for row in 0..<rowCount {
      if distinct == 0 {
        try builder.appendNull()
      } else {
        try builder.append(text: Array("t\(row * distinct / rowCount)".utf8).span)
      }
    }
    let column = try builder.finished()
    #expect(Self.layout(column) == layout)
    for row in [0, rowCount / 2, rowCount - 1] {
      #expect(column.value(row) == (distinct == 0 ? .null : .text("t\(row * distinct / rowCount)")))
    }
  }

  @Test func `codes number texts by first appearance, and nulls take none`() throws {
    let column = try Self.column(
      .text, [.text("b"), .null, .text("a"), .text("b"), .text(""), .text("a")])
    let dictionary = try #require(column.dictionary)
    #expect((0..<dictionary.count).map { dictionary.texts.string($0) } == ["b", "a", ""])
  }

  @Test func `a value of another type counts as null`() throws {
    let column = try Self.column(.integer, [.text("1"), .number(1), .integer(1)])
    #expect((0..<3).map { column.value($0) } == [.null, .null, .integer(1)])
    #expect(try Self.column(.number, [.integer(1)]).value(0) == .number(1))
  }

  @Test func `a builder that may not grow says so and traps nowhere`() throws {
    for type in Self.types {
      for limit in stride(from: 0, to: 6000, by: 97) {
        let budget = MemoryBudget(byteLimit: limit)
        var random = SeededRandom(seed: 3)
        do {
          let builder = try ColumnBuilder(type: type, budget: budget)
          for _ in 0..<300 { try builder.append(try Self.value(type, &random)) }
          _ = try builder.finished()
        } catch EngineError.outOfMemory {}
        #expect(budget.byteCount == 0)
      }
    }
  }
}
