extension Query {
  /// Groups by columns, paths or `"name = formula"`, in place of earlier groups. Columns that are
  /// not there yet are added.
  public func grouped(
    by columns: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    try grouped(by: columns, bindings, verb: "group")
  }

  /// As ``grouped(by:_:)``, for another verb that messages name.
  func grouped(
    by columns: [String], _ bindings: Bindings, verb: String
  ) throws(EngineError) -> Query {
    guard !columns.isEmpty else {
      throw .misuse("`\(verb)` needs a column", fix: "name what to group by")
    }
    var bound = bound
    var added: [(name: String, value: Typed)] = []
    var names: [String] = []
    for text in columns {
      let (name, value) = try column(text, verb, bindings, &bound)
      if value.type == .list { throw .formula(.listInFormula(verb), value.place) }
      guard !names.contains(name) else {
        throw .formula(.twice(name), FormulaPlace(formula: text, range: 0..<text.utf8.count))
      }
      names.append(name)
      if schema[text] == nil { added.append((name, value)) }
    }
    guard !added.isEmpty else { return with(bound: bound, groups: names) }
    var output = visibleColumns(FormulaPlace(formula: "", range: 0..<0))
    for (name, value) in added { try output.set(name, value, origins(of: value)) }
    appendHidden(to: &output)
    return projected(output, bound: bound, groups: names)
  }

  /// The same rows without groups.
  public func ungrouped() -> Query { with(groups: []) }

  /// One row for each group, in ascending order of the group columns with nulls last: the group
  /// columns, then the formulas, each `"name = formula"`. Without groups there is one row.
  ///
  /// - Throws: ``EngineError/formula(_:_:)``; when run, ``EngineError/refusedAddition(_:)`` where
  ///   numbers of a group may not be added.
  public func aggregated(
    _ formulas: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    try aggregated(formulas, bindings, verb: "aggregate")
  }

  /// As ``aggregated(_:_:)``, for another verb that messages name.
  func aggregated(
    _ formulas: [String], _ bindings: Bindings, verb: String
  ) throws(EngineError) -> Query {
    guard !formulas.isEmpty else {
      throw .misuse("`\(verb)` needs a formula", fix: "write \"name = formula\"")
    }
    let keyFields = groups.compactMap { schema[$0] }
    let (keys, groupSchema) = ascendingKeys(keyFields)
    let groupContext = FormulaContext(
      schema: groupSchema, catalog: catalog, facts: SlotFacts(count: keys.count),
      verb: verb)
    // Handed from formula to formula, never held twice: a copy would take as long as all calls so far.
    var scope: AggregateScope? = AggregateScope(rows: context(verb), firstSlot: keys.count)
    var bound = bound
    var outputs: [(name: String, value: Typed)] = []
    var names: Set<String> = []
    for text in formulas {
      let (name, formula) = try self.formulas.namedFormula(text)
      guard let name else {
        throw .formula(.nameNeeded(verb: verb), formula.place(formula.root))
      }
      guard groupSchema[name] == nil, names.insert(name).inserted else {
        throw .formula(.twice(name), FormulaPlace(formula: text, range: 0..<name.utf8.count))
      }
      var typer = FormulaTyper(
        context: groupContext, formula: formula, bindings: bindings, bound: bound,
        aggregates: scope.take())
      let value: Typed
      do throws(EngineError) {
        value = try typer.typed()
      } catch .formula(.unknownColumn(let column, _), let place)
        where column != name && names.contains(column)
      {
        throw .formula(.madeBeside(column, verb: verb), place)
      }
      scope = typer.aggregates.take()
      bound = typer.bound
      outputs.append((name, value))
    }
    guard var scope else { preconditionFailure("a typer gives back what it was given") }
    return try aggregated(keys, groupSchema, &scope, outputs, bound)
  }

  /// What groups are told apart and ordered by, and where their columns stand among it.
  private func ascendingKeys(_ fields: [Field]) -> (keys: [Expression], schema: Schema) {
    var keys: [Expression] = []
    var placed: [Field] = []
    for field in fields {
      let place = FormulaPlace(formula: field.name, range: 0..<0)
      let value = value(of: field, place)
      // A figure's bounds alone would order it by its low.
      if case .figure(let figure) = value { keys.append(figure.orderKey(place)) }
      placed.append(Field(name: field.name, type: field.type, slot: keys.count))
      keys += value.expressions
    }
    return (keys, Schema(placed))
  }

  private func aggregated(
    _ keys: [Expression], _ groupSchema: Schema, _ scope: inout AggregateScope,
    _ outputs: [(name: String, value: Typed)], _ bound: [Value]
  ) throws(EngineError) -> Query {
    let place = FormulaPlace(formula: "", range: 0..<0)
    let keyLineages = keys.map { keyLineage($0, &scope) }
    var facts = SlotFacts(lineages: keyLineages, uniqueSlots: [SlotSet(0..<keys.count)])
      .adding(scope.calls.count)
    for (slot, lineage) in scope.lineages { facts.lineages[slot] = lineage }
    let base = with(
      plan: .aggregate(plan, keys: keys, calls: scope.calls), bound: bound, schema: groupSchema,
      groups: [], facts: facts)
    var output = base.visibleColumns(place, and: outputs.count)
    for (name, value) in outputs {
      try output.append(name, value, base.origins(of: value))
    }
    return base.projected(output, bound: bound)
  }

  /// What is known of a group column still holds of it, and all rows of the group stand behind it.
  private func keyLineage(_ key: Expression, _ scope: inout AggregateScope) -> Lineage {
    var lineage = facts.lineage(of: key, catalog)
    for behind in facts.rowsBehind(key, catalog) {
      let call = AggregateCall(
        function: .rowsBehind(table: behind.table), argument: key, key: behind.rows, type: .text,
        place: key.place)
      lineage.guards.insert(scope.guarding(call, behind.table))
    }
    return lineage
  }

  /// The number of rows of each group in `n`, most first; equal numbers in the groups' order.
  public func counted(
    by columns: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    let grouped = columns.isEmpty ? self : try grouped(by: columns, bindings)
    let counted = try grouped.aggregated(["n = count()"])
    return counted.groupsAreEmpty(grouped) ? counted : try counted.sorted(by: ["-n"])
  }

  private func groupsAreEmpty(_ grouped: Query) -> Bool { grouped.groups.isEmpty }
}
