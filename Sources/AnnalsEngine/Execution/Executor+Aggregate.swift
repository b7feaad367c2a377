extension Executor {
  func aggregate(
    _ input: Plan, _ keys: [Expression], _ calls: [AggregateCall], _ needed: Set<Int>
  ) throws(EngineError) -> SlotColumns {
    // What can fail is carried out whether or not its answer is asked for.
    let wanted = calls.indices.filter { needed.contains(keys.count + $0) || calls[$0].canFail }
    let kept = wanted.map { calls[$0] }
    let expressions = keys + kept.compactMap(\.argument) + kept.compactMap(\.key)
    let slots = expressions.reduce(into: Set<Int>()) { $1.addSlots(to: &$0) }
    var pipeline = try pipeline(input, needed: slots)
    let preparation = try sharing(expressions, in: &pipeline)
    var sinks: [GroupSink] = []
    for _ in 0..<Ranges.workerCount(pipeline.rowCount, context) {
      sinks.append(try sink(keys, kept, preparation))
    }
    let (workers, ready) = (sinks, pipeline)
    let stop = context.stop
    try Ranges.forEach(rowCount: pipeline.rowCount, context: context) {
      worker, _, rows throws(EngineError) in
      let sink = workers[worker]
      try ready.run(rows, scratch: sink.scratch, stop: stop) {
        batch, evaluator throws(EngineError) in
        try sink.add(batch, evaluator)
      }
    }
    if keys.isEmpty { try workers[0].addEmptyGroup() }
    for other in workers.dropFirst() { try workers[0].merge(other) }
    let result = try workers[0].finished(targets: keys.map { target($0.type) })
    var columns = result.columns.prefix(keys.count).map { Optional($0) }
    columns += Array(repeating: nil, count: calls.count)
    for (position, index) in wanted.enumerated() {
      columns[keys.count + index] = result.columns[keys.count + position]
    }
    return SlotColumns(rowCount: result.rowCount, columns: columns)
  }

  private func sink(
    _ keys: [Expression], _ calls: [AggregateCall], _ preparation: Preparation
  ) throws(EngineError) -> GroupSink {
    var keyParts: [(PreparedExpression, ValueType)] = []
    for key in keys { keyParts.append((try preparation.prepared(key), key.type)) }
    var arguments: [PreparedExpression?] = []
    var callKeys: [PreparedExpression?] = []
    var states: [any AggregateState] = []
    for call in calls {
      arguments.append(try prepared(call.argument, preparation))
      callKeys.append(try prepared(call.key, preparation))
      states.append(try state(call))
    }
    return try GroupSink(
      keys: keyParts, arguments: arguments, callKeys: callKeys, states: states,
      rowCount: preparation.rowCount, context: context)
  }

  private func prepared(
    _ expression: Expression?, _ preparation: Preparation
  ) throws(EngineError) -> PreparedExpression? {
    guard let expression else { return nil }
    return try preparation.prepared(expression)
  }

  func state(_ call: AggregateCall) throws(EngineError) -> any AggregateState {
    let inner = try plainState(call)
    guard let key = call.key, let value = call.argument, call.keyTellsRows else { return inner }
    return try KeyedState(call, key: key, value: value, inner: inner, budget: context.budget)
  }

  private func plainState(_ call: AggregateCall) throws(EngineError) -> any AggregateState {
    let budget = context.budget
    switch call.function {
    case .countRows, .countKnown, .countTrue, .any, .all:
      return try CountState(call.function, budget: budget)
    case .sum, .mean: return try SumState(call, budget: budget)
    case .countDistinct:
      return try DistinctState(call.argument?.type ?? .integer, budget: budget)
    case .min, .max, .first, .last, .only:
      return try ChoiceState(
        call.function, type: call.type, target: target(call.type), budget: budget)
    case .quantile(let share): return try QuantileState(share, budget: budget)
    case .standardDeviation:
      return try DeviationState(call.argument?.type ?? .number, budget: budget)
    case .mode: return try ModeState(call.type, target: target(call.type), budget: budget)
    case .list: return try ListState(budget: budget, stop: context.stop)
    case .companion(let choice): return try CompanionState(choice, budget: budget)
    case .rowsBehind: return try RowsBehindState(rule: nil, context: context)
    case .checkAddition(let table, let mayRepeat):
      guard let rule = query.catalog?[table]?.additionRule else {
        throw .misuse("the dataset has no rule of addition for `\(table)`", fix: nil)
      }
      return try RowsBehindState(rule: (rule.check, mayRepeat), context: context)
    }
  }
}

extension AggregateCall {
  /// Whether the rows can make it fail.
  var canFail: Bool {
    if argument?.canFail == true || key?.canFail == true { return true }
    switch function {
    case .checkAddition: return true
    case .sum: return argument?.type == .integer || key != nil
    default: return key != nil && keyTellsRows
    }
  }

  /// Whether its key says which rows count once, and not something else.
  fileprivate var keyTellsRows: Bool {
    switch function {
    case .companion, .rowsBehind, .checkAddition: false
    default: true
    }
  }
}
