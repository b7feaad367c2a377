import AnnalsEngine
import Testing

@testable import AnnalsEvents

/// A made-up dataset of claims: events `e1` to `e4`, where `e2` lies inside `e1` and `e3` inside
/// `e2`; sources `s1` (2022-02-01), `s2` (2022-01-01) and `s3` (undated); actors `a1` and `a2`.
struct SmallClaims {
  static let budget = MemoryBudget(byteLimit: 1 << 26)

  /// One claim as text: `event=e1 measure=killed value=4` and so on; what is not said is null.
  ///
  /// `value` is `low/best/high`, with nothing for an unknown part, or one number for all three.
  let catalog: Catalog

  init(_ claims: [String], parents: [String] = ["", "e1", "e2", ""]) throws {
    let events = try Self.table(
      [
        ("id", .text, ["e1", "e2", "e3", "e4"]),
        ("parent", .reference(table: "events"), parents),
      ], targets: [:])
    let actors = try Self.table([("id", .text, ["a1", "a2"])], targets: [:])
    let sources = try Self.table(
      [("id", .text, ["s1", "s2", "s3"]), ("date", .day, ["2022-02-01", "2022-01-01", ""])],
      targets: [:])
    let targets = [
      "events": ReferenceTarget(table: "events", keys: events.columns[0]),
      "actors": ReferenceTarget(table: "actors", keys: actors.columns[0]),
      "sources": ReferenceTarget(table: "sources", keys: sources.columns[0]),
    ]
    let parsed = claims.map(Self.parts)
    var columns: [(String, ValueType, [String])] = [
      ("id", .text, claims.indices.map { "f\($0 + 1)" })
    ]
    for (name, type) in Self.fields {
      columns.append((name, type, parsed.map { $0[name] ?? "" }))
    }
    let figures = try Self.table(columns, targets: targets)
    catalog = Catalog(
      entries: ClaimRule.applied(
        to: [
          Catalog.Entry(name: "events", table: events, key: ["id"]),
          Catalog.Entry(name: "actors", table: actors, key: ["id"]),
          Catalog.Entry(name: "sources", table: sources, key: ["id"]),
          Catalog.Entry(name: "figures", table: figures, key: ["id"]),
        ], budget: Self.budget))
  }

  var figures: Query {
    get throws { try Query("figures", of: catalog) }
  }

  private static let fields: [(name: String, type: ValueType)] = [
    ("event", .reference(table: "events")), ("date", .day), ("measure", .text), ("unit", .text),
    ("value", .figure), ("population", .text), ("quantity", .text), ("disjoint", .text),
    ("accumulation", .text), ("asserted_by", .reference(table: "actors")),
    ("source", .reference(table: "sources")),
  ]

  private static func parts(_ claim: String) -> [String: String] {
    var result: [String: String] = [:]
    for part in claim.split(separator: " ") {
      let sides = part.split(separator: "=", maxSplits: 1)
      result[String(sides[0])] = sides.count > 1 ? String(sides[1]) : ""
    }
    return result
  }

  // MARK: Tables from texts

  private static func table(
    _ columns: [(name: String, type: ValueType, texts: [String])],
    targets: [String: ReferenceTarget]
  ) throws -> Table {
    var built: [Column] = []
    for (_, type, texts) in columns {
      guard type == .figure else {
        built.append(try column(type, texts, built.first, targets))
        continue
      }
      for part in 0..<3 {
        let builder = try ColumnBuilder(type: .number, budget: budget)
        for text in texts { try builder.append(number(text, part)) }
        built.append(try builder.finished())
      }
    }
    return Table(
      schema: Schema(names: columns.map { ($0.name, $0.type) }),
      rowCount: columns[0].texts.count, columns: built)
  }

  private static func column(
    _ type: ValueType, _ texts: [String], _ keys: Column?, _ targets: [String: ReferenceTarget]
  ) throws -> Column {
    guard case .reference(let table) = type else {
      let builder = try ColumnBuilder(type: type, budget: budget)
      for text in texts {
        let value: Value = type == .day ? Day(text).map { .day($0) } ?? .null : .text(text)
        try builder.append(text.isEmpty ? .null : value)
      }
      return try builder.finished()
    }
    // A table that refers to itself has its key first.
    let ownKeys = try #require(keys)
    let target = targets[table] ?? ReferenceTarget(table: table, keys: ownKeys)
    let builder = try ColumnBuilder(type: type, target: target, budget: budget)
    for text in texts {
      let row = (0..<target.keys.count).first { target.keys.value($0) == .text(text) }
      if let row { try builder.append(Int64(row)) } else { try builder.appendNull() }
    }
    return try builder.finished()
  }

  private static func number(_ text: String, _ part: Int) -> Value {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let chosen = parts.count == 3 ? parts[part] : text[...]
    return Double(chosen).map { .number($0) } ?? .null
  }
}

extension Query {
  /// The rows as texts, nulls as `-`, or why the query is refused.
  func claimLines() -> [String] {
    do throws(EngineError) {
      let table = try run(RunContext(threadCount: 2, budget: SmallClaims.budget))
      return (0..<table.rowCount).map { row in
        table.values(row: row).map { $0 == .null ? "-" : $0.text }.joined(separator: " ")
      }
    } catch {
      guard case .refusedAddition(let refusal) = error else { return [error.summary] }
      return [refusal.reason + ": " + refusal.rows.joined(separator: " "), refusal.fix]
    }
  }
}
