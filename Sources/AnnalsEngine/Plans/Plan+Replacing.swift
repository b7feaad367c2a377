extension Plan {
  /// The same step over other inputs.
  func replacingInputs(_ replace: (Plan) -> Plan) -> Plan {
    switch self {
    case .source: self
    case .filter(let input, let condition): .filter(replace(input), condition)
    case .project(let input, let expressions): .project(replace(input), expressions)
    case .aggregate(let input, let keys, let calls):
      .aggregate(replace(input), keys: keys, calls: calls)
    case .window(let input, let partition, let calls):
      .window(replace(input), partition: partition, calls: calls)
    case .sort(let input, let keys): .sort(replace(input), keys)
    case .slice(let input, let skip, let take): .slice(replace(input), skip: skip, take: take)
    case .leading(let input, let partition, let count):
      .leading(replace(input), partition: partition, count: count)
    case .pick(let input, let keys, let order, let calls):
      .pick(replace(input), keys: keys, order: order, calls: calls)
    case .hostFilter(let input, let function, let slots):
      .hostFilter(replace(input), function: function, slots: slots)
    case .join(let left, let right, let kind, let keys):
      .join(replace(left), replace(right), kind, on: keys)
    case .append(let first, let second): .append(replace(first), replace(second))
    case .explode(let input, let slot): .explode(replace(input), slot: slot)
    case .complete(let input, let completion): .complete(replace(input), completion)
    case .spread(let input, let spreading): .spread(replace(input), spreading)
    case .repeated(let input, let count): .repeated(replace(input), count: count)
    }
  }

  /// The steps that it takes its rows from.
  var inputs: [Plan] {
    switch self {
    case .source: []
    case .filter(let input, _), .project(let input, _), .aggregate(let input, _, _),
      .window(let input, _, _), .sort(let input, _), .slice(let input, _, _),
      .pick(let input, _, _, _), .hostFilter(let input, _, _), .explode(let input, _),
      .complete(let input, _), .spread(let input, _), .repeated(let input, _),
      .leading(let input, _, _):
      [input]
    case .join(let left, let right, _, _): [left, right]
    case .append(let first, let second): [first, second]
    }
  }

  /// Whether a test holds of it or of a step before it.
  func contains(_ test: (Plan) -> Bool) -> Bool {
    test(self) || inputs.contains { $0.contains(test) }
  }

  /// The same plan with other expressions in all its steps.
  func replacingExpressions(_ replace: (Expression) -> Expression) -> Plan {
    replacingInputs { $0.replacingExpressions(replace) }.replacingOwnExpressions(replace)
  }

  /// The same inputs with other expressions in this step alone.
  func replacingOwnExpressions(_ replace: (Expression) -> Expression) -> Plan {
    switch self {
    case .filter(let input, let condition): .filter(input, replace(condition))
    case .project(let input, let expressions): .project(input, expressions.map(replace))
    case .aggregate(let input, let keys, let calls):
      .aggregate(input, keys: keys.map(replace), calls: calls.map { $0.replacing(replace) })
    case .window(let input, let partition, let calls):
      .window(
        input, partition: partition.map(replace), calls: calls.map { $0.replacing(replace) })
    case .sort(let input, let keys): .sort(input, keys.map { $0.replacing(replace) })
    case .leading(let input, let partition, let count):
      .leading(input, partition: partition.map(replace), count: count)
    case .pick(let input, let keys, let order, let calls):
      .pick(
        input, keys: keys.map(replace), order: order.map { $0.replacing(replace) },
        calls: calls.map { $0.replacing(replace) })
    case .join(let left, let right, let kind, let keys):
      .join(
        left, right, kind,
        on: keys.map { JoinKey(left: replace($0.left), right: replace($0.right)) })
    case .source, .slice, .hostFilter, .append, .explode, .complete, .spread, .repeated: self
    }
  }
}

extension AggregateCall {
  fileprivate func replacing(_ replace: (Expression) -> Expression) -> AggregateCall {
    AggregateCall(
      function: function, argument: argument.map(replace), key: key.map(replace), type: type,
      place: place)
  }
}

extension WindowCall {
  fileprivate func replacing(_ replace: (Expression) -> Expression) -> WindowCall {
    let function: Function
    switch self.function {
    case .aggregate(let call, .rolling(let span, let date, let isPartial)):
      function = .aggregate(
        call.replacing(replace), .rolling(span, date: replace(date), isPartial: isPartial))
    case .aggregate(let call, let frame): function = .aggregate(call.replacing(replace), frame)
    case .rowNumber: function = .rowNumber
    case .rank(let value): function = .rank(replace(value))
    case .shift(let value, let step): function = .shift(replace(value), by: step)
    }
    return WindowCall(function, type, place)
  }
}

extension SortKey {
  func replacing(_ replace: (Expression) -> Expression) -> SortKey {
    SortKey(replace(expression), isDescending: isDescending)
  }
}
