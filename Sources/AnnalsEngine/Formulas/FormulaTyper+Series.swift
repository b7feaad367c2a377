extension FormulaTyper {
  mutating func typedSeries(
    _ series: Series, _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    let name = series.rawValue
    guard var scope = aggregates, let frame = scope.frame else {
      throw problem(.seriesOutside(name, verb: context.verb), node)
    }
    guard frame == .partition else {
      throw problem(.notInFrame(name, frame: frame.name), node)
    }
    switch series {
    case .rowNumber:
      try checkCount(nodes, 0...0, name, node)
      let result = scope.slot(of: WindowCall(.rowNumber, .integer, place(node)))
      aggregates = scope
      return .scalar(result)
    case .rank:
      try checkCount(nodes, 1...1, name, node)
      let value = try argument(nodes[0], of: name, scope)
      let result = scope.slot(of: WindowCall(.rank(value), .integer, place(node)))
      aggregates = scope
      return .scalar(result)
    case .lag, .lead: return try shifted(series, nodes, node, &scope)
    case .cumulate:
      try checkCount(nodes, 1...1, name, node)
      return try framed(.cumulative, nodes[0], series)
    case .rolling: return try rolling(nodes, node, scope)
    }
  }

  /// A value over the rows, in which no aggregate stands.
  private mutating func argument(
    _ node: FormulaNode, of function: String, _ scope: AggregateScope
  ) throws(EngineError) -> Expression {
    var inner = FormulaTyper(
      context: scope.rows, formula: formula, bindings: bindings, bound: bound)
    defer { bound = inner.bound }
    switch try inner.typed(node) {
    case .null(let place): throw .formula(.typelessNull, place)
    case .figure(let figure): return figure.orderKey(place(node))
    case .scalar(let expression):
      if expression.type == .list { throw problem(.listInFormula(function), node) }
      return expression
    }
  }

  private mutating func shifted(
    _ series: Series, _ nodes: [FormulaNode], _ node: FormulaNode, _ scope: inout AggregateScope
  ) throws(EngineError) -> Typed {
    let name = series.rawValue
    try checkCount(nodes, 1...2, name, node)
    var count: Int64 = 1
    if nodes.count == 2 {
      guard case .scalar(let expression) = try typed(nodes[1]),
        let given = constantInteger(expression), given >= 0
      else { throw problem(.notConstant(function: name, takes: "a number of rows"), nodes[1]) }
      count = given
    }
    let step = Int(clamping: series == .lag ? count : -count)
    var inner = FormulaTyper(
      context: scope.rows, formula: formula, bindings: bindings, bound: bound)
    let value = try inner.typed(nodes[0])
    bound = inner.bound
    func shift(_ expression: Expression, _ scope: inout AggregateScope) -> Expression {
      let facts = scope.rows.facts
      var lineage = facts.lineage(of: expression, context.catalog)
      for behind in facts.rowsBehind(expression, context.catalog) {
        let rows = WindowCall(.shift(behind.rows, by: step), behind.rows.type, place(node))
        lineage.guards.insert(scope.guarding(rows, behind.table))
      }
      return scope.slot(
        of: WindowCall(.shift(expression, by: step), expression.type, place(node)), lineage)
    }
    defer { aggregates = scope }
    switch value {
    case .null(let place): throw .formula(.typelessNull, place)
    case .scalar(let expression): return .scalar(shift(expression, &scope))
    case .figure(let figure):
      return .figure(
        FigureExpression(
          low: shift(figure.low, &scope), best: shift(figure.best, &scope),
          high: shift(figure.high, &scope)))
    }
  }

  func constantNumber(_ expression: Expression) -> Double? {
    if case .constant(.number(let value)) = expression.kind { return value }
    if case .binding(let index) = expression.kind, case .number(let value) = bound[index] {
      return value
    }
    return constantInteger(expression).map { Double($0) }
  }

  func constantInteger(_ expression: Expression) -> Int64? {
    switch expression.kind {
    case .constant(.integer(let value)): return value
    case .binding(let index):
      guard case .integer(let value) = bound[index] else { return nil }
      return value
    default: return nil
    }
  }

  private mutating func rolling(
    _ nodes: [FormulaNode], _ node: FormulaNode, _ scope: AggregateScope
  ) throws(EngineError) -> Typed {
    try checkCount(nodes, 2...4, "rolling", node)
    guard case .scalar(let text) = try typed(nodes[1]), let written = constantText(text) else {
      throw problem(.notConstant(function: "rolling", takes: "the span"), nodes[1])
    }
    if let count = RowSpan.count(written) {
      try checkCount(nodes, 2...3, "rolling", node)
      let isPartial = try isPartial(nodes.dropFirst(2))
      return try framed(.lastRows(count, isPartial: isPartial), nodes[0], .rolling)
    }
    try checkCount(nodes, 3...4, "rolling", node)
    guard let span = CalendarSpan(written) else { throw problem(.unknownSpan(written), nodes[1]) }
    var date = try argument(nodes[2], of: "rolling", scope)
    if date.type == .time { date = Expression(.call(.function(.day), [date]), .day, date.place) }
    guard date.type == .day else {
      throw problem(
        .argumentType(function: "rolling", position: 3, takes: "a day", got: date.type), nodes[2])
    }
    let isPartial = try isPartial(nodes.dropFirst(3))
    return try framed(.rolling(span, date: date, isPartial: isPartial), nodes[0], .rolling)
  }

  /// Whether the last argument of `rolling`, if it has one more, says `'partial'`.
  private mutating func isPartial(_ nodes: ArraySlice<FormulaNode>) throws(EngineError) -> Bool {
    guard let node = nodes.first else { return false }
    guard case .scalar(let text) = try typed(node), constantText(text) == "partial" else {
      throw problem(.notConstant(function: "rolling", takes: "'partial'"), node)
    }
    return true
  }

  /// Types a formula whose aggregates are over a frame.
  private mutating func framed(
    _ frame: WindowCall.Frame, _ node: FormulaNode, _ series: Series
  ) throws(EngineError) -> Typed {
    guard node.holdsAggregate else { throw problem(.aggregateNeeded(series.rawValue), node) }
    aggregates?.frame = frame
    defer { aggregates?.frame = .partition }
    return try typed(node)
  }
}
