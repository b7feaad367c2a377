extension Query {
  private static func place(_ verb: String) -> FormulaPlace {
    FormulaPlace(formula: verb, range: 0..<verb.utf8.count)
  }

  // MARK: Rows of other tables

  /// One row for each row of another table of the dataset that refers to this one, with a reference
  /// column of that table's name. Rows that none refers to are left out.
  ///
  /// - Parameter name: A table with one reference to this one's, or `table.column`.
  public func expanded(_ name: String) throws(EngineError) -> Query {
    guard let catalog else {
      throw .misuse("`expand` needs a table of a dataset", fix: nil)
    }
    let (entry, field, target) = try referring(name, catalog)
    guard let rowSlot = facts.rowSlots[target] else {
      throw .misuse("`expand` finds no rows of `\(target)` here", fix: nil)
    }
    guard schema[entry.name] == nil else {
      throw .misuse(
        "`expand` adds the column `\(entry.name)`, which is there already", fix: "rename it first")
    }
    let place = Self.place("expand")
    let other = try Query(entry.name, of: catalog)
    let (plan, sources, bound) = combined(with: other)
    let type = ValueType.reference(table: target)
    let key = JoinKey(
      left: Expression(.slot(rowSlot), type, place),
      right: Expression(.slot(field.slot), type, place))
    let facts = Uniqueness(left: self, right: other, [key]).facts(.inner, left: self, right: other)
    let base = with(
      plan: .join(self.plan, plan, .inner, on: [key]), sources: sources, bound: bound, facts: facts)
    var output = base.visibleColumns(place)
    let row = self.facts.lineages.count + entry.table.schema.width
    try output.append(
      entry.name,
      .scalar(Expression(.slot(row), .reference(table: entry.name), place)), [Origin()])
    appendHidden(to: &output)
    return base.projected(output, bound: bound)
  }

  /// The table that refers here, the column that does, and the table that it refers to.
  private func referring(
    _ name: String, _ catalog: Catalog
  ) throws(EngineError) -> (entry: Catalog.Entry, field: Field, target: String) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard let entry = parts.first.flatMap({ catalog[$0] }) else {
      throw .misuse(
        "the dataset has no table `\(name.shortened)`",
        fix: NearNames.suggestions(for: name, among: catalog.entries.map(\.name)).first.map {
          "did you mean `\($0)`?"
        })
    }
    var found: [(field: Field, target: String)] = []
    for field in entry.table.schema.fields {
      guard case .reference(let target) = field.type, facts.rowSlots[target] != nil,
        parts.count == 1 || parts[1] == field.name
      else { continue }
      found.append((field, target))
    }
    guard let only = found.first, found.count == 1 else {
      let here = facts.rowSlots.keys.sorted().quotedAlternatives
      throw .misuse(
        found.isEmpty
          ? "`\(name.shortened)` does not refer to the rows of \(here.isEmpty ? "this table" : here)"
          : "`\(entry.name)` refers here in \(found.map(\.field.name).quotedList)",
        fix: found.first.map { "write `\(entry.name).\($0.field.name)`" })
    }
    return (entry, only.field, only.target)
  }

  /// One row for each element of a list, as text in the list's place. Rows without any are left out.
  public func exploded(_ column: String) throws(EngineError) -> Query {
    guard let field = schema[column] else {
      throw .unknownColumn(
        column, verb: "explode", near: NearNames.suggestions(for: column, among: schema.names))
    }
    guard field.type == .list else {
      throw .misuse(
        "`explode` needs a list, and `\(column)` is \(field.type.withArticle)", fix: nil)
    }
    var facts = facts
    markRepeats(&facts.lineages, "the table")
    facts.uniqueSlots = []
    let fields = schema.allFields.map { old in
      Field(
        name: old.name, type: old.slot == field.slot ? .text : old.type, isHidden: old.isHidden,
        slot: old.slot)
    }
    return with(plan: .explode(plan, slot: field.slot), schema: Schema(fields), facts: facts)
  }

  // MARK: Choice of rows

  /// The first row of each combination of values of some columns, of all if none is named. Null is a
  /// value here.
  public func distinct(
    _ columns: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    var bound = bound
    var keys: [Expression] = []
    if columns.isEmpty {
      keys = schema.fields.filter { $0.type != .list }
        .flatMap { value(of: $0, Self.place("distinct")).expressions }
    }
    for text in columns {
      let value = try column(text, "distinct", bindings, &bound, needsName: false).value
      if value.type == .list { throw .formula(.listInFormula("distinct"), value.place) }
      keys += value.expressions
    }
    var facts = facts
    let slots = keys.compactMap { key -> Int? in
      if case .slot(let slot) = key.kind { slot } else { nil }
    }
    if slots.count == keys.count { facts.uniqueSlots.append(SlotSet(slots)) }
    return with(
      plan: .pick(plan, keys: keys, order: [], calls: []), bound: bound, facts: facts)
  }

  /// The first rows by some columns, of each group if the table is grouped, in that order; groups
  /// come in ascending order.
  public func top(
    _ count: Int, by columns: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    guard count >= 0 else { throw .misuse("`top` needs a number from 0, not \(count)", fix: nil) }
    guard !columns.isEmpty else {
      throw .misuse("`top` needs a column", fix: "write `top(\(count), \"-n\")`")
    }
    guard !groups.isEmpty else { return try sorted(by: columns, bindings).taking(count) }
    var bound = bound
    var keys: [SortKey] = []
    let place = Self.place("top")
    var partition: [Expression] = []
    for field in groups.compactMap({ schema[$0] }) {
      let value = value(of: field, place)
      if case .figure(let figure) = value { keys.append(SortKey(figure.orderKey(place))) }
      partition += value.expressions
      keys += value.expressions.map { SortKey($0) }
    }
    for text in columns { keys.append(try sortKey(text, "top", bindings, &bound)) }
    let leading = Plan.leading(.sort(plan, keys), partition: partition, count: count)
    return with(plan: leading, bound: bound)
  }

  // MARK: One table under another

  /// The rows of this table, then those of another. Columns go by name; one that only one table has is
  /// null in the rows of the other.
  public func appended(_ other: Query) throws(EngineError) -> Query {
    let other = try other.detached(from: catalog)
    let place = Self.place("append")
    var first = OutputColumns()
    var second = OutputColumns()
    let names = schema.names + other.schema.names.filter { schema[$0] == nil }
    for name in names {
      let upper = schema[name].map { value(of: $0, place) }
      let lower = other.schema[name].map { other.value(of: $0, place) }
      let (left, right) = try unified(upper, lower, "append", name, place)
      try first.append(name, left, origins(of: left))
      try second.append(name, right, other.origins(of: right))
    }
    try appendHidden(of: other, &first, &second, place)
    let guards = first.appendRowsBehind(beside: &second)
    let top = projected(first, bound: bound, groups: [])
    let bottom = other.projected(second, bound: other.bound, groups: [])
    let (plan, sources, bound) = top.combined(with: bottom)
    // Both have the same slots now, so rows of a table that only one of them has count as well.
    var facts = SlotFacts(
      lineages: top.facts.lineages,
      rowSlots: top.facts.rowSlots.merging(bottom.facts.rowSlots) { own, _ in own })
    for index in facts.lineages.indices {
      facts.lineages[index].formUnion(bottom.facts.lineages[index])
      facts.lineages[index].guards = guards[index] ?? []
    }
    // One row may now be there twice.
    for table in top.facts.rowSlots.keys where bottom.facts.rowSlots[table] != nil {
      for index in facts.lineages.indices { facts.lineages[index].repeats.insert(table) }
    }
    return with(
      plan: .append(top.plan, plan), sources: sources, catalog: catalog ?? other.catalog,
      bound: bound, schema: top.schema, groups: [], facts: facts)
  }

  /// The hidden columns of both tables, under one another.
  private func appendHidden(
    of other: Query, _ first: inout OutputColumns, _ second: inout OutputColumns,
    _ place: FormulaPlace
  ) throws(EngineError) {
    let hidden =
      schema.allFields.filter(\.isHidden)
      + other.schema.allFields.filter { field in
        field.isHidden && !schema.allFields.contains { $0.isHidden && $0.name == field.name }
      }
    for field in hidden where field.width == 1 && !field.holdsRowsBehind {
      func own(_ query: Query) -> Typed? {
        query.schema.allFields.first { $0.isHidden && $0.name == field.name }
          .map { query.value(of: $0, place) }
      }
      let (left, right) = try unified(own(self), own(other), "append", field.name, place)
      try first.append(field.name, left, origins(of: left), isHidden: true)
      try second.append(field.name, right, other.origins(of: right), isHidden: true)
    }
  }

  /// Two columns in one type, with null for one that is not there.
  private func unified(
    _ first: Typed?, _ second: Typed?, _ verb: String, _ name: String, _ place: FormulaPlace
  ) throws(EngineError) -> (Typed, Typed) {
    func null(like value: Typed) -> Typed {
      value.mapped { Expression(.constant(.null), $0.type, place) }
    }
    guard let first else {
      guard let second else { return (.null(place), .null(place)) }
      return (null(like: second), second)
    }
    guard let second else { return (first, null(like: first)) }
    if first.type == second.type { return (first, second) }
    if case .scalar(let left) = first, case .scalar(let right) = second,
      [left, right].allSatisfy({ $0.type == .integer || $0.type == .number })
    {
      func number(_ value: Expression) -> Typed {
        value.type == .number
          ? .scalar(value) : .scalar(Expression(.call(.integerToNumber, [value]), .number, place))
      }
      return (number(left), number(right))
    }
    throw .misuse(
      "`\(verb)` finds `\(name)` as \((first.type ?? .text).withArticle) and as"
        + " \((second.type ?? .text).withArticle)",
      fix: "convert or rename one of them first")
  }

  /// One row for each of some columns: its name and its value, beside the other columns.
  ///
  /// - Parameters:
  ///   - columns: Of one type.
  ///   - nameColumn: What the column of names is called.
  ///   - valueColumn: What the column of values is called.
  public func unpivoted(
    _ columns: [String], names nameColumn: String, values valueColumn: String
  ) throws(EngineError) -> Query {
    let place = Self.place("unpivot")
    guard !columns.isEmpty else {
      throw .misuse("`unpivot` needs a column", fix: "write unpivot{\"a\", \"b\"}")
    }
    var values: [Typed] = []
    for name in columns {
      guard let field = schema[name] else {
        throw .unknownColumn(
          name, verb: "unpivot", near: NearNames.suggestions(for: name, among: schema.names))
      }
      values.append(value(of: field, place))
    }
    var unified = [values[0]]
    for (index, value) in values.enumerated().dropFirst() {
      let pair = try self.unified(unified[0], value, "unpivot", columns[index], place)
      unified[0] = pair.0
      unified.append(pair.1)
    }
    if let type = unified[0].type, type == .number {
      for (index, value) in unified.enumerated() {
        unified[index] = try self.unified(unified[0], value, "unpivot", columns[index], place).1
      }
    }
    return try unpivoted(columns, unified, nameColumn, valueColumn, place)
  }

  private func unpivoted(
    _ columns: [String], _ values: [Typed], _ nameColumn: String, _ valueColumn: String,
    _ place: FormulaPlace
  ) throws(EngineError) -> Query {
    let number = Expression(.slot(facts.lineages.count), .integer, place)
    func chosen(_ parts: [Expression]) -> Expression {
      var result = parts[parts.count - 1]
      for (index, part) in parts.enumerated().dropLast().reversed() {
        let wanted = Expression(.constant(.integer(Int64(index))), .integer, place)
        let isWanted = Expression(
          .call(.compare(.equal), [number, wanted]), .boolean, place)
        result = Expression(.choose(isWanted, then: part, else: result), part.type, place)
      }
      return result
    }
    var facts = facts.adding(1)
    markRepeats(&facts.lineages, "the table")
    facts.uniqueSlots = []
    let base = with(plan: .repeated(plan, count: columns.count), facts: facts)
    var output = OutputColumns()
    for field in schema.fields where !columns.contains(field.name) {
      let value = value(of: field, place)
      try output.append(field.name, value, base.origins(of: value))
    }
    let names = columns.map { Expression(.constant(.text($0)), .text, place) }
    for (name, value) in [
      (nameColumn, Typed.scalar(chosen(names))),
      (valueColumn, Self.merged(values) { chosen($0) }),
    ] {
      guard !output.contains(name) else {
        throw .misuse("`unpivot` would give two columns the name `\(name)`", fix: nil)
      }
      // Each value stands once, so what is known of its own column holds.
      try output.append(name, value, origins(ofOneOf: values, as: value))
    }
    base.appendHidden(to: &output)
    let kept = groups.allSatisfy { output.contains($0) } ? groups : []
    return base.projected(output, bound: bound, groups: kept)
  }

  private static func merged(
    _ values: [Typed], _ choose: ([Expression]) -> Expression
  ) -> Typed {
    let parts = values.map(\.expressions)
    let count = parts[0].count
    let merged = (0..<count).map { index in choose(parts.map { $0[index] }) }
    guard count == 3 else { return .scalar(merged[0]) }
    return .figure(FigureExpression(low: merged[0], best: merged[1], high: merged[2]))
  }

  private func origins(ofOneOf values: [Typed], as value: Typed) -> [Origin] {
    var union = Lineage()
    for origin in values.flatMap({ origins(of: $0) }) { union.formUnion(origin.lineage) }
    return value.expressions.map { expression in
      // It reads one slot more than this query has, in tests alone.
      Origin(lineage: union, rows: facts.adding(1).rowsBehind(expression, catalog))
    }
  }
}
