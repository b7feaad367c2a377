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
    case .median: return .scalar(try taken(.quantile(0.5), try number(first), .number, in: &scope))
    case .quantile:
      let share = try share(arguments[1])
      return .scalar(try taken(.quantile(share), try number(first), .number, in: &scope))
    case .stddev:
      return .scalar(try taken(.standardDeviation, try number(first), .number, in: &scope))
    case .mode:
      let value = try scalar(first)
      return .scalar(try taken(.mode, value, value.type, in: &scope))
    case .list:
      let text = try typer.asText(try scalar(first), name, place)
      return .scalar(try taken(.list, text, .list, in: &scope))
    case .sum, .mean: return try added(first, arguments.dropFirst().first, in: &scope)
    }
  }

  // MARK: Choosing

  /// A result that is chosen from the values or computed from them without adding.
  private func taken(
    _ function: AggregateCall.Function, _ value: Expression, _ type: ValueType,
    in scope: inout AggregateScope
  ) throws(EngineError) -> Expression {
    let lineage = try lineage(of: .scalar(value), in: &scope)
    return scope.slot(of: call(function, value, type), lineage)
  }

  private func chosen(
    _ argument: Typed, in scope: inout AggregateScope
  ) throws(EngineError) -> Typed {
    if case .figure(let figure) = argument {
      let key = figure.orderKey(place)
      let lineage = try lineage(of: argument, in: &scope)
      func part(_ part: Expression, _ scope: inout AggregateScope) -> Expression {
        scope.slot(of: call(.companion(aggregate.choice), part, .number, key: key), lineage)
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
    return .scalar(try taken(aggregate.choice.function, value, value.type, in: &scope))
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
    let lineage = try lineage(ofSumOf: argument, hasKey: key != nil, in: &scope)
    switch argument {
    case .null(let place): throw .formula(.typelessNull, place)
    case .scalar(let value):
      let type: ValueType = aggregate == .mean ? .number : value.type
      let call = call(aggregate == .mean ? .mean : .sum, value, type, key: key)
      return .scalar(scope.slot(of: call, lineage))
    case .figure(let figure):
      guard aggregate == .sum else { throw .formula(.figureNeedsPart(name), place) }
      return .figure(sum(of: figure, key: key, lineage, in: &scope))
    }
  }

  /// Adds low with unknown as 0, and best and high where every figure that says anything says them.
  private func sum(
    of figure: FigureExpression, key: Expression?, _ lineage: Lineage,
    in scope: inout AggregateScope
  ) -> FigureExpression {
    let isKnown = Expression(.not(figure.isNull(place)), .boolean, place)
    let zero = Expression(.constant(.number(0)), .number, place)
    let null = Expression(.constant(.null), .number, place)
    let lowOrZero = Expression(.call(.coalesce, [figure.low, zero]), .number, place)
    let low = Expression(.choose(isKnown, then: lowOrZero, else: null), .number, place)
    let figures = scope.slot(of: call(.countTrue, isKnown, .integer, key: key))
    func whole(_ part: Expression, _ scope: inout AggregateScope) -> Expression {
      let sum = scope.slot(of: call(.sum, part, .number, key: key), lineage)
      let count = scope.slot(of: call(.countKnown, part, .integer, key: key))
      let isWhole = Expression(.call(.compare(.equal), [count, figures]), .boolean, place)
      return Expression(.choose(isWhole, then: sum, else: null), .number, place)
    }
    return FigureExpression(
      low: scope.slot(of: call(.sum, low, .number, key: key), lineage),
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

  // MARK: Rows behind

  /// What is known of a result that is one of the argument's values, or computed from them.
  private func lineage(of argument: Typed, in scope: inout AggregateScope) throws(EngineError)
    -> Lineage
  {
    try lineage(of: argument, in: &scope) { .rowsBehind(table: $0) }
  }

  /// The same of their sum: where a table has a rule of addition, it looks at the rows behind them.
  private func lineage(
    ofSumOf argument: Typed, hasKey: Bool, in scope: inout AggregateScope
  ) throws(EngineError) -> Lineage {
    let own = facts(of: argument)
    if let table = own.lost.min() {
      throw .formula(
        .rowsUnknown(function: name, column: typer.place(nodes[0]).text, table: table), place)
    }
    return try lineage(of: argument, in: &scope) {
      .checkAddition(table: $0, mayRepeat: hasKey || own.isDivided)
    }
  }

  private func lineage(
    of argument: Typed, in scope: inout AggregateScope,
    _ function: (String) -> AggregateCall.Function
  ) throws(EngineError) -> Lineage {
    let (facts, catalog) = (typer.context.facts, typer.context.catalog)
    let behind = argument.expressions.reduce([]) {
      RowsBehind.all($0, facts.rowsBehind($1, catalog))
    }
    let own = self.facts(of: argument)
    var result = Lineage()
    result.lost = own.lost
    result.isDivided = own.isDivided
    for rows in behind {
      let call = call(function(rows.table), try known(argument), .text, key: rows.rows)
      result.guards.insert(scope.guarding(call, rows.table))
    }
    return result
  }

  private func facts(of argument: Typed) -> Lineage {
    var result = Lineage()
    for expression in argument.expressions {
      result.formUnion(typer.context.facts.lineage(of: expression, typer.context.catalog))
    }
    return result
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
