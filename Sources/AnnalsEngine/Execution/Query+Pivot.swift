extension Query {
  /// One row for each group, with a column for each value of `column` that holds the formula over its
  /// rows. Columns come in the values' order, null last and called `null`; a cell without rows is
  /// null.
  ///
  /// It runs at once, since its columns depend on the data.
  ///
  /// - Parameter formula: As for ``aggregated(_:_:)``, without a name.
  public func pivoted(
    _ column: String, _ formula: String, _ bindings: Bindings = Bindings(), in context: RunContext
  ) throws(EngineError) -> Query {
    guard !groups.contains(column) else {
      throw .misuse("`pivot` can't turn the group column `\(column)`", fix: "group by others")
    }
    guard try FormulaParser.namedFormula(formula).name == nil else {
      throw .misuse(
        "the formula of `pivot` takes no name", fix: "its columns bear the values of `\(column)`")
    }
    let long = try grouped(by: groups + [column], bindings)
      .aggregated(["`" + Pivot.cellName + "` = " + formula], bindings)
    let table = try long.run(context)
    let fields = table.schema.fields
    guard let turned = fields.dropLast().last, let value = fields.last else { return long }
    let keys = Array(fields.dropLast(2))
    return try Pivot(table: table, keys: keys, turned: turned, value: value, context: context)
      .query(catalog)
  }
}

/// Turns a table of groups, values and cells on its side.
private struct Pivot {
  let table: Table
  let keys: [Field]
  let turned: Field
  let value: Field
  let context: RunContext

  /// Stands for the cells until they have their columns; no name of the data's.
  static let cellName = "\u{1}cell"
  private static let columnLimit = 10_000

  func query(_ catalog: Catalog?) throws(EngineError) -> Query {
    let grouping = Grouping(context: context)
    var keyColumns: [Column] = []
    for field in keys { keyColumns += try table.columns(of: field) }
    let groups = try grouping.groups(keyColumns, rowCount: table.rowCount)
    let values = try grouping.groups(table.columns(of: turned), rowCount: table.rowCount)
    guard values.count <= Self.columnLimit else {
      throw .misuse("`pivot` would have \(values.count) columns", fix: "turn a coarser column")
    }
    let firstRows = try first(of: groups)
    var names = keys.map { ($0.name, $0.type) }
    var result: [Column] = []
    for column in keyColumns {
      result.append(try column.gathered(firstRows, budget: context.budget))
    }
    for number in try ordered(values) {
      let rows = try Buffer<Int32>(count: groups.count, budget: context.budget)
      for group in 0..<groups.count { rows[group] = -1 }
      for index in values.range(number) {
        let row = values.rows[index]
        rows[Int(groups.groupOfRow[Int(row)])] = row
      }
      let cell = table.value(row: Int(values.rows[Int(values.starts[number])]), field: turned)
      let name = cell == .null ? "null" : cell.text
      guard !names.contains(where: { $0.0 == name }) else {
        throw .misuse("`pivot` would give two columns the name `\(name)`", fix: nil)
      }
      names.append((name, value.type))
      for column in try table.columns(of: value) {
        result.append(try column.gatheredOrNull(rows, budget: context.budget))
      }
    }
    let schema = Schema(names: names.map { (name: $0.0, type: $0.1) })
    return Query(
      Table(schema: schema, rowCount: groups.count, columns: result), catalog: catalog)
  }

  private func first(of groups: GroupedRows) throws(EngineError) -> Buffer<Int32> {
    let rows = try Buffer<Int32>(count: groups.count, budget: context.budget)
    for group in 0..<groups.count { rows[group] = groups.rows[Int(groups.starts[group])] }
    return rows
  }

  /// The numbers of the values in the values' order.
  private func ordered(_ values: GroupedRows) throws(EngineError) -> [Int] {
    let order = try RowOrder(table.columns(of: turned).map { ($0, false) }, context: context)
    let rows = try first(of: values)
    try order.sort(rows)
    return (0..<rows.count).map { Int(values.groupOfRow[Int(rows[$0])]) }
  }
}
