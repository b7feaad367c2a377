extension Query {
  /// Puts rows together with those of another table that match.
  ///
  /// Rows come in the order of the left, and for each in the order of the right. A column that both
  /// have bears `_right` on the right; a key of one name stands once.
  ///
  /// - Parameter keys: Columns that both have, or `"a == b"` for a column of the left and one of the
  ///   right.
  public func joined(
    with other: Query, on keys: [String], _ kind: JoinKind = .inner
  ) throws(EngineError) -> Query {
    guard kind == .cross ? keys.isEmpty : !keys.isEmpty else {
      throw .misuse(
        kind == .cross ? "a cross join takes no key" : "`join` needs a key",
        fix: kind == .cross ? nil : "name a column that both tables have, or write \"a == b\"")
    }
    let right = try other.detached(from: catalog)
    var conditions: [JoinKey] = []
    var shared: [String] = []
    for key in keys { conditions.append(try joinKey(key, right, &shared)) }
    let (rightPlan, sources, bound) = combined(with: right)
    let matches = Uniqueness(left: self, right: right, conditions)
    let plan = Plan.join(plan, rightPlan, kind, on: conditions)
    guard kind.hasRight else {
      return with(plan: plan, sources: sources, bound: bound)
    }
    let base = with(
      plan: plan, sources: sources, catalog: catalog ?? right.catalog, bound: bound,
      facts: matches.facts(kind, left: self, right: right))
    return try base.joinedColumns(self, right, shared, kind)
  }

  private func joinKey(
    _ text: String, _ right: Query, _ shared: inout [String]
  ) throws(EngineError) -> JoinKey {
    let place = FormulaPlace(formula: text, range: 0..<text.utf8.count)
    if let field = schema[text], let other = right.schema[text] {
      shared.append(text)
      return try matched(value(of: field, place), right.value(of: other, place), right, place)
    }
    let formula = try formulas.formula(text)
    guard case .binary(.equal, let first, let second) = formula.root.kind else {
      let missing = schema[text] == nil ? self : right
      throw .unknownColumn(
        text, verb: "join",
        near: NearNames.suggestions(for: text, among: missing.schema.names))
    }
    var leftTyper = typer(formula, Bindings(), "join")
    var rightTyper = right.typer(formula, Bindings(), "join")
    return try matched(
      try leftTyper.typed(first), try rightTyper.typed(second), right, place)
  }

  /// Both sides in one type.
  private func matched(
    _ left: Typed, _ right: Typed, _ other: Query, _ place: FormulaPlace
  ) throws(EngineError) -> JoinKey {
    guard case .scalar(let first) = left, case .scalar(let second) = right else {
      throw .formula(.figureNeedsPart("join"), place)
    }
    if first.type == second.type, first.type != .list { return JoinKey(left: first, right: second) }
    let isNumeric = [first, second].allSatisfy { $0.type == .integer || $0.type == .number }
    let leftTyper = typer(
      Formula(text: place.formula, root: FormulaNode(kind: .null, range: place.range)),
      Bindings(), "join")
    if isNumeric { return JoinKey(left: whole(first), right: whole(second)) }
    if case .reference(let table) = first.type, let key = leftTyper.key(of: first, table),
      key.type == second.type
    {
      return JoinKey(left: key, right: second)
    }
    if case .reference(let table) = second.type, let key = leftTyper.key(of: second, table),
      key.type == first.type
    {
      return JoinKey(left: first, right: key)
    }
    throw .formula(.operandTypes("join", first.type, second.type), place)
  }

  /// An integer to meet another: a number is the integer that it is, or none.
  private func whole(_ value: Expression) -> Expression {
    value.type == .integer
      ? value : Expression(.call(.wholeOrNull, [value]), .integer, value.place)
  }

  /// The columns of both sides over the slots of a join.
  private func joinedColumns(
    _ left: Query, _ right: Query, _ shared: [String], _ kind: JoinKind
  ) throws(EngineError) -> Query {
    let offset = left.facts.lineages.count
    let place = FormulaPlace(formula: "join", range: 0..<4)
    func moved(_ value: Typed) -> Typed { value.mapped { $0.shifted(by: offset) } }
    var output = OutputColumns()
    for field in left.schema.fields {
      var value = left.value(of: field, place)
      if kind == .full, shared.contains(field.name), let other = right.schema[field.name] {
        value = sharedKey(value, moved(right.value(of: other, place)), place)
      }
      try output.append(field.name, value, origins(of: value))
    }
    for field in right.schema.fields where !shared.contains(field.name) {
      let value = moved(right.value(of: field, place))
      let name = output.contains(field.name) ? field.name + "_right" : field.name
      guard !output.contains(name) else {
        throw .misuse(
          "`join` would give two columns the name `\(name)`", fix: "rename one of them first")
      }
      try output.append(name, value, origins(of: value))
    }
    left.appendHidden(to: &output)
    for field in right.schema.allFields where field.isHidden && !field.holdsRowsBehind {
      let value = moved(right.value(of: field, place))
      try output.append(field.name, value, origins(of: value), isHidden: true)
    }
    return projected(output, bound: bound)
  }

  /// A key that both sides have, from the right where the left has no row; of two types that match the
  /// one that holds both.
  private func sharedKey(_ left: Typed, _ right: Typed, _ place: FormulaPlace) -> Typed {
    guard case .scalar(var first) = left, case .scalar(var second) = right else { return left }
    if first.type != second.type {
      (first, second) = (plainKey(first), plainKey(second))
      if first.type != second.type {
        let typer = typer(
          Formula(text: place.formula, root: FormulaNode(kind: .null, range: place.range)),
          Bindings(), "join")
        (first, second) = (typer.asNumber(first), typer.asNumber(second))
      }
    }
    return .scalar(Expression(.call(.coalesce, [first, second]), first.type, place))
  }

  /// Of a reference its key.
  private func plainKey(_ value: Expression) -> Expression {
    guard case .reference(let table) = value.type else { return value }
    let typer = typer(
      Formula(text: "", root: FormulaNode(kind: .null, range: 0..<0)), Bindings(), "join")
    return typer.key(of: value, table) ?? value
  }

  /// The same rows for another dataset: references into a dataset of its own become keys.
  func detached(from other: Catalog?) throws(EngineError) -> Query {
    guard let catalog, let other, catalog !== other else { return self }
    let place = FormulaPlace(formula: "", range: 0..<0)
    let typer = typer(
      Formula(text: "", root: FormulaNode(kind: .null, range: 0..<0)), Bindings(), "join")
    var output = OutputColumns()
    for field in schema.fields {
      var value = value(of: field, place)
      if case .scalar(let expression) = value, case .reference(let table) = expression.type,
        let key = typer.key(of: expression, table)
      {
        value = .scalar(key)
      }
      try output.append(field.name, value, origins(of: value).map { $0.withoutRows })
    }
    let result = projected(output, bound: bound)
    return result.with(facts: SlotFacts(lineages: result.facts.lineages))
  }
}

