/// Groups rows by keys and keeps the aggregates of each group, on one thread.
///
/// Confined to one worker at a time, which is what lets it cross threads.
final class GroupSink: @unchecked Sendable {
  private let keys: [PreparedExpression]
  private let arguments: [PreparedExpression?]
  private let callKeys: [PreparedExpression?]
  private let encoders: [WordEncoder]
  private let groups: WordTable
  private let tuple: KeyTuple
  private let states: [any AggregateState]
  let scratch: Scratch
  private let groupNumbers: Buffer<Int32>
  private let context: RunContext

  init(
    keys: [(PreparedExpression, ValueType)], arguments: [PreparedExpression?],
    callKeys: [PreparedExpression?], states: [any AggregateState], rowCount: Int,
    context: RunContext
  ) throws(EngineError) {
    self.keys = keys.map(\.0)
    self.arguments = arguments
    self.callKeys = callKeys
    self.states = states
    self.context = context
    encoders = keys.map { WordEncoder(type: $0.1, budget: context.budget) }
    groups = try WordTable(width: KeyTuple.width(keys.count), budget: context.budget)
    tuple = try KeyTuple(keyCount: keys.count, budget: context.budget)
    scratch = Scratch(batchSize: context.batchSize(for: rowCount), budget: context.budget)
    groupNumbers = try Buffer(count: scratch.batchSize, budget: context.budget)
  }

  /// Makes the one group that a table without keys has, also over no rows.
  func addEmptyGroup() throws(EngineError) {
    _ = try groups.number(of: tuple.words)
    for state in states { try state.grow(to: groups.count) }
  }

  func add(_ batch: Batch, _ evaluator: Evaluator) throws(EngineError) {
    try assignGroups(batch, evaluator)
    for (index, state) in states.enumerated() {
      let values = try evaluated(arguments[index], batch, evaluator)
      let keys = try evaluated(callKeys[index], batch, evaluator)
      try state.add(values, keys, groups: groupNumbers, batch: batch)
    }
  }

  private func evaluated(
    _ expression: PreparedExpression?, _ batch: Batch, _ evaluator: Evaluator
  ) throws(EngineError) -> Vector? {
    guard let expression else { return nil }
    return try evaluator.evaluate(expression, batch, active: nil)
  }

  private func assignGroups(_ batch: Batch, _ evaluator: Evaluator) throws(EngineError) {
    var vectors: [Vector] = []
    for key in keys { vectors.append(try evaluator.evaluate(key, batch, active: nil)) }
    let known = groups.count
    for row in 0..<batch.count {
      for (index, vector) in vectors.enumerated() {
        tuple.set(index, vector.isValid(row) ? try encoders[index].word(vector, row) : nil)
      }
      groupNumbers[row] = Int32(try groups.number(of: tuple.words).number)
    }
    if groups.count > known {
      for state in states { try state.grow(to: groups.count) }
    }
  }

  /// Takes in the groups of another worker.
  func merge(_ other: GroupSink) throws(EngineError) {
    let mapping = try Buffer<Int32>(count: other.groups.count, budget: context.budget)
    var translations: [Buffer<UInt64>?] = []
    for (index, encoder) in encoders.enumerated() {
      translations.append(try encoder.translation(from: other.encoders[index]))
    }
    for group in 0..<other.groups.count {
      for index in keys.indices {
        let word = other.tuple.key(index, of: group, in: other.groups)
        tuple.set(index, word.map { word in translations[index].map { $0[Int(word)] } ?? word })
      }
      mapping[group] = Int32(try groups.number(of: tuple.words).number)
    }
    for (index, state) in states.enumerated() {
      try state.grow(to: groups.count)
      try state.merge(other.states[index], mapping: mapping)
    }
  }

  /// The keys, then the aggregates, with the groups in ascending order.
  func finished(
    targets: [ReferenceTarget?]
  ) throws(EngineError) -> (rowCount: Int, columns: [Column]) {
    var keyColumns: [Column] = []
    for (index, encoder) in encoders.enumerated() {
      keyColumns.append(
        try encoder.column(count: groups.count, target: targets[index]) { group in
          tuple.key(index, of: group, in: groups)
        })
    }
    let order = try RowOrder(keyColumns.map { ($0, false) }, context: context)
    let rows = try order.sorted(count: groups.count)
    var columns: [Column] = []
    for column in keyColumns {
      columns.append(try column.gathered(rows, budget: context.budget))
    }
    var failures = RowFailures()
    for state in states {
      do throws(EngineError) {
        columns.append(try state.finished(rows))
      } catch {
        try failures.note(error)
      }
    }
    try failures.check()
    return (groups.count, columns)
  }
}
