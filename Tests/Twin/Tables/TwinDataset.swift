package import AnnalsEngine

/// A random dataset of three tables that refer to one another, for the engine and for the twin.
package struct TwinDataset: Sendable {
  /// By name: `main`, with a column of every kind, `others` and `links`.
  package private(set) var tables: [String: TwinTable]
  package private(set) var catalog: Catalog

  package static let budget = MemoryBudget(byteLimit: 1 << 32)

  /// The rows of tables without their hidden row numbers.
  package init(_ tables: [String: TwinTable]) throws(EngineError) {
    self.tables = tables
    catalog = try Self.catalog(tables)
    for (name, table) in tables { self.tables[name] = Self.numbered(table, name) }
  }

  package static let names = ["main", "others", "links"]

  private static func numbered(_ table: TwinTable, _ name: String) -> TwinTable {
    TwinTable(
      table.columns + [TwinColumn("#" + name, .integer)],
      table.rows.enumerated().map { $1 + [.integer(Int64($0))] })
  }

  // MARK: For the engine

  private static func catalog(_ tables: [String: TwinTable]) throws(EngineError) -> Catalog {
    var targets: [String: ReferenceTarget] = [:]
    for name in names {
      guard let table = tables[name], let id = table.index("id") else { continue }
      let keys = try column(table.columns[id].type, table.rows.map { $0[id] }, nil)
      targets[name] = ReferenceTarget(table: name, keys: keys)
    }
    var entries: [Catalog.Entry] = []
    for name in names {
      guard let table = tables[name] else { continue }
      entries.append(
        Catalog.Entry(name: name, table: try made(table, targets), key: ["id"]))
    }
    return Catalog(entries: entries)
  }

  private static func made(
    _ table: TwinTable, _ targets: [String: ReferenceTarget]
  ) throws(EngineError) -> Table {
    var columns: [Column] = []
    for (index, field) in table.columns.enumerated() {
      let values = table.rows.map { $0[index] }
      switch field.type {
      case .figure:
        for part in ["low", "best", "high"] {
          columns.append(
            try column(.number, values.map { TwinMeaning.part(part, of: $0) }, nil))
        }
      case .reference(let name): columns.append(try column(field.type, values, targets[name]))
      case .text where field.name == "p":
        columns.append(try plainTexts(try column(.text, values, nil)))
      default: columns.append(try column(field.type, values, nil))
      }
    }
    return Table(
      schema: Schema(names: table.columns.map { ($0.name, $0.type) }),
      rowCount: table.rows.count, columns: columns)
  }

  private static func column(
    _ type: ValueType, _ values: [Value], _ target: ReferenceTarget?
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: type, target: target, budget: budget)
    for value in values { try builder.append(value) }
    return try builder.finished()
  }

  /// The same texts without a dictionary; what stands under a null must not matter.
  private static func plainTexts(_ column: Column) throws(EngineError) -> Column {
    let block = try TextBlockBuilder(budget: budget)
    for row in 0..<column.count {
      try block.append(column.isNull(row) ? "junk" : column.value(row).text)
    }
    return Column(
      type: .text, count: column.count, storage: .text(try block.finished()),
      validity: column.validity)
  }

  // MARK: Smaller

  /// The dataset without some rows of a table; references to them become null.
  func without(rows: Range<Int>, of name: String) throws(EngineError) -> TwinDataset {
    var result: [String: TwinTable] = [:]
    for (other, table) in tables {
      var table = TwinTable(
        Array(table.columns.dropLast()), table.rows.map { Array($0.dropLast()) })
      if other == name { table.rows.removeSubrange(rows) }
      for (index, column) in table.columns.enumerated()
      where column.type == .reference(table: name) {
        for row in table.rows.indices {
          table.rows[row][index] = Self.moved(table.rows[row][index], rows)
        }
      }
      result[other] = table
    }
    return try TwinDataset(result)
  }

  private static func moved(_ value: Value, _ removed: Range<Int>) -> Value {
    guard case .reference(let reference) = value, reference.row >= removed.lowerBound else {
      return value
    }
    guard reference.row >= removed.upperBound else { return .null }
    return .reference(
      RowReference(
        table: reference.table, key: reference.key, row: reference.row - removed.count))
  }

  /// The tables as text, for people.
  package var text: [String] {
    TwinDataset.names.flatMap { name -> [String] in
      guard let table = tables[name], !table.rows.isEmpty else { return [] }
      let shown = table.columns.dropLast()
      return [name + ": " + shown.map(\.name).joined(separator: " | ")]
        + table.rows.map { row in
          "  " + row.dropLast().map { $0 == .null ? "-" : $0.text }.joined(separator: " | ")
        }
    }
  }
}