/// Whether a row of one side can meet several of the other.
struct Uniqueness {
  /// Whether a row of the left meets at most one of the right.
  let isRightUnique: Bool
  let isLeftUnique: Bool

  init(left: Query, right: Query, _ conditions: [JoinKey]) {
    isLeftUnique = Self.isUnique(left.facts, conditions.map(\.left))
    isRightUnique = Self.isUnique(right.facts, conditions.map(\.right))
  }

  private static func isUnique(_ facts: SlotFacts, _ keys: [Expression]) -> Bool {
    let slots = SlotSet(
      keys.compactMap { key -> Int? in
        if case .slot(let slot) = key.kind { slot } else { nil }
      })
    return facts.uniqueSlots.contains { $0.isSubset(of: slots) }
  }

  /// What is known of the slots of both sides, one after another.
  func facts(_ kind: JoinKind, left: Query, right: Query) -> SlotFacts {
    let offset = left.facts.lineages.count
    let moves = SlotMap(count: right.facts.lineages.count, shiftedBy: offset)
    let moved = right.facts.moved(moves, lineages: right.facts.lineages)
    var lineages = left.facts.lineages
    if !isRightUnique { left.markRepeats(&lineages, "the left table") }
    var others = moved.lineages
    if !isLeftUnique { right.markRepeats(&others, "the right table") }
    var unique: [SlotSet] = []
    if isRightUnique, kind != .full { unique += left.facts.uniqueSlots }
    if isLeftUnique, kind == .inner { unique += moved.uniqueSlots }
    return SlotFacts(
      lineages: lineages + others, uniqueSlots: unique,
      rowSlots: left.facts.rowSlots.merging(moved.rowSlots) { own, _ in own })
  }
}

extension Query {
  /// Notes that each row may occur several times from now on.
  func markRepeats(_ lineages: inout [Lineage], _ name: String) {
    let table = facts.rowSlots.keys.min() ?? name
    for index in lineages.indices { lineages[index].repeats.insert(table) }
  }
}

extension Typed {
  /// The same with each expression replaced.
  func mapped(_ replace: (Expression) -> Expression) -> Typed {
    switch self {
    case .null: self
    case .scalar(let expression): .scalar(replace(expression))
    case .figure(let figure):
      .figure(
        FigureExpression(
          low: replace(figure.low), best: replace(figure.best), high: replace(figure.high)))
    }
  }
}

extension Expression {
  /// The same over slots that stand further back.
  func shifted(by offset: Int) -> Expression {
    replacingSlots { slot in Expression(.slot(slot + offset), type, place) }
  }
}
