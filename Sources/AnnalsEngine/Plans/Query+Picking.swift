/// What stays of rows that agree in a key.
package enum Picking: Sendable {
  /// One of the rows, unchanged.
  case row
  /// One row, with the least low and the greatest high of a figure field where all are known, its
  /// best where all agree, and other fields null where they differ.
  case widest(field: String)
}

extension Query {
  /// Of the rows that agree in all of `keys` the one that comes first by `order`; a column with how
  /// many agreed is added. Rows keep the input's order, and so do the groups.
  ///
  /// - Parameters:
  ///   - keys: Columns, paths or formulas. Null agrees with null.
  ///   - order: As for ``sorted(by:_:)``; of equal rows the first stays.
  ///   - countName: The name of the added column.
  ///   - verb: What messages call it.
  package func picking(
    _ picking: Picking = .row, keys: [String], order: [String], countName: String, verb: String
  ) throws(EngineError) -> Query {
    var bound = bound
    var keyExpressions: [Expression] = []
    for text in keys {
      keyExpressions += try column(text, verb, Bindings(), &bound, needsName: false)
        .value.expressions
    }
    var sortKeys: [SortKey] = []
    for text in order { sortKeys.append(try sortKey(text, verb, Bindings(), &bound)) }
    guard schema[countName] == nil else {
      throw .misuse(
        "`\(verb)` adds the column `\(countName)`, which is there already",
        fix: "rename the column, or resolve only once")
    }
    var calls = PickedCalls(firstSlot: facts.lineages.count, verb: verb)
    var output = OutputColumns()
    for field in schema.fields {
      let value = value(of: field, calls.place)
      try output.append(
        field.name, calls.combined(value, field, picking), origins(of: value))
    }
    try output.append(countName, .scalar(calls.count), [Origin()])
    let base = with(
      plan: .pick(plan, keys: keyExpressions, order: sortKeys, calls: calls.calls), bound: bound,
      facts: facts.adding(calls.calls.count))
    base.appendHidden(to: &output)
    return base.projected(output, bound: bound)
  }
}

/// The aggregates over the rows that agree.
private struct PickedCalls {
  let firstSlot: Int
  let place: FormulaPlace
  private(set) var calls: [AggregateCall] = []

  init(firstSlot: Int, verb: String) {
    self.firstSlot = firstSlot
    place = FormulaPlace(formula: verb, range: 0..<verb.utf8.count)
  }

  var count: Expression {
    mutating get { slot(.countRows, nil, .integer) }
  }

  mutating func combined(_ value: Typed, _ field: Field, _ picking: Picking) -> Typed {
    guard case .widest(let widened) = picking else { return value }
    switch value {
    case .figure(let figure) where field.name == widened:
      return .figure(
        FigureExpression(
          low: whole(.min, figure.low), best: whole(.only, figure.best),
          high: whole(.max, figure.high)))
    case .figure(let figure):
      return .figure(
        FigureExpression(
          low: same(figure.low), best: same(figure.best), high: same(figure.high)))
    case .scalar(let expression) where expression.type != .list:
      return .scalar(same(expression))
    default: return value
    }
  }

  /// The value if all rows have the same, null counting as one.
  private mutating func same(_ expression: Expression) -> Expression {
    whole(.only, expression)
  }

  /// A combination of values that is null where one of them is.
  private mutating func whole(
    _ function: AggregateCall.Function, _ expression: Expression
  ) -> Expression {
    let combined = slot(function, expression, expression.type)
    let known = slot(.countKnown, expression, .integer)
    let all = count
    let isWhole = Expression(.call(.compare(.equal), [known, all]), .boolean, place)
    let null = Expression(.constant(.null), expression.type, place)
    return Expression(.choose(isWhole, then: combined, else: null), expression.type, place)
  }

  private mutating func slot(
    _ function: AggregateCall.Function, _ argument: Expression?, _ type: ValueType
  ) -> Expression {
    let call = AggregateCall(
      function: function, argument: argument, key: nil, type: type, place: place)
    let index: Int
    if let known = calls.firstIndex(of: call) {
      index = known
    } else {
      calls.append(call)
      index = calls.count - 1
    }
    return Expression(.slot(firstSlot + index), type, place)
  }
}
