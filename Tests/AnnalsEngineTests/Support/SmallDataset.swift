@testable import AnnalsEngine

/// A made-up dataset: three events, two of them inside the first, with claims on their tolls.
enum SmallDataset {
  static let budget = MemoryBudget(byteLimit: 1 << 30)

  static func context(
    threads: Int = 1, batch: Int = 2048, range: Int = 65_536
  ) -> RunContext {
    var context = RunContext(threadCount: threads, budget: budget)
    context.batchSize = batch
    context.rangeSize = range
    return context
  }

  /// A table from columns of values; a figure takes a column of `.figure` values.
  static func table(
    _ columns: [(name: String, type: ValueType, values: [Value])],
    targets: [String: ReferenceTarget] = [:]
  ) throws -> Table {
    let schema = Schema(names: columns.map { ($0.name, $0.type) })
    var built: [Column] = []
    for (_, type, values) in columns {
      if type == .figure {
        for part in 0..<3 {
          built.append(try column(.number, values.map { Self.part(part, of: $0) }, nil))
        }
      } else {
        var target: ReferenceTarget?
        if case .reference(let table) = type { target = targets[table] }
        built.append(try column(type, values, target))
      }
    }
    return Table(schema: schema, rowCount: columns.first?.values.count ?? 0, columns: built)
  }

  private static func column(
    _ type: ValueType, _ values: [Value], _ target: ReferenceTarget?
  ) throws -> Column {
    let builder = try ColumnBuilder(type: type, target: target, budget: budget)
    for value in values { try builder.append(value) }
    return try builder.finished()
  }

  private static func part(_ index: Int, of value: Value) -> Value {
    guard case .figure(let figure) = value else { return .null }
    let part = index == 0 ? figure.low : index == 1 ? figure.best : figure.high
    return part.map { .number($0) } ?? .null
  }

  /// `events` (id, date, type, best) and `parts` (event, role, name).
  static func catalog() throws -> Catalog {
    let events = try table([
      ("id", .text, [.text("e1"), .text("e2"), .text("e3")]),
      ("date", .day, [.day(day("2022-01-05")), .null, .day(day("2022-01-02"))]),
      ("type", .text, [.text("clash"), .text("protest"), .text("clash")]),
      ("best", .integer, [.integer(4), .null, .integer(10)]),
    ])
    let target = try ReferenceTarget(table: "events", keys: events.columns[0])
    func event(_ row: Int) -> Value { .reference(target.reference(row: row)) }
    let people = try table(
      [
        ("id", .integer, [.integer(1), .integer(2), .integer(3), .integer(4)]),
        ("event", .reference(table: "events"), [event(0), event(0), event(2), .null]),
        ("role", .text, [.text("agent"), .text("target"), .text("agent"), .null]),
        ("name", .text, [.text("A"), .text("B"), .text("A"), .text("C")]),
      ], targets: ["events": target])
    return Catalog(entries: [
      Catalog.Entry(name: "events", table: events, key: ["id"]),
      Catalog.Entry(name: "people", table: people, key: ["id"]),
    ])
  }

  static func day(_ text: String) -> Day {
    Day(text) ?? Day(number: 0)
  }
}

extension Table {
  /// Its rows as texts, one a line, with the column names first.
  var lines: [String] {
    [schema.names.joined(separator: " | ")]
      + (0..<rowCount).map { row in
        values(row: row).map { $0 == .null ? "-" : $0.text }.joined(separator: " | ")
      }
  }
}
