/// Makes the calls that one aggregate of a formula stands for.
struct AggregateCalls {
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
    case .min, .max, .first, .last: return try chosen(first, in: &scope)
    case .median: return .scalar(scope.slot(of: call(.quantile(0.5), try number(first), .number)))
    case .quantile:
      let share = try share(arguments[1])
      return .scalar(scope.slot(of: call(.quantile(share), try number(first), .number)))
    case .stddev:
      return .scalar(scope.slot(of: call(.standardDeviation, try number(first), .number)))
    case .mode:
      let value = try scalar(first)
      return .scalar(scope.slot(of: call(.mode, value, value.type)))
    case .list:
      let text = try typer.asText(try scalar(first), name, place)
      return .scalar(scope.slot(of: call(.list, text, .list)))
    case .sum, .mean: return try added(first, arguments.dropFirst().first, in: &scope)
    }
  }

  // MARK: Choosing

  private func chosen(
    _ argument: Typed, in scope: inout AggregateScope
  ) throws(EngineError) -> Typed {
    if case .figure(let figure) = argument {
      let key = figure.orderKey(place)
      func part(_ part: Expression, _ scope: inout AggregateScope) -> Expression {
        scope.slot(of: call(.companion(aggregate.choice), part, .number, key: key))
      }
      return .figure(
        FigureExpression(
          low: part(figure.low, &scope), best: part(figure.best, &scope),
          high: part(figure.high, &scope)))
    }
    let value = try scalar(argument)
    switch (aggregate, value.type) {
    case (.first, _), (.last, _), (_, .integer), (_, .number), (_, .text), (_, .day), (_, .time):
      break
    default: throw refused(value.type, takes: "numbers, texts or dates")
    }
    return .scalar(scope.slot(of: call(aggregate.choice.function, value, value.type)))
  }

  /// The share of a quantile, which must be known before anything runs.
  private func share(_ argument: Typed) throws(EngineError) -> Double {
    guard case .scalar(let expression) = argument,
      let share = typer.constantNumber(expression), (0...1).contains(share)
    else {
      throw typer.problem(
        .notConstant(function: name, takes: "a number from 0 to 1"), nodes[1])
    }
    return share
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
      let lineage = typer.context.facts.lineage(of: expression, typer.context.catalog)
      guard let first = lineage.repeats.min() else { continue }
      // The last step of a path decides: an event's place may be the place of other events too.
      let table = expression.gatheredTables.first { lineage.repeats.contains($0) } ?? first
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

  /// Where the numbers are claims, has their table's rule of addition look at the rows.
  private func guardAddition(
    _ argument: Typed, in scope: inout AggregateScope
  ) throws(EngineError) {
    let known = try known(argument)
    var found: Set<AggregateCall> = []
    for expression in argument.expressions {
      for (function, rows) in try guards(of: expression) {
        let null = Expression(.constant(.null), rows.type, place)
        let isNull = Expression(.isNull(known), .boolean, place)
        let watched = Expression(.choose(isNull, then: null, else: rows), rows.type, place)
        let call = call(function, watched, .boolean)
        guard found.insert(call).inserted else { continue }
        let running = scope.checkSlot(of: call)
        scope.running =
          scope.running.map { Expression(.or($0, running), .boolean, place) } ?? running
      }
    }
  }

  private func guards(
    of expression: Expression
  ) throws(EngineError) -> [(function: AggregateCall.Function, rows: Expression)] {
    switch expression.kind {
    case .slot(let slot): return try guards(of: typer.context.facts.lineages[slot])
    case .gather(let rows, let table, let slot)
    where typer.context.catalog?[table]?.guardedSlots.contains(slot) == true:
      return [(.checkAddition(table: table), rows)]
    default:
      var found: [(function: AggregateCall.Function, rows: Expression)] = []
      for operand in expression.operands { found += try guards(of: operand) }
      return found
    }
  }

  private func guards(
    of lineage: Lineage
  ) throws(EngineError) -> [(function: AggregateCall.Function, rows: Expression)] {
    if let table = lineage.lost.min() {
      throw .formula(
        .rowsUnknown(function: name, column: typer.place(nodes[0]).text, table: table), place)
    }
    var found: [(function: AggregateCall.Function, rows: Expression)] = []
    for watched in lineage.guards.sorted(by: { ($0.table, $0.rowSlot) < ($1.table, $1.rowSlot) }) {
      found.append(
        (
          .checkAddition(table: watched.table),
          Expression(.slot(watched.rowSlot), .reference(table: watched.table), place)
        ))
    }
    if let running = lineage.runningSlot {
      found.append((.checkRunning, Expression(.slot(running), .boolean, place)))
    }
    return found
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

  private func number(_ argument: Typed) throws(EngineError) -> Expression {
    let expression = try scalar(argument)
    guard expression.type == .integer || expression.type == .number else {
      throw refused(expression.type, takes: "numbers")
    }
    return expression
  }

  private func refused(_ type: ValueType, takes: String) -> EngineError {
    .formula(.argumentType(function: name, position: 1, takes: takes, got: type), place)
  }
}
