extension Query {
  /// The columns: `column: text, type: text`, in order.
  package func schemaTable(_ context: RunContext) throws(EngineError) -> Table {
    let names = try ColumnBuilder(type: .text, budget: context.budget)
    let types = try ColumnBuilder(type: .text, budget: context.budget)
    for field in schema.fields {
      try names.append(.text(field.name))
      try types.append(.text(field.type.name))
    }
    return Table(
      schema: Schema(names: [("column", .text), ("type", .text)]),
      rowCount: schema.fields.count, columns: [try names.finished(), try types.finished()])
  }

  /// What stands in each column: `column, type, known, nulls, distinct, least, most`, a row a column in
  /// order. The last two are texts. What a type does not have (the order of lists, say) is null.
  package func described(_ context: RunContext) throws(EngineError) -> Table {
    let all = ungrouped()
    let fields = schema.fields
    let rows = try all.aggregated(["n = count()"]).run(context)
    let total = rows.value(row: 0, field: rows.schema.fields[0])
    guard case .integer(let rowCount) = total else { return rows }
    let texts: [ValueType] = [.text, .text, .integer, .integer, .integer, .text, .text]
    var builders: [ColumnBuilder] = []
    for type in texts { builders.append(try ColumnBuilder(type: type, budget: context.budget)) }
    for field in fields {
      let facts = try all.facts(of: field, context)
      let known: Int64
      if case .integer(let count) = facts[0] { known = count } else { known = 0 }
      let cells: [Value] = [
        .text(field.name), .text(field.type.name), .integer(known), .integer(rowCount - known),
        facts[1], facts[2], facts[3],
      ]
      for (builder, cell) in zip(builders, cells) { try builder.append(cell) }
    }
    var columns: [Column] = []
    for builder in builders { columns.append(try builder.finished()) }
    let names = ["column", "type", "known", "nulls", "distinct", "least", "most"]
    return Table(
      schema: Schema(names: zip(names, texts).map { ($0, $1) }), rowCount: fields.count,
      columns: columns)
  }

  /// Known values, different ones, the least and the greatest as texts.
  private func facts(
    of field: Field, _ context: RunContext
  ) throws(EngineError) -> [Value] {
    // Under a name that needs no backticks, whatever the column is called.
    let place = FormulaPlace(formula: field.name, range: 0..<0)
    var output = OutputColumns()
    try output.append(
      "x", value(of: field, place), Array(repeating: Origin(), count: field.width))
    let column = projected(output, bound: bound, groups: [])
    var formulas: [String]
    switch field.type {
    case .list: return [.integer(try column.knownLists(context)), .null, .null, .null]
    case .figure: formulas = ["known = count(x)"]
    case .boolean, .reference: formulas = ["known = count(x)", "distinct = distinct(x)"]
    default:
      formulas = [
        "known = count(x)", "distinct = distinct(x)", "least = min(x)", "most = max(x)",
      ]
    }
    let table = try column.aggregated(formulas).run(context)
    var values = table.values(row: 0)
    for position in values.indices.dropFirst(2) where values[position] != .null {
      values[position] = .text(values[position].text)
    }
    return values + Array(repeating: .null, count: 4 - values.count)
  }

  private func knownLists(_ context: RunContext) throws(EngineError) -> Int64 {
    let table = try run(context)
    return Int64(table.rowCount - table.nullCount(table.schema.fields[0]))
  }
}
