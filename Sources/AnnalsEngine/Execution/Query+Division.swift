extension Query {
  /// The rows of a grouped query by group, in ascending order of the group columns with nulls last.
  ///
  /// - Parameter table: The query's finished table.
  /// - Returns: A table of the group columns with one row for each group, and the rows of each. A query
  ///   without groups has one, also over no rows.
  package func divided(
    _ table: Table, in context: RunContext
  ) throws(EngineError) -> (keys: Table, groups: [Query]) {
    let fields = groups.compactMap { table.schema[$0] }
    var columns: [Column] = []
    for field in fields { columns += try table.columns(of: field) }
    let all = try table.columns
    let schema = Schema(names: fields.map { ($0.name, $0.type) })
    guard !fields.isEmpty else {
      return (Table(schema: schema, rowCount: 1, columns: []), [settled(table).ungrouped()])
    }
    let found = try Grouping(context: context).groups(columns, rowCount: table.rowCount)
    let firsts = try Buffer<Int32>(count: found.count, budget: context.budget)
    for group in 0..<found.count { firsts[group] = found.rows[Int(found.starts[group])] }
    let order = try RowOrder(columns.map { ($0, false) }, context: context)
    try order.sort(firsts)
    var keys: [Column] = []
    for column in columns { keys.append(try column.gathered(firsts, budget: context.budget)) }
    var parts: [Query] = []
    for position in 0..<firsts.count {
      let range = found.range(Int(found.groupOfRow[Int(firsts[position])]))
      let rows = try Buffer<Int32>(count: range.count, budget: context.budget)
      rows.copy(from: found.rows, start: range.lowerBound, count: range.count, at: 0)
      var own: [Column] = []
      for column in all { own.append(try column.gathered(rows, budget: context.budget)) }
      let part = Table(schema: table.schema, rowCount: rows.count, columns: own)
      parts.append(settled(part).ungrouped())
    }
    return (Table(schema: schema, rowCount: found.count, columns: keys), parts)
  }
}
