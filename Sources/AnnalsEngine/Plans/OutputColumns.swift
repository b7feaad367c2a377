/// Gathers the named columns that a verb gives, with what is known of each.
struct OutputColumns {
  private(set) var fields: [Field] = []
  private(set) var expressions: [Expression] = []
  private(set) var lineages: [Lineage] = []

  /// Adds a column, in place of one of that name if there is one.
  mutating func set(_ name: String, _ value: Typed, _ lineage: [Lineage]) throws(EngineError) {
    if let index = fields.firstIndex(where: { $0.name == name && !$0.isHidden }) {
      try replace(index, value, lineage)
    } else {
      try append(name, value, lineage)
    }
  }

  mutating func append(
    _ name: String, _ value: Typed, _ lineage: [Lineage], isHidden: Bool = false
  ) throws(EngineError) {
    guard let type = value.type else { throw .formula(.typelessNull, value.place) }
    fields.append(
      Field(name: name, type: type, isHidden: isHidden, slot: expressions.count))
    expressions += value.expressions
    lineages += lineage
  }

  func contains(_ name: String) -> Bool {
    fields.contains { $0.name == name && !$0.isHidden }
  }

  private mutating func replace(
    _ index: Int, _ value: Typed, _ lineage: [Lineage]
  ) throws(EngineError) {
    let old = self
    self = OutputColumns()
    for (position, field) in old.fields.enumerated() {
      if position == index {
        try append(field.name, value, lineage)
        continue
      }
      let slots = field.slot..<field.slot + field.width
      fields.append(
        Field(name: field.name, type: field.type, isHidden: field.isHidden, slot: expressions.count)
      )
      expressions += old.expressions[slots]
      lineages += old.lineages[slots]
    }
  }
}

extension Query {
  /// A column as it is, as a typed value.
  func value(of field: Field, _ place: FormulaPlace) -> Typed {
    guard field.type == .figure else {
      return .scalar(Expression(.slot(field.slot), field.type, place))
    }
    func part(_ offset: Int) -> Expression {
      Expression(.slot(field.slot + offset), .number, place)
    }
    return .figure(FigureExpression(low: part(0), best: part(1), high: part(2)))
  }

  /// What is known of the slots of a value.
  func lineage(of value: Typed) -> [Lineage] {
    value.expressions.map { lineage(of: $0) }
  }

  private func lineage(of expression: Expression) -> Lineage {
    if case .slot(let slot) = expression.kind { return lineages[slot] }
    var result = Lineage()
    for operand in expression.operands { result.formUnion(lineage(of: operand)) }
    if case .gather(let rows, let table, _) = expression.kind {
      if case .slot(let slot) = rows.kind, uniqueSlots.contains([slot]) { return result }
      result.repeats.insert(table)
    }
    return result
  }

  /// The query that computes these columns from the rows of this one.
  func projected(_ output: OutputColumns, bound: [Value], groups: [String]? = nil) -> Query {
    // Where a slot went that is passed on as it is.
    var moved: [Int: Int] = [:]
    for (index, expression) in output.expressions.enumerated() {
      if case .slot(let slot) = expression.kind, moved[slot] == nil { moved[slot] = index }
    }
    let unique = uniqueSlots.compactMap { slots -> Set<Int>? in
      let kept = slots.compactMap { moved[$0] }
      return kept.count == slots.count ? Set(kept) : nil
    }
    var lineages = output.lineages
    for index in lineages.indices {
      lineages[index].runningSlot = lineages[index].runningSlot.flatMap { moved[$0] }
    }
    return Query(
      plan: .project(plan, output.expressions), sources: sources, catalog: catalog, bound: bound,
      schema: Schema(output.fields), groups: groups ?? self.groups, lineages: lineages,
      uniqueSlots: unique, rowSlots: rowSlots.compactMapValues { moved[$0] })
  }

  /// Adds the columns that people don't see.
  func appendHidden(to output: inout OutputColumns) throws(EngineError) {
    for field in schema.allFields where field.isHidden {
      let value = value(of: field, FormulaPlace(formula: field.name, range: 0..<0))
      try output.append(field.name, value, lineage(of: value), isHidden: true)
    }
  }

  /// A column by its whole name, else a formula with or without `name =`.
  func column(
    _ text: String, _ verb: String, _ bindings: Bindings, _ bound: inout [Value],
    needsName: Bool = true
  ) throws(EngineError) -> (name: String, value: Typed) {
    if let field = schema[text] {
      return (text, value(of: field, FormulaPlace(formula: text, range: 0..<text.utf8.count)))
    }
    let (name, formula) = try FormulaParser.namedFormula(text)
    var typer = FormulaTyper(
      context: context(verb), formula: formula, bindings: bindings, bound: bound)
    let value = try typer.typed()
    bound = typer.bound
    if let name { return (name, value) }
    if case .path(let names) = formula.root.kind { return (names.joined(separator: "."), value) }
    guard !needsName else {
      throw .formula(.nameNeeded(verb: verb), formula.place(formula.root))
    }
    return (text, value)
  }
}
