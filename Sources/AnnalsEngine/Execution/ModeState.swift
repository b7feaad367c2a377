/// `mode`: the known value that most rows have; of several the one that sorts first.
final class ModeState: AggregateState {
  private let encoder: WordEncoder
  /// Group and value, and how many rows have it.
  private let seen: WordTable
  private let counts: GrowingBuffer<Int64>
  private let tuple: Buffer<UInt64>
  private let target: ReferenceTarget?
  private let budget: MemoryBudget

  init(
    _ type: ValueType, target: ReferenceTarget?, budget: MemoryBudget
  ) throws(EngineError) {
    self.target = target
    self.budget = budget
    encoder = WordEncoder(type: type, budget: budget)
    seen = try WordTable(width: 2, budget: budget)
    counts = try GrowingBuffer(budget: budget)
    tuple = try Buffer(count: 2, budget: budget)
  }

  func grow(to groups: Int) {}

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    for row in 0..<batch.count where values.isValid(row) {
      try note(try encoder.word(values, row), group: UInt64(groups[row]), count: 1)
    }
  }

  private func note(_ word: UInt64, group: UInt64, count: Int64) throws(EngineError) {
    tuple[0] = group
    tuple[1] = word
    let (number, isNew) = try seen.number(of: tuple)
    if isNew { try counts.append(0) }
    counts[number] += count
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? ModeState else { return }
    let translation = try encoder.translation(from: other.encoder)
    for number in 0..<other.seen.count {
      let word = other.seen.word(number, 1)
      try note(
        translation.map { $0[Int(word)] } ?? word,
        group: UInt64(mapping[Int(other.seen.word(number, 0))]), count: other.counts[number])
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let values = try encoder.column(count: seen.count, target: target) { seen.word($0, 1) }
    let ranks = try RowOrder.ranks(values, budget)
    // The number of each group's value in `seen`, from 1; 0 where there is none yet.
    let best = try Buffer<Int32>(count: order.groupCount, budget: budget)
    for number in 0..<seen.count {
      let group = Int(seen.word(number, 0))
      let current = Int(best[group]) - 1
      if current < 0 || counts[number] > counts[current]
        || (counts[number] == counts[current] && ranks[number] < ranks[current])
      {
        best[group] = Int32(number + 1)
      }
    }
    return try encoder.column(count: order.count, target: target) { position in
      let number = Int(best[Int(order[position])]) - 1
      return number < 0 ? nil : seen.word(number, 1)
    }
  }
}
