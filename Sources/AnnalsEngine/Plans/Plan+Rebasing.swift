extension Plan {
  /// The same plan over other lists of tables and bound values.
  ///
  /// - Parameters:
  ///   - source: Where each of the plan's tables is found in the new list.
  ///   - binding: How many bound values stand before the plan's own in the new list.
  func rebased(source: (Int) -> Int, binding: Int) -> Plan {
    func moved(_ plan: Plan) -> Plan { plan.rebased(source: source, binding: binding) }
    func moved(_ expression: Expression) -> Expression { expression.rebased(binding) }
    func moved(_ expressions: [Expression]) -> [Expression] { expressions.map { moved($0) } }
    switch self {
    case .source(let index): return .source(source(index))
    case .filter(let input, let condition): return .filter(moved(input), moved(condition))
    case .project(let input, let expressions):
      return .project(moved(input), moved(expressions))
    case .aggregate(let input, let keys, let calls):
      return .aggregate(
        moved(input), keys: moved(keys), calls: calls.map { $0.rebased(binding) })
    case .window(let input, let partition, let calls):
      return .window(
        moved(input), partition: moved(partition), calls: calls.map { $0.rebased(binding) })
    case .sort(let input, let keys):
      return .sort(moved(input), keys.map { $0.rebased(binding) })
    case .slice(let input, let skip, let take): return .slice(moved(input), skip: skip, take: take)
    case .pick(let input, let keys, let order, let calls):
      return .pick(
        moved(input), keys: moved(keys), order: order.map { $0.rebased(binding) },
        calls: calls.map { $0.rebased(binding) })
    case .hostFilter(let input, let function, let slots):
      return .hostFilter(moved(input), function: function, slots: slots)
    case .join(let left, let right, let kind, let on):
      return .join(
        moved(left), moved(right), kind,
        on: on.map { JoinKey(left: moved($0.left), right: moved($0.right)) })
    case .append(let first, let second): return .append(moved(first), moved(second))
    case .explode(let input, let slot): return .explode(moved(input), slot: slot)
    case .complete(let input, let completion): return .complete(moved(input), completion)
    case .spread(let input, let spreading): return .spread(moved(input), spreading)
    case .repeated(let input, let count): return .repeated(moved(input), count: count)
    }
  }
}

extension Expression {
  fileprivate func rebased(_ offset: Int) -> Expression {
    if offset == 0 { return self }
    if case .binding(let index) = kind { return Expression(.binding(index + offset), type, place) }
    return with(operands: operands.map { $0.rebased(offset) })
  }
}

extension AggregateCall {
  fileprivate func rebased(_ offset: Int) -> AggregateCall {
    AggregateCall(
      function: function, argument: argument?.rebased(offset), key: key?.rebased(offset),
      type: type, place: place)
  }
}

extension WindowCall {
  fileprivate func rebased(_ offset: Int) -> WindowCall {
    let moved: Function
    switch function {
    case .aggregate(let call, .rolling(let span, let date, let isPartial)):
      moved = .aggregate(
        call.rebased(offset), .rolling(span, date: date.rebased(offset), isPartial: isPartial))
    case .aggregate(let call, let frame): moved = .aggregate(call.rebased(offset), frame)
    case .rowNumber: moved = .rowNumber
    case .rank(let value): moved = .rank(value.rebased(offset))
    case .shift(let value, let step): moved = .shift(value.rebased(offset), by: step)
    }
    return WindowCall(moved, type, place)
  }
}

extension SortKey {
  fileprivate func rebased(_ offset: Int) -> SortKey {
    SortKey(expression.rebased(offset), isDescending: isDescending)
  }
}

extension Query {
  /// Another query's plan and bound values beside this one's, and the tables of both.
  func combined(with other: Query) -> (plan: Plan, sources: [Table], bound: [Value]) {
    var sources = sources
    var places: [Int] = []
    for table in other.sources {
      if let known = sources.firstIndex(where: { $0 === table }) {
        places.append(known)
      } else {
        sources.append(table)
        places.append(sources.count - 1)
      }
    }
    let plan = other.plan.rebased(source: { places[$0] }, binding: bound.count)
    return (plan, sources, bound + other.bound)
  }
}
