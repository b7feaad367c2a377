/// Has a dataset's rule of addition look at the rows of each group.
final class AdditionState: AggregateState {
  private let rule: AdditionRule
  /// Group and row in turn.
  private let pairs: WordTable
  private let tuple: Buffer<UInt64>
  private let budget: MemoryBudget

  init(_ rule: AdditionRule, budget: MemoryBudget) throws(EngineError) {
    self.rule = rule
    self.budget = budget
    pairs = try WordTable(width: 2, budget: budget)
    tuple = try Buffer(count: 2, budget: budget)
  }

  func grow(to groups: Int) {}

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values, case .integers(let rows) = values.lanes else { return }
    for row in 0..<batch.count where values.isValid(row) {
      tuple[0] = UInt64(groups[row])
      tuple[1] = UInt64(rows[row])
      _ = try pairs.number(of: tuple)
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? AdditionState else { return }
    for number in 0..<other.pairs.count {
      tuple[0] = UInt64(mapping[Int(other.pairs.word(number, 0))])
      tuple[1] = other.pairs.word(number, 1)
      _ = try pairs.number(of: tuple)
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let sorted = try Buffer<Int32>(count: pairs.count, budget: budget)
    for number in 0..<pairs.count { sorted[number] = Int32(number) }
    try MergeSort.sort(sorted, budget: budget, poll: {}) { left, right in
      let (first, second) = (pairs.word(left, 0), pairs.word(right, 0))
      return first == second ? pairs.word(left, 1) < pairs.word(right, 1) : first < second
    }
    // Where the pairs of each group begin.
    let starts = try Buffer<Int32>(count: order.groupCount + 1, budget: budget)
    for number in 0..<pairs.count { starts[Int(pairs.word(number, 0)) + 1] += 1 }
    for group in 0..<order.groupCount { starts[group + 1] += starts[group] }
    let builder = try ColumnBuilder(type: .boolean, budget: budget)
    for position in 0..<order.count {
      let group = Int(order[position])
      let rows = (starts[group]..<starts[group + 1]).map { index in
        Int(pairs.word(Int(sorted[Int(index)]), 1))
      }
      switch rule.check(rows) {
      case .success(let hasRunningTotals): try builder.append(hasRunningTotals)
      case .failure(let refusal): throw .refusedAddition(refusal)
      }
    }
    return try builder.finished()
  }
}

/// Refuses to add sums that hold running totals to anything.
final class RunningState: AggregateState {
  private let counts: GrowingBuffer<Int64>
  private let running: GrowingBuffer<Int64>
  private let firstRows: GrowingBuffer<Int64>
  private let budget: MemoryBudget

  init(budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    counts = try GrowingBuffer(budget: budget)
    running = try GrowingBuffer(budget: budget)
    firstRows = try GrowingBuffer(budget: budget)
  }

  func grow(to groups: Int) throws(EngineError) {
    guard groups > counts.count else { return }
    try running.append(repeating: 0, count: groups - counts.count)
    try firstRows.append(repeating: .max, count: groups - counts.count)
    try counts.append(repeating: 0, count: groups - counts.count)
  }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values, case .booleans(let bits) = values.lanes else { return }
    for row in 0..<batch.count where values.isValid(row) {
      let group = Int(groups[row])
      counts[group] += 1
      guard bits[row >> 6] >> UInt64(row & 63) & 1 != 0 else { continue }
      running[group] += 1
      firstRows[group] = min(firstRows[group], Int64(batch.sourceRow(row)))
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? RunningState else { return }
    for group in 0..<other.counts.count {
      let here = Int(mapping[group])
      counts[here] += other.counts[group]
      running[here] += other.running[group]
      firstRows[here] = min(firstRows[here], other.firstRows[group])
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .boolean, budget: budget)
    for position in 0..<order.count {
      let group = Int(order[position])
      if running[group] > 0, counts[group] > 1 {
        throw .refusedAddition(
          AdditionRefusal(
            reason: "running totals that were added once would be added again",
            rows: ["row \(firstRows[group] + 1)"], table: nil,
            fix: "group by what told them apart, or take one of them with `max`, `last` or `where`"
          ))
      }
      try builder.append(running[group] > 0)
    }
    return try builder.finished()
  }
}
