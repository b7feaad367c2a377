/// The rows of a grouped table by group, which are copied when somebody asks for them: there may be as many
/// groups as rows.
package struct DividedRows {
  /// The group columns, with one row for each group.
  package let keys: Table
  private let query: Query
  private let table: Table
  private let budget: MemoryBudget
  /// Nil where all rows are one group.
  private let groups: Groups?

  private struct Groups {
    let rows: GroupedRows
    /// A row of each group, in the order of the keys.
    let firsts: Buffer<Int32>
  }

  /// - Parameter table: The query's finished table.
  fileprivate init(_ query: Query, _ table: Table, _ context: RunContext) throws(EngineError) {
    self.query = query
    self.table = table
    budget = context.budget
    let fields = query.groups.compactMap { table.schema[$0] }
    var columns: [Column] = []
    for field in fields { columns += try table.columns(of: field) }
    let schema = Schema(names: fields.map { ($0.name, $0.type) })
    guard !fields.isEmpty else {
      groups = nil
      keys = Table(schema: schema, rowCount: 1, columns: [])
      return
    }
    let rows = try Grouping(context: context).groups(columns, rowCount: table.rowCount)
    let firsts = try Buffer<Int32>(count: rows.count, budget: budget)
    for group in 0..<rows.count { firsts[group] = rows.rows[Int(rows.starts[group])] }
    try RowOrder(columns.map { ($0, false) }, context: context).sort(firsts)
    var ordered: [Column] = []
    for column in columns { ordered.append(try column.gathered(firsts, budget: budget)) }
    groups = Groups(rows: rows, firsts: firsts)
    keys = Table(schema: schema, rowCount: rows.count, columns: ordered)
  }

  /// The rows of the group in a row of `keys`.
  package func group(_ position: Int) throws(EngineError) -> Query {
    guard let groups else { return query.settled(table).ungrouped() }
    let range = groups.rows.range(Int(groups.rows.groupOfRow[Int(groups.firsts[position])]))
    let rows = try Buffer<Int32>(count: range.count, budget: budget)
    rows.copy(from: groups.rows.rows, start: range.lowerBound, count: range.count, at: 0)
    var columns: [Column] = []
    for column in try table.columns { columns.append(try column.gathered(rows, budget: budget)) }
    let part = Table(schema: table.schema, rowCount: rows.count, columns: columns)
    return query.settled(part).ungrouped()
  }
}

extension Query {
  /// The rows of a grouped query by group, in ascending order of the group columns with nulls last. A query
  /// without groups has one, also over no rows.
  ///
  /// - Parameter table: The query's finished table.
  package func divided(_ table: Table, in context: RunContext) throws(EngineError) -> DividedRows {
    try DividedRows(self, table, context)
  }
}
