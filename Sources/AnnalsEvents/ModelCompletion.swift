import AnnalsEngine

/// Adds the tables of the model that a dataset lacks, without rows.
struct ModelCompletion {
  let budget: MemoryBudget
  /// What references to the dataset's own tables point into.
  let targets: [String: ReferenceTarget]

  /// The tables that are given, then the others of the model in its order.
  func completed(_ entries: [Catalog.Entry]) throws(EngineError) -> [Catalog.Entry] {
    var completed = entries
    var targets = targets
    for entry in entries where targets[entry.name] == nil {
      targets[entry.name] = try rowNumberTarget(entry)
    }
    let missing = Model.tables.filter { table in !entries.contains { $0.name == table.name } }
    for table in missing {
      let keys = try ColumnBuilder(type: .text, budget: budget).finished()
      targets[table.name] = ReferenceTarget(table: table.name, keys: keys)
    }
    for table in missing {
      var columns: [Column] = []
      for column in table.columns { columns += try emptyColumns(column.type, targets) }
      completed.append(
        Catalog.Entry(
          name: table.name,
          table: Table(
            schema: Schema(names: table.columns.map { ($0.name, $0.type) }), rowCount: 0,
            columns: columns),
          key: table.column("id") == nil ? [] : ["id"]))
    }
    return completed
  }

  private func emptyColumns(
    _ type: ValueType, _ targets: [String: ReferenceTarget]
  ) throws(EngineError) -> [Column] {
    guard type != .figure else {
      let column = try ColumnBuilder(type: .number, budget: budget).finished()
      return [column, column, column]
    }
    var target: ReferenceTarget?
    if case .reference(let table) = type { target = targets[table] }
    return [try ColumnBuilder(type: type, target: target, budget: budget).finished()]
  }

  /// A table without a key of its own has row numbers for keys; the references that lead to it from
  /// tables without rows need none of them.
  private func rowNumberTarget(_ entry: Catalog.Entry) throws(EngineError) -> ReferenceTarget {
    let keys = try ColumnBuilder(type: .integer, budget: budget).finished()
    return ReferenceTarget(table: entry.name, keys: keys)
  }
}
