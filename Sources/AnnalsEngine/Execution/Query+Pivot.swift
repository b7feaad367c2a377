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
    guard try formulas.namedFormula(formula).name == nil else {
      throw .misuse(
        "the formula of `pivot` takes no name", fix: "its columns bear the values of `\(column)`")
    }
    let long = try grouped(by: groups + [column], bindings, verb: "pivot")
      .aggregated(["`" + Pivot.cellName + "` = " + formula], bindings, verb: "pivot")
    let table = try long.run(context)
    let fields = table.schema.fields
    guard let turned = fields.dropLast().last, let value = fields.last else { return long }
    let keys = Array(fields.dropLast(2))
    // Slots of the finished table stand as the query's own do.
    let lineages = long.settled(table).facts.lineages
    return try Pivot(
      table: table, lineages: lineages, keys: keys, turned: turned, value: value, context: context
    ).query(catalog, formulas)
  }
}

/// Turns a table of groups, values and cells on its side.
private struct Pivot {
  let table: Table
  let lineages: [Lineage]
  let keys: [Field]
  let turned: Field
  let value: Field
  let context: RunContext

  /// Stands for the cells until they have their columns; no name of the data's.
  static let cellName = "\u{1}cell"
  private static let columnLimit = 10_000

  func query(_ catalog: Catalog?, _ formulas: FormulaMemory) throws(EngineError) -> Query {
    let grouping = Grouping(context: context)
    var keyColumns: [Column] = []
    for field in keys { keyColumns += try table.columns(of: field) }
    let groups = try grouping.groups(keyColumns, rowCount: table.rowCount)
    let values = try grouping.groups(table.columns(of: turned), rowCount: table.rowCount)
    guard values.count <= Self.columnLimit else {
      throw .misuse("`pivot` would have \(values.count) columns", fix: "turn a coarser column")
    }
    let firstRows = try first(of: groups)
    let columns = try table.columns
    var output = PivotColumns(lineages)
    var names = Set(keys.map(\.name))
    for key in keys {
      try output.append(key.name, key, columns) { column throws(EngineError) in
        try column.gathered(firstRows, budget: context.budget)
      }
    }
    for number in try ordered(values) {
      try context.stop.check()
      let rows = try Buffer<Int32>(count: groups.count, budget: context.budget)
      for group in 0..<groups.count { rows[group] = -1 }
      for index in values.range(number) {
        let row = values.rows[index]
        rows[Int(groups.groupOfRow[Int(row)])] = row
      }
      let cell = table.value(row: Int(values.rows[Int(values.starts[number])]), field: turned)
      let name = cell == .null ? "null" : cell.text
      guard names.insert(name).inserted else {
        throw .misuse("`pivot` would give two columns the name `\(name)`", fix: nil)
      }
      try output.append(name, value, columns) { column throws(EngineError) in
        try column.gatheredOrNull(rows, budget: context.budget)
      }
    }
    let turned = Table(
      schema: Schema(output.fields), rowCount: groups.count, columns: output.columns)
    return Query(turned, catalog: catalog, formulas: formulas, lineages: output.newLineages)
  }

  private func first(of groups: GroupedRows) throws(EngineError) -> Buffer<Int32> {
    let rows = try Buffer<Int32>(count: groups.count, budget: context.budget)
    for group in 0..<groups.count { rows[group] = groups.rows[Int(groups.starts[group])] }
    return rows
  }

  /// What figures are ordered by.
  private func orderKeys() throws(EngineError) -> Column {
    let keys = try ColumnBuilder(type: .number, budget: context.budget)
    for row in 0..<table.rowCount {
      guard case .figure(let figure) = table.value(row: row, field: turned),
        let key = figure.orderKey
      else {
        try keys.appendNull()
        continue
      }
      try keys.append(key)
    }
    return try keys.finished()
  }

  /// The numbers of the values in the values' order.
  private func ordered(_ values: GroupedRows) throws(EngineError) -> [Int] {
    var keys = try table.columns(of: turned)
    if turned.type == .figure { keys.insert(try orderKeys(), at: 0) }
    let order = try RowOrder(keys.map { ($0, false) }, context: context)
    let rows = try first(of: values)
    try order.sort(rows)
    return (0..<rows.count).map { Int(values.groupOfRow[Int(rows[$0])]) }
  }
}

/// Gathers the columns of a pivot, each with hidden ones for the rows behind its values.
private struct PivotColumns {
  private let lineages: [Lineage]
  private(set) var fields: [Field] = []
  private(set) var columns: [Column] = []
  private(set) var newLineages: [Lineage] = []

  /// - Parameter lineages: Of the slots of the table that is turned.
  init(_ lineages: [Lineage]) { self.lineages = lineages }

  /// Adds a field of the table under a new name, with its columns' rows as `gather` gives them.
  mutating func append(
    _ name: String, _ field: Field, _ columns: [Column],
    _ gather: (Column) throws(EngineError) -> Column
  ) throws(EngineError) {
    let first = self.columns.count
    let slots = field.slot..<field.slot + field.width
    let watched = Set(slots.flatMap { lineages[$0].guards.map(\.slot) }).sorted()
    var moved = SlotMap(count: lineages.count)
    for (index, slot) in watched.enumerated() { moved[slot] = first + field.width + index }
    fields.append(Field(name: name, type: field.type, slot: first))
    for slot in slots {
      self.columns.append(try gather(columns[slot]))
      newLineages.append(lineages[slot].moved(moved))
    }
    for slot in watched {
      fields.append(
        Field(
          name: Field.rowsBehindName, type: columns[slot].type, isHidden: true,
          slot: self.columns.count))
      self.columns.append(try gather(columns[slot]))
      newLineages.append(Lineage())
    }
  }
}
