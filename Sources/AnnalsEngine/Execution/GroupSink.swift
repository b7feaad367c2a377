/// Groups rows by keys and keeps the aggregates of each group, on one thread.
///
/// Confined to one worker at a time, which is what lets it cross threads.
final class GroupSink: @unchecked Sendable {
  private let arguments: [PreparedExpression?]
  private let callKeys: [PreparedExpression?]
  private let assigner: any GroupAssigner
  private let states: [any AggregateState]
  /// The first sum of a column without nulls, which may count the rows as it adds.
  private let counter: (index: Int, state: SumState, column: Column)?
  /// Whether nothing is asked for but what `counter` finds and how many rows there are.
  private let onlyCounts: Bool
  /// How many rows each group has.
  private let rowCounts: GrowingBuffer<Int64>
  let scratch: Scratch
  private let groupNumbers: Buffer<Int32>
  private let context: RunContext

  init(
    _ preparation: GroupPreparation, states: [any AggregateState], context: RunContext
  ) throws(EngineError) {
    assigner = try preparation.assigner(context)
    arguments = preparation.arguments
    callKeys = preparation.callKeys
    self.states = states
    let counter = Self.counter(states, preparation)
    self.counter = counter
    onlyCounts = states.indices.allSatisfy {
      $0 == counter?.index || (states[$0] as? CountState)?.countsAllRows == true
    }
    self.context = context
    rowCounts = try GrowingBuffer(budget: context.budget)
    scratch = Scratch(batchSize: context.batchSize, budget: context.budget)
    groupNumbers = try Buffer(count: scratch.batchSize, budget: context.budget)
  }

  /// Makes the one group that a table without keys has, also over no rows.
  func addEmptyGroup() throws(EngineError) {
    try assigner.addEmptyGroup()
    try grow()
  }

  func add(_ batch: Batch, _ evaluator: Evaluator) throws(EngineError) {
    if try addDirectly(batch) { return }
    try assigner.assign(batch, evaluator, into: groupNumbers)
    try grow()
    let input = AggregateInput(groups: groupNumbers, batch: batch)
    let counting = try countRows(input)
    for (index, state) in states.enumerated() where index != counting {
      if callKeys[index] == nil, let argument = arguments[index],
        try state.add(argument.column, input)
      {
        continue
      }
      let values = try evaluated(arguments[index], batch, evaluator)
      let keys = try evaluated(callKeys[index], batch, evaluator)
      try state.add(values, keys, groups: groupNumbers, batch: batch)
    }
  }

  /// Takes a batch in without numbering its groups first; false if it can't, and has taken in nothing.
  private func addDirectly(_ batch: Batch) throws(EngineError) -> Bool {
    guard onlyCounts, let counter, batch.rows == nil, let key = assigner.directKey else {
      return false
    }
    try grow()
    let input = AggregateInput(groups: groupNumbers, batch: batch)
    return try counter.state.add(counter.column, input, by: key, counting: rowCounts)
  }

  private static func counter(
    _ states: [any AggregateState], _ preparation: GroupPreparation
  ) -> (index: Int, state: SumState, column: Column)? {
    for (index, state) in states.enumerated() where preparation.callKeys[index] == nil {
      guard let sum = state as? SumState, let column = preparation.arguments[index]?.column,
        column.type == .integer, column.validity == nil
      else { continue }
      return (index, sum, column)
    }
    return nil
  }

  /// Counts the rows of a batch.
  ///
  /// - Returns: The state that has taken them in on the way.
  private func countRows(_ input: AggregateInput) throws(EngineError) -> Int? {
    if let counter, try counter.state.add(counter.column, input, counting: rowCounts) {
      return counter.index
    }
    let rowCounts = rowCounts
    var counts = rowCounts.mutableSpan
    CodeLoops.count(groupNumbers, into: &counts, count: input.batch.count)
    return nil
  }

  private func settle() throws(EngineError) {
    for state in states { try state.settle() }
  }

  private func grow() throws(EngineError) {
    guard assigner.count > rowCounts.count else { return }
    try rowCounts.append(repeating: 0, count: assigner.count - rowCounts.count)
    for state in states { try state.grow(to: assigner.count) }
  }

  private func evaluated(
    _ expression: PreparedExpression?, _ batch: Batch, _ evaluator: Evaluator
  ) throws(EngineError) -> Vector? {
    guard let expression else { return nil }
    return try evaluator.evaluate(expression, batch, active: nil)
  }

  /// Takes in the groups of another worker.
  func merge(_ other: GroupSink) throws(EngineError) {
    let mapping = try assigner.merge(other.assigner)
    try grow()
    try settle()
    try other.settle()
    for group in 0..<other.rowCounts.count {
      rowCounts[Int(mapping[group])] += other.rowCounts[group]
    }
    for (index, state) in states.enumerated() {
      try state.merge(other.states[index], mapping: mapping)
    }
  }

  /// The keys, then the aggregates, with the groups in ascending order.
  func finished(
    targets: [ReferenceTarget?]
  ) throws(EngineError) -> (rowCount: Int, columns: [Column]) {
    try grow()
    try settle()
    let groupCount = assigner.count
    let rowCounts = try rowCounts.finished()
    let (order, keys) = try assigner.finished(targets: targets, rowCounts: rowCounts)
    var columns = keys
    let groups = GroupOrder(numbers: order, groupCount: groupCount, rowCounts: rowCounts)
    var failures = RowFailures()
    for state in states {
      do throws(EngineError) {
        columns.append(try state.finished(groups))
      } catch {
        try failures.note(error)
      }
    }
    try failures.check()
    return (order.count, columns)
  }
}

extension PreparedExpression {
  /// The column, if it is one as it stands.
  var column: Column? {
    guard case .column(let column) = self else { return nil }
    return column
  }
}
