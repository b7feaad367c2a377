/// What the names of a formula mean where it stands.
///
/// Every part of a formula that is typed by itself hands it on, so that what is copied is one reference.
package final class FormulaContext: Sendable {
  package let schema: Schema
  package let catalog: Catalog?
  package let facts: SlotFacts
  /// The verb that the formula was given to.
  package let verb: String

  package init(schema: Schema, catalog: Catalog?, facts: SlotFacts, verb: String) {
    self.schema = schema
    self.catalog = catalog
    self.facts = facts
    self.verb = verb
  }
}

/// Looks up the names of a formula, checks its types and makes an expression of it.
struct FormulaTyper {
  let context: FormulaContext
  let formula: Formula
  let bindings: Bindings
  /// The query's bound values; `$name` adds to them.
  var bound: [Value]
  /// Set where aggregates may stand: then names outside them are group columns.
  var aggregates: AggregateScope?

  /// Types a formula of one row.
  mutating func typed() throws(EngineError) -> Typed {
    try typed(formula.root)
  }

  /// Types a formula that must be a condition.
  mutating func condition() throws(EngineError) -> Expression {
    switch try typed() {
    case .scalar(let expression) where expression.type == .boolean: return expression
    case .null(let place): throw .formula(.typelessNull, place)
    case let other:
      throw .formula(
        .conditionNeeded(verb: context.verb, other.type ?? .boolean), other.place)
    }
  }

  func place(_ node: FormulaNode) -> FormulaPlace { formula.place(node) }

  func problem(_ problem: FormulaProblem, _ node: FormulaNode) -> EngineError {
    .formula(problem, place(node))
  }

  mutating func typed(_ node: FormulaNode) throws(EngineError) -> Typed {
    let place = place(node)
    func constant(_ value: Value, _ type: ValueType) -> Typed {
      .scalar(Expression(.constant(value), type, place))
    }
    switch node.kind {
    case .null: return .null(place)
    case .boolean(let value): return constant(.boolean(value), .boolean)
    case .integer(let value): return constant(.integer(value), .integer)
    case .number(let value): return constant(.number(value), .number)
    case .text(let value): return constant(.text(value), .text)
    case .path(let names): return try typedPath(names, node)
    case .binding(let name): return try typedBinding(name, node)
    case .call(let name, let arguments): return try typedCall(name, arguments, node)
    case .negated(let operand): return .scalar(try negation(operand, node))
    case .not(let operand):
      let operand = try boolean(operand, of: "not")
      return .scalar(Expression(.not(operand), .boolean, place))
    case .binary(let operation, let left, let right):
      return .scalar(try typedBinary(operation, left, right, node))
    case .member(let operand, let set):
      return .scalar(try membership(operand, set, node))
    case .set: throw problem(.setOutsideIn, node)
    }
  }

  // MARK: Names

  private func typedPath(_ names: [String], _ node: FormulaNode) throws(EngineError) -> Typed {
    // A column bears its whole path as name after `group("event.place.name")`.
    for count in stride(from: names.count, through: 1, by: -1) {
      let name = count == 1 ? names[0] : names.prefix(count).joined(separator: ".")
      if let field = context.schema[name] {
        return try followed(value(of: field, node), names.dropFirst(count), name, node)
      }
    }
    let first = names[0]
    if let aggregates, aggregates.rows.schema[first] != nil {
      throw problem(
        .notAGroupColumn(names.joined(separator: "."), groups: context.schema.names), node)
    }
    throw problem(
      .unknownColumn(
        names.count > 1 ? first : names.joined(separator: "."),
        near: NearNames.suggestions(for: first, among: context.schema.names)), node)
  }

  private func value(of field: Field, _ node: FormulaNode) -> Typed {
    let place = place(node)
    guard field.type == .figure else {
      return .scalar(Expression(.slot(field.slot), field.type, place))
    }
    func part(_ offset: Int) -> Expression {
      Expression(.slot(field.slot + offset), .number, place)
    }
    return .figure(FigureExpression(low: part(0), best: part(1), high: part(2)))
  }

  /// Goes along the rest of a path, through references and into figures.
  private func followed(
    _ start: Typed, _ rest: ArraySlice<String>, _ walked: String, _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    var current = start
    var walked = walked
    for name in rest {
      switch current {
      case .figure(let figure):
        current = .scalar(try part(name, of: figure, walked, node))
      case .scalar(let expression):
        current = try gathered(name, from: expression, walked, node)
      case .null:
        throw problem(.nullOutsideTest, node)
      }
      walked += "." + name
    }
    return current
  }

  private func part(
    _ name: String, of figure: FigureExpression, _ walked: String, _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    switch name {
    case "low": return figure.low
    case "best": return figure.best
    case "high": return figure.high
    default:
      throw problem(
        .unknownPathColumn(
          name, table: walked,
          near: NearNames.suggestions(for: name, among: ["low", "best", "high"])), node)
    }
  }

  private func gathered(
    _ name: String, from rows: Expression, _ walked: String, _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    guard case .reference(let table) = rows.type, let entry = context.catalog?[table] else {
      throw problem(.noReference(walked, rows.type), node)
    }
    guard let field = entry.table.schema[name] else {
      throw problem(
        .unknownPathColumn(
          name, table: table,
          near: NearNames.suggestions(for: name, among: entry.table.schema.names)), node)
    }
    let place = place(node)
    func gather(_ slot: Int, _ type: ValueType) -> Expression {
      Expression(.gather(rows: rows, table: table, slot: slot), type, place)
    }
    guard field.type == .figure else { return .scalar(gather(field.slot, field.type)) }
    return .figure(
      FigureExpression(
        low: gather(field.slot, .number), best: gather(field.slot + 1, .number),
        high: gather(field.slot + 2, .number)))
  }

  private mutating func typedBinding(
    _ name: String, _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    let place = place(node)
    switch bindings.values[name] {
    case .value(.null)?: return .null(place)
    case .value(var value)?:
      if case .reference(let reference) = value {
        value = context.catalog?.value(of: reference) ?? .text(reference.key)
      }
      guard let type = value.type else { return .null(place) }
      if case .figure(let figure) = value { return .figure(constantFigure(figure, place)) }
      bound.append(value)
      return .scalar(Expression(.binding(bound.count - 1), type, place))
    case .null(let type)?:
      bound.append(.null)
      return .scalar(Expression(.binding(bound.count - 1), type, place))
    case .set?: throw problem(.setOutsideIn, node)
    case nil:
      let known = bindings.values.keys.sorted()
      throw problem(
        .unknownBinding(name, near: NearNames.suggestions(for: name, among: known)), node)
    }
  }

  private func constantFigure(_ figure: Figure, _ place: FormulaPlace) -> FigureExpression {
    func part(_ value: Double?) -> Expression {
      Expression(.constant(value.map { .number($0) } ?? .null), .number, place)
    }
    return FigureExpression(
      low: part(figure.low), best: part(figure.best), high: part(figure.high))
  }
}
