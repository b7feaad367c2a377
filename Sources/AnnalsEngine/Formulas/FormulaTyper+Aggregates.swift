/// The rows under the groups that a formula of `aggregate` speaks of, and the aggregates found.
struct AggregateScope {
  /// What names mean inside an aggregate.
  let rows: FormulaContext
  /// The slot of the first aggregate among the results; the group columns stand before it.
  let firstSlot: Int
  /// Each is computed once, however often it is written.
  var calls: [AggregateCall] = []
  /// Over the results: whether running totals were added in the formula at hand.
  var running: Expression?

  init(rows: FormulaContext, firstSlot: Int) {
    self.rows = rows
    self.firstSlot = firstSlot
  }

  mutating func slot(of call: AggregateCall) -> Expression {
    let index: Int
    if let known = calls.firstIndex(of: call) {
      index = known
    } else {
      calls.append(call)
      index = calls.count - 1
    }
    return Expression(.slot(firstSlot + index), call.type, call.place)
  }
}

extension FormulaTyper {
  mutating func typedAggregate(
    _ aggregate: Aggregate, _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    let name = aggregate.rawValue
    guard var scope = aggregates else {
      throw problem(.aggregateOutside(name, verb: context.verb), node)
    }
    try checkCount(nodes, aggregate.argumentCounts, name, node)
    var inner = FormulaTyper(
      context: scope.rows, formula: formula, bindings: bindings, bound: bound)
    if let inside = nodes.lazy.compactMap({ $0.firstAggregate }).first {
      throw problem(.nestedAggregate(inside.name), inside.node)
    }
    var arguments: [Typed] = []
    for argument in nodes { arguments.append(try inner.typed(argument)) }
    let calls = AggregateCalls(
      aggregate: aggregate, typer: inner, nodes: nodes, place: place(node))
    let result = try calls.typed(arguments, in: &scope)
    bound = inner.bound
    aggregates = scope
    return result
  }
}

extension FormulaNode {
  /// An aggregate that is called somewhere in it.
  fileprivate var firstAggregate: (name: String, node: FormulaNode)? {
    switch kind {
    case .call(let name, _) where Aggregate(rawValue: name) != nil: return (name, self)
    case .call(_, let nodes), .set(let nodes):
      return nodes.lazy.compactMap { $0.firstAggregate }.first
    case .negated(let operand), .not(let operand): return operand.firstAggregate
    case .binary(_, let left, let right), .member(let left, let right):
      return left.firstAggregate ?? right.firstAggregate
    default: return nil
    }
  }
}

extension Aggregate {
  fileprivate var argumentCounts: ClosedRange<Int> {
    switch self {
    case .count: 0...1
    case .sum, .mean: 1...2
    default: 1...1
    }
  }
}

/// Makes the calls that one aggregate of a formula stands for.
private struct AggregateCalls {
  let aggregate: Aggregate
  let typer: FormulaTyper
  let nodes: [FormulaNode]
  let place: FormulaPlace

  private var name: String { aggregate.rawValue }

  func typed(_ arguments: [Typed], in scope: inout AggregateScope) throws(EngineError) -> Typed {
    guard let first = arguments.first else {
      return .scalar(scope.slot(of: call(.countRows, nil, .integer)))
    }
    switch aggregate {
    case .count:
      return .scalar(scope.slot(of: call(.countKnown, try known(first), .integer)))
    case .countIf: return .scalar(scope.slot(of: call(.countTrue, try boolean(first), .integer)))
    case .any: return .scalar(scope.slot(of: call(.any, try boolean(first), .boolean)))
    case .all: return .scalar(scope.slot(of: call(.all, try boolean(first), .boolean)))
    case .distinct:
      return .scalar(scope.slot(of: call(.countDistinct, try scalar(first), .integer)))
    case .min, .max:
      let value = try scalar(first)
      switch value.type {
      case .integer, .number, .text, .day, .time: break
      default: throw refused(value.type, takes: "numbers, texts or dates")
      }
      return .scalar(
        scope.slot(of: call(aggregate == .min ? .min : .max, value, value.type)))
    case .first, .last:
      let value = try scalar(first)
      return .scalar(
        scope.slot(of: call(aggregate == .first ? .first : .last, value, value.type)))
    case .sum, .mean: return try added(first, arguments.dropFirst().first, in: &scope)
    }
  }

  // MARK: Adding

  private func added(
    _ argument: Typed, _ key: Typed?, in scope: inout AggregateScope
  ) throws(EngineError) -> Typed {
    let key = try key.map { value throws(EngineError) in try scalar(value) }
    try checkNumeric(argument)
    if key == nil { try checkRepeats(argument) }
    try guardAddition(argument, in: &scope)
    switch argument {
    case .null(let place): throw .formula(.typelessNull, place)
    case .scalar(let value):
      let type: ValueType = aggregate == .mean ? .number : value.type
      return .scalar(
        scope.slot(of: call(aggregate == .mean ? .mean : .sum, value, type, key: key)))
    case .figure(let figure):
      guard aggregate == .sum else { throw .formula(.figureNeedsPart(name), place) }
      return .figure(sum(of: figure, key: key, in: &scope))
    }
  }

