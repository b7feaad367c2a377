extension Executor {
  func aggregate(
    _ input: Plan, _ keys: [Expression], _ calls: [AggregateCall], _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let wanted = calls.indices.filter { needed.contains(keys.count + $0) || calls[$0].isCheck }
    let kept = wanted.map { calls[$0] }
    let expressions = keys + kept.compactMap(\.argument) + kept.compactMap(\.key)
    let slots = expressions.reduce(into: SlotSet()) { $1.addSlots(to: &$0) }
    var pipeline = try pipeline(input, needed: slots)
    var grouping = try GroupPreparation(keys, kept, try sharing(expressions, in: &pipeline))
    if kept.allSatisfy(\.allowsRowsOfNoGroup) { grouping.takeOver(&pipeline.steps) }
    var context = context
    context.batchSize = context.batchSize(for: pipeline.rowCount)
    var sinks: [GroupSink] = []
    for _ in 0..<Ranges.workerCount(pipeline.rowCount, context) {
      var states: [any AggregateState] = []
      for (index, call) in kept.enumerated() {
        states.append(try state(call, code: grouping.argumentCodes[index]))
      }
      sinks.append(
        try GroupSink(grouping, states: states, context: context))
    }
    let (workers, ready) = (sinks, pipeline)
    try Ranges.forEach(rowCount: pipeline.rowCount, context: context) {
      worker, _, rows throws(EngineError) in
      let sink = workers[worker]
      try ready.run(rows, scratch: sink.scratch) {
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

  /// - Parameter code: The argument's values by number, where these are few.
  func state(
    _ call: AggregateCall, code: KeyCode? = nil
  ) throws(EngineError) -> any AggregateState {
    let inner = try plainState(call, call.key == nil ? code : nil)
    guard let key = call.key, let value = call.argument, call.keyTellsRows else { return inner }
    return try KeyedState(call, key: key, value: value, inner: inner, budget: context.budget)
  }

  private func plainState(
    _ call: AggregateCall, _ code: KeyCode?
  ) throws(EngineError) -> any AggregateState {
    let budget = context.budget
    switch call.function {
    case .countRows, .countKnown, .countTrue, .any, .all:
      return try CountState(call.function, code: code, context: context)
    case .sum, .mean: return try SumState(call, budget: budget)
    case .countDistinct:
      return try DistinctState(call.argument?.type ?? .integer, code: code, context: context)
    case .min, .max, .first, .last, .only:
      return try ChoiceState(
        call.function, type: call.type, target: target(call.type), budget: budget)
    case .quantile(let share):
      return try QuantileState(share, code: code, context: context)
    case .standardDeviation:
      return try DeviationState(call.argument?.type ?? .number, budget: budget)
    case .mode: return try ModeState(call.type, target: target(call.type), budget: budget)
    case .list: return try ListState(budget: budget)
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

/// The keys and arguments of an aggregation, made ready once for all threads.
struct GroupPreparation {
  let keys: [(PreparedExpression, ValueType)]
  /// The keys by their numbers, where these make an address.
  let codes: [KeyCode]?
  /// The keys by their numbers, where these make a word.
  let packed: [KeyCode]?
  let arguments: [PreparedExpression?]
  /// Of arguments whose different values matter: these by number, where they are few.
  let argumentCodes: [KeyCode?]
  let callKeys: [PreparedExpression?]
  private let rowCount: Int
  /// How many words are kept of each group; nil if these are not known to be few.
  private let wordCount: Int?
  /// The key, one of `codes`, whose null makes no group.
  private var knownKey: Int?

  init(
    _ keys: [Expression], _ calls: [AggregateCall], _ preparation: Preparation
  ) throws(EngineError) {
    func prepared(_ expression: Expression?) throws(EngineError) -> PreparedExpression? {
      guard let expression else { return nil }
      return try preparation.prepared(expression)
    }
    var keyParts: [(PreparedExpression, ValueType)] = []
    for key in keys { keyParts.append((try preparation.prepared(key), key.type)) }
    var arguments: [PreparedExpression?] = []
    var callKeys: [PreparedExpression?] = []
    var argumentCodes: [KeyCode?] = []
    for call in calls {
      let argument = try prepared(call.argument)
      arguments.append(argument)
      argumentCodes.append(try Self.code(of: call, argument, preparation.context))
      callKeys.append(try prepared(call.key))
    }
    self.keys = keyParts
    self.arguments = arguments
    self.argumentCodes = argumentCodes
    self.callKeys = callKeys
    rowCount = preparation.rowCount
    wordCount =
      calls.allSatisfy(\.keepsLittle)
      ? calls.reduce(1) { $0 + ($1.function == .countRows ? 0 : 3) } : nil
    codes = try AddressedGroups.codes(
      of: keyParts, rowCount: preparation.rowCount, context: preparation.context)
    packed =
      codes == nil ? try PackedGroups.codes(of: keyParts, context: preparation.context) : nil
  }

  private static func code(
    of call: AggregateCall, _ argument: PreparedExpression?, _ context: RunContext
  ) throws(EngineError) -> KeyCode? {
    guard let argument, let type = call.argument?.type else { return nil }
    switch call.function {
    case .countDistinct, .countTrue:
      return try KeyCode(argument, type: type, context: context)
    case .quantile where type == .integer:
      return try KeyCode(argument, type: type, context: context)
    default: return nil
    }
  }

  /// Takes a last filter off that only wants a key to be known: to leave one group out in the end is
  /// less work than to leave out its rows, unless they are most.
  mutating func takeOver(_ steps: inout [Pipeline.Step]) {
    guard case .filter(.known(let validity))? = steps.last, let codes,
      arguments.allSatisfy({ $0.map { $0.column != nil } ?? true }),
      let key = codes.firstIndex(where: {
        $0.map == nil && $0.validity.map { $0.words === validity.words } ?? false
      }), validity.population >= validity.count / 2
    else { return }
    knownKey = key
    steps.removeLast()
  }

  /// A new assigner of group numbers, for one thread.
  func assigner(_ context: RunContext) throws(EngineError) -> any GroupAssigner {
    if let codes {
      return try AddressedGroups(
        codes, knownKey: knownKey, rowCount: rowCount, wordCount: wordCount,
        context: context)
    }
    if let packed { return try PackedGroups(packed, context: context) }
    return try HashedGroups(keys: keys, context: context)
  }
}

extension AggregateCall {
  /// Whether it is carried out though nobody asks for its answer, which is there to refuse.
  var isCheck: Bool {
    if case .checkAddition = function { true } else { false }
  }

  /// Whether rows of a group that nobody asks for may be taken in: they can't fail, and what is kept of
  /// them is small.
  fileprivate var allowsRowsOfNoGroup: Bool { keepsLittle }

  /// Whether what is kept of a group are two or three words.
  fileprivate var keepsLittle: Bool {
    guard key == nil else { return false }
    switch function {
    case .countRows, .countKnown, .countTrue, .any, .all, .sum, .mean, .min, .max: return true
    default: return false
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
