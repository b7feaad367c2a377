package import AnnalsEngine
package import SeededRandom

extension TwinDataset {
  private enum Nulls { case none, some, all }

  /// A random dataset.
  package init(_ random: inout SeededRandom) throws(EngineError) {
    let size = random.pick([0, 1, 1, 2, 3, 4, 5, 6, 8, 8, 10, 12, 16, 20, 63, 64, 65, 130])
    let otherCount = random.pick([0, 1, 2, 3, 4, 6])
    let linkCount = random.pick([0, 1, 3, 6, 10])
    var values = TwinValues(isExtreme: random.once(in: 3))
    let mainKeys = (0..<size).map { Value.text("m\((size - $0) * 7 % 1000)") }
    let otherKeys = (0..<otherCount).map { Value.text("o\($0 * 3 % 10)") }
    func reference(_ table: String, _ keys: [Value]) -> (inout SeededRandom) -> Value {
      { random in
        guard !keys.isEmpty else { return .null }
        let row = random.below(keys.count)
        return .reference(RowReference(table: table, key: keys[row].text, row: row))
      }
    }
    values.mains = reference("main", mainKeys)
    values.others = reference("others", otherKeys)
    try self.init([
      "main": Self.main(&random, values, mainKeys),
      "others": Self.others(&random, values, otherKeys),
      "links": Self.links(&random, values, linkCount),
    ])
  }

  /// A random dataset of plain columns whose sums no order of adding can change, for comparing with
  /// programs that add in some order.
  init(plainValuesOf random: inout SeededRandom) throws(EngineError) {
    try self.init(&random)
    var plain: [String: TwinTable] = [:]
    for (name, table) in tables {
      let kept = table.columns.indices.filter { index in
        FormulaMaker.scalarTypes.contains(table.columns[index].type)
          && !table.columns[index].isHidden
      }
      plain[name] = TwinTable(
        kept.map { table.columns[$0] },
        table.rows.map { row in kept.map { Self.plain(row[$0]) } })
    }
    try self.init(plain)
  }

  /// Without extremes, and numbers in quarters.
  private static func plain(_ value: Value) -> Value {
    switch value {
    case .integer(let whole): .integer(whole % 1000)
    case .number(let number):
      .number(number.magnitude < 1e6 ? (number * 4).rounded() / 4 : 1)
    case .day(let day): .day(Day(number: max(0, min(day.number, 20_000))))
    default: value
    }
  }

  private typealias Make = (inout SeededRandom) -> Value

  private static func main(
    _ random: inout SeededRandom, _ values: TwinValues, _ keys: [Value]
  ) -> TwinTable {
    table(
      &random, keys, .text,
      [
        ("i", .integer, values.integer), ("j", .integer, values.smallInteger),
        ("n", .number, values.number), ("k", .number, values.wholeNumber),
        ("t", .text, values.text), ("p", .text, values.text), ("b", .boolean, values.boolean),
        ("d", .day, values.day), ("e x", .day, values.nearDay), ("m", .time, values.time),
        ("r", .reference(table: "others"), values.others), ("f", .figure, values.figure),
        ("l", .list, values.list),
      ])
  }

  private static func others(
    _ random: inout SeededRandom, _ values: TwinValues, _ keys: [Value]
  ) -> TwinTable {
    table(
      &random, keys, .text,
      [
        ("name", .text, values.text), ("size", .integer, values.smallInteger),
        ("n", .number, values.wholeNumber), ("day", .day, values.nearDay),
        ("f", .figure, values.figure), ("next", .reference(table: "others"), values.others),
      ])
  }

  private static func links(
    _ random: inout SeededRandom, _ values: TwinValues, _ count: Int
  ) -> TwinTable {
    table(
      &random, (0..<count).map { .integer(Int64(count - $0)) }, .integer,
      [
        ("of", .reference(table: "main"), values.mains),
        ("to", .reference(table: "others"), values.others), ("t", .text, values.text),
        ("w", .number, values.number), ("j", .integer, values.smallInteger),
      ])
  }