  /// Adds low with unknown as 0, and best and high where every figure that says anything says them.
  private func sum(
    of figure: FigureExpression, key: Expression?, in scope: inout AggregateScope
  ) -> FigureExpression {
    let isKnown = Expression(.not(figure.isNull(place)), .boolean, place)
    let zero = Expression(.constant(.number(0)), .number, place)
    let null = Expression(.constant(.null), .number, place)
    let lowOrZero = Expression(.call(.coalesce, [figure.low, zero]), .number, place)
    let low = Expression(.choose(isKnown, then: lowOrZero, else: null), .number, place)
    let figures = scope.slot(of: call(.countTrue, isKnown, .integer, key: key))
    func whole(_ part: Expression, _ scope: inout AggregateScope) -> Expression {
      let sum = scope.slot(of: call(.sum, part, .number, key: key))
      let count = scope.slot(of: call(.countKnown, part, .integer, key: key))
      let isWhole = Expression(.call(.compare(.equal), [count, figures]), .boolean, place)
      return Expression(.choose(isWhole, then: sum, else: null), .number, place)
    }
    return FigureExpression(
      low: scope.slot(of: call(.sum, low, .number, key: key)),
      best: whole(figure.best, &scope), high: whole(figure.high, &scope))
  }

  private func checkNumeric(_ argument: Typed) throws(EngineError) {
    guard case .scalar(let value) = argument else { return }
    guard value.type == .integer || value.type == .number else {
      throw refused(
        value.type, takes: value.type == .boolean ? "numbers (try `count_if`)" : "numbers")
    }
  }

  /// A number that a path brings may belong to a row that several rows lead to.
  private func checkRepeats(_ argument: Typed) throws(EngineError) {
    for expression in argument.expressions {
      guard let table = repeated(expression) else { continue }
      throw .formula(
        .repeated(
          function: name, column: typer.place(nodes[0]).text, table: table, key: key(table)), place)
    }
  }

  /// The part of the argument's path that names a row of the table.
  private func key(_ table: String) -> String? {
    guard case .path(let names) = nodes[0].kind else { return nil }
    for count in stride(from: names.count - 1, through: 1, by: -1) {
      let prefix = Array(names.prefix(count))
      var typer = typer
      let typed = try? typer.typed(FormulaNode(kind: .path(prefix), range: nodes[0].range))
      if typed?.type == .reference(table: table) { return prefix.joined(separator: ".") }
    }
    return nil
  }

  private func repeated(_ expression: Expression) -> String? {
    switch expression.kind {
    case .slot(let slot):
      return typer.context.lineages[slot].repeats.min()
    case .gather(let rows, let table, _):
      if case .slot(let slot) = rows.kind, typer.context.uniqueSlots.contains([slot]) {
        return repeated(rows)
      }
      return table
    default:
      return expression.operands.lazy.compactMap { repeated($0) }.first
    }
  }

  /// Where the numbers are claims, has their table's rule of addition look at the rows.
  private func guardAddition(
    _ argument: Typed, in scope: inout AggregateScope
  ) throws(EngineError) {
    let known = try known(argument)
    var found: Set<AggregateCall> = []
    for expression in argument.expressions {
      for (function, rows) in guards(of: expression) {
        let null = Expression(.constant(.null), rows.type, place)
        let isNull = Expression(.isNull(known), .boolean, place)
        let watched = Expression(.choose(isNull, then: null, else: rows), rows.type, place)
        let call = call(function, watched, .boolean)
        guard found.insert(call).inserted else { continue }
        let running = scope.slot(of: call)
        scope.running =
          scope.running.map { Expression(.or($0, running), .boolean, place) } ?? running
      }
    }
  }

  private func guards(
    of expression: Expression
  ) -> [(function: AggregateCall.Function, rows: Expression)] {
    switch expression.kind {
    case .slot(let slot):
      let lineage = typer.context.lineages[slot]
      var found: [(AggregateCall.Function, Expression)] = []
      for table in lineage.guarded.sorted() {
        guard let rows = typer.context.rowSlots[table] else { continue }
        found.append(
          (
            .checkAddition(table: table),
            Expression(.slot(rows), .reference(table: table), place)
          ))
      }
      if let running = lineage.runningSlot {
        found.append((.checkRunning, Expression(.slot(running), .boolean, place)))
      }
      return found
    case .gather(let rows, let table, let slot):
      guard let entry = typer.context.catalog?[table], entry.guardedSlots.contains(slot) else {
        return []
      }
      return [(.checkAddition(table: table), rows)]
    default: return expression.operands.flatMap { guards(of: $0) }
    }
  }

  // MARK: Arguments

  private func call(
    _ function: AggregateCall.Function, _ argument: Expression?, _ type: ValueType,
    key: Expression? = nil
  ) -> AggregateCall {
    AggregateCall(function: function, argument: argument, key: key, type: type, place: place)
  }

  private func scalar(_ argument: Typed) throws(EngineError) -> Expression {
    switch argument {
    case .null(let place): throw .formula(.typelessNull, place)
    case .figure: throw .formula(.figureNeedsPart(name), place)
    case .scalar(let expression):
      if expression.type == .list { throw .formula(.listInFormula(name), place) }
      return expression
    }
  }

  /// Something that is null just where the argument is.
  private func known(_ argument: Typed) throws(EngineError) -> Expression {
    switch argument {
    case .null(let place): throw .formula(.typelessNull, place)
    case .scalar(let expression): return expression
    case .figure(let figure): return figure.orderKey(place)
    }
  }

  private func boolean(_ argument: Typed) throws(EngineError) -> Expression {
    let expression = try scalar(argument)
    guard expression.type == .boolean else { throw refused(expression.type, takes: "a condition") }
    return expression
  }

  private func refused(_ type: ValueType, takes: String) -> EngineError {
    .formula(.argumentType(function: name, position: 1, takes: takes, got: type), place)
  }
}
