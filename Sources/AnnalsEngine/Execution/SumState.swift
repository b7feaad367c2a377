/// `sum` and `mean`.
final class SumState: AggregateState {
  private let call: AggregateCall
  /// How many values each group has, but for those of columns without nulls, which all rows have.
  private let counts: GrowingBuffer<Int64>
  private let integers: WholeSums
  private var numbers: ExactSums
  private let budget: MemoryBudget
  private let isWhole: Bool
  /// Whether a column without nulls was added row for row.
  private var countsRows = false

  init(_ call: AggregateCall, budget: MemoryBudget) throws(EngineError) {
    self.call = call
    self.budget = budget
    isWhole = call.argument?.type == .integer
    counts = try GrowingBuffer(budget: budget)
    integers = try WholeSums(budget: budget)
    numbers = try ExactSums(budget: budget)
  }

  func grow(to groups: Int) throws(EngineError) {
    guard groups > counts.count else { return }
    if isWhole {
      try integers.grow(to: groups)
    } else {
      try numbers.grow(to: groups)
    }
    try counts.append(repeating: 0, count: groups - counts.count)
  }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    for row in 0..<batch.count where values.isValid(row) {
      let group = Int(groups[row])
      counts[group] += 1
      switch values.lanes {
      case .integers(let lanes): try integers.add(lanes[row], to: group)
      case .numbers(let lanes): numbers.add(lanes[row], to: group)
      default: break
      }
    }
  }

  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool {
    guard isWhole, let column, let lanes = column.integerLanes else { return false }
    if let validity = column.validity {
      try integers.add(lanes, validity, counts: counts.lanes, input)
    } else {
      countsRows = true
      try integers.add(lanes, input)
    }
    return true
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? SumState else { return }
    countsRows = countsRows || other.countsRows
    for group in 0..<other.counts.count {
      counts[Int(mapping[group])] += other.counts[group]
      if isWhole { try integers.add(other.integers[group], to: Int(mapping[group])) }
    }
    if !isWhole { numbers.merge(other.numbers, mapping: mapping) }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: call.type, budget: budget)
    for position in 0..<order.count {
      let group = Int(order[position])
      let count = countsRows ? order.rowCounts[group] : counts[group]
      guard count > 0 else {
        try builder.appendNull()
        continue
      }
      if call.function == .mean {
        let sum = isWhole ? Double(integers[group]) : numbers.sum(group)
        try builder.append(sum / Double(count))
      } else if isWhole {
        guard let sum = Int64(exactly: integers[group]) else {
          throw .row(.integerOverflow, row: position + 1, call.place)
        }
        try builder.append(sum)
      } else {
        try builder.append(numbers.sum(group))
      }
    }
    return try builder.finished()
  }
}