  private static func table(
    _ random: inout SeededRandom, _ keys: [Value], _ keyType: ValueType,
    _ columns: [(String, ValueType, Make)]
  ) -> TwinTable {
    let nulls = columns.map { _ in random.pick([Nulls.none, .none, .some, .some, .some, .all]) }
    // Few different values make ties, groups and matches.
    let isRepetitive = random.once(in: 3)
    var rows: [[Value]] = []
    for key in keys {
      if isRepetitive, !rows.isEmpty, random.once(in: 2) {
        rows.append([key] + random.pick(rows).dropFirst())
        continue
      }
      var row = [key]
      for (index, column) in columns.enumerated() {
        let isNull = nulls[index] == .all || nulls[index] == .some && random.once(in: 4)
        row.append(isNull ? .null : column.2(&random))
      }
      rows.append(row)
    }
    return TwinTable(
      [TwinColumn("id", keyType)] + columns.map { TwinColumn($0.0, $0.1) }, rows)
  }
}

/// Random values, with those at the ends of their types among them.
struct TwinValues {
  let isExtreme: Bool
  var mains: (inout SeededRandom) -> Value = { _ in .null }
  var others: (inout SeededRandom) -> Value = { _ in .null }

  init(isExtreme: Bool) { self.isExtreme = isExtreme }

  static let words = [
    "", "a", "b", "ab", "B", "é", "e\u{301}", "zeta", " pad ", "日本", "ß", "12", "-3.5", "1e3",
    "2022-01-05", "2020-02-29", "a;b", "a,b",
  ]

  private static let rareIntegers: [Int64] = [
    .max, .min, .max - 1, 4_611_686_018_427_387_904,
    9_007_199_254_740_992, 9_007_199_254_740_993, -9_007_199_254_740_993,
  ]

  private func isRare(_ random: inout SeededRandom) -> Bool {
    isExtreme && random.once(in: 6)
  }

  func integer(_ random: inout SeededRandom) -> Value {
    if isRare(&random) {
      return .integer(random.pick(Self.rareIntegers))
    }
    return .integer(Int64(random.below(200)) - 100)
  }

  func smallInteger(_ random: inout SeededRandom) -> Value { .integer(Int64(random.below(7)) - 3) }

  func number(_ random: inout SeededRandom) -> Value {
    if isRare(&random) {
      return .number(
        random.pick([
          .infinity, -.infinity, .nan, 0x1p53, 0x1p63, -0x1p63, 1e308, -1e308,
          .leastNonzeroMagnitude, 1e16, -0.0,
        ]))
    }
    if random.once(in: 12) { return .number(random.pick([0, -0.0, 0.1, 0.5, -0.5])) }
    return .number(Double(random.below(4001) - 2000) / random.pick([1, 4, 10, 100]))
  }

  /// Numbers that are whole and small, so that they meet integers.
  func wholeNumber(_ random: inout SeededRandom) -> Value {
    if isRare(&random) { return number(&random) }
    return .number(Double(random.below(9) - 4) / random.pick([1, 1, 1, 2]))
  }

  func text(_ random: inout SeededRandom) -> Value { .text(random.pick(Self.words)) }

  func boolean(_ random: inout SeededRandom) -> Value { .boolean(random.once(in: 2)) }

  func day(_ random: inout SeededRandom) -> Value {
    if isRare(&random) {
      let ends = [TwinCalendar.first, TwinCalendar.first + 3, TwinCalendar.last, -719_529, 0]
      return .day(Day(number: Int32(random.pick(ends))))
    }
    if random.once(in: 5) { return .day(Day(number: Int32(18_000 + random.below(1200)))) }
    return nearDay(&random)
  }

  /// Days close together.
  func nearDay(_ random: inout SeededRandom) -> Value {
    .day(Day(number: Int32(18_990 + random.below(14))))
  }

  func time(_ random: inout SeededRandom) -> Value {
    if isRare(&random) { return .time(Timestamp(microseconds: -1)) }
    let day = Int64(18_990 + random.below(10))
    return .time(Timestamp(microseconds: day * 86_400_000_000 + Int64(random.below(3)) * 1500))
  }

  func figure(_ random: inout SeededRandom) -> Value {
    func part(_ random: inout SeededRandom) -> Double? {
      random.once(in: 3) ? nil : Double(random.below(12)) / 2
    }
    if random.once(in: 3) { return .figure(Figure(Double(random.below(8)))) }
    let figure = Figure(low: part(&random), best: part(&random), high: part(&random))
    return figure.isNull ? .null : .figure(figure)
  }

  func list(_ random: inout SeededRandom) -> Value {
    .list((0..<random.below(4)).map { _ in random.pick(Self.words) })
  }
}
