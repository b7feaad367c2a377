@testable import AnnalsEngine

/// A random table with a column of every kind, and a table that its references lead to.
struct TwinData {
  let catalog: Catalog
  let table: Table
  let rows: [TwinRow]
  let columns: [TwinColumn]
  /// The table `others`.
  let others: [TwinRow]

  private enum Nulls: CaseIterable { case none, some, all }

  init(_ random: inout SeededRandom, rowCount: Int) throws {
    let (others, target, otherTable) = try Self.others(&random)
    self.others = others
    let plan: [(String, ValueType, (inout SeededRandom) -> Value)] = [
      ("i", .integer, Self.integer), ("j", .integer, { .integer(Int64($0.below(7)) - 3) }),
      ("n", .number, { .number(Double($0.below(4001) - 2000) / $0.pick([1, 4, 10, 100])) }),
      ("t", .text, { .text($0.pick(Self.words)) }), ("p", .text, { .text($0.pick(Self.words)) }),
      ("b", .boolean, { .boolean($0.once(in: 2)) }), ("d", .day, Self.day),
      (
        "r", .reference(table: "others"),
        { .reference(target.reference(row: $0.below(target.keys.count))) }
      ), ("f", .figure, Self.figure),
    ]
    var values: [(name: String, type: ValueType, values: [Value])] = []
    for (name, type, make) in plan {
      let nulls = random.pick(Nulls.allCases + [.some, .some, .none])
      let column = (0..<rowCount).map { _ -> Value in
        if nulls == .all || (nulls == .some && random.once(in: 4)) { return .null }
        return make(&random)
      }
      values.append((name, type, column))
    }
    rows = (0..<rowCount).map { row in
      Dictionary(uniqueKeysWithValues: values.map { ($0.name, $0.values[row]) })
    }
    columns = values.map { TwinColumn(name: $0.name, type: $0.type) }
    table = try Self.withPlainTexts(
      try SmallDataset.table(values, targets: ["others": target]), field: "p")
    catalog = Catalog(entries: [Catalog.Entry(name: "others", table: otherTable, key: ["id"])])
  }

  static let words = ["", "a", "b", "ab", "B", "é", "zeta", " pad ", "日"]

  private static func integer(_ random: inout SeededRandom) -> Value {
    if random.once(in: 60) { return .integer(random.pick([.max, .min, 1 << 62, -1 << 62])) }
    return .integer(Int64(random.below(200)) - 100)
  }

  private static func day(_ random: inout SeededRandom) -> Value {
    if random.once(in: 100) { return .day(Day(number: random.pick([-4_371_587, 2_932_896]))) }
    return .day(Day(number: Int32(random.below(800) + 18_600)))
  }

  private static func figure(_ random: inout SeededRandom) -> Value {
    func part() -> Double? { random.once(in: 3) ? nil : Double(random.below(40)) / 2 }
    let figure = Figure(low: part(), best: part(), high: part())
    return figure.isNull ? .null : .figure(figure)
  }

  /// `id`, `name`, `size`, `day` and `next`, which leads on.
  private static func others(
    _ random: inout SeededRandom
  ) throws -> ([TwinRow], ReferenceTarget, Table) {
    let count = random.below(5) + 1
    func some(_ value: Value) -> Value { random.once(in: 3) ? .null : value }
    let ids = (0..<count).map { Value.text("o\((count - $0) % 10)") }
    let keys = try SmallDataset.table([("id", .text, ids)])
    let target = try ReferenceTarget(table: "others", keys: keys.columns[0])
    let names = (0..<count).map { _ in some(.text(random.pick(words))) }
    let sizes = (0..<count).map { _ in some(.integer(Int64(random.below(20)))) }
    let days = (0..<count).map { _ in some(day(&random)) }
    let next = (0..<count).map { _ in
      some(.reference(target.reference(row: random.below(count))))
    }
    let table = try SmallDataset.table(
      [
        ("id", .text, ids), ("name", .text, names), ("size", .integer, sizes),
        ("day", .day, days), ("next", .reference(table: "others"), next),
      ], targets: ["others": target])
    let rows = (0..<count).map { row in
      [
        "id": ids[row], "name": names[row], "size": sizes[row], "day": days[row],
        "next": next[row],
      ]
    }
    return (rows, target, table)
  }

  /// The same table with one text column that has no dictionary.
  private static func withPlainTexts(_ table: Table, field: String) throws -> Table {
    guard let slot = table.schema[field]?.slot else { return table }
    let column = try table.column(slot)
    let block = try TextBlockBuilder(budget: SmallDataset.budget)
    for row in 0..<column.count {
      // What stands under a null must not matter.
      try block.append(column.isNull(row) ? "junk" : column.value(row).text)
    }
    var columns = try table.columns
    columns[slot] = Column(
      type: .text, count: column.count, storage: .text(try block.finished()),
      validity: column.validity)
    return Table(schema: table.schema, rowCount: table.rowCount, columns: columns)
  }
}
