/// `min`, `max`, `first` and `last` of figures: one part of the figure in the row whose key is the
/// smallest, greatest, first or last that is known. Equal keys take the first row.
final class CompanionState: AggregateState {
  private let choice: AggregateCall.Choice
  private let keys: GrowingBuffer<Double>
  private let parts: GrowingBuffer<Double>
  /// The row that was chosen, or -1 while there is none.
  private let rows: GrowingBuffer<Int64>
  private let partIsKnown: GrowingBuffer<Bool>
  private let budget: MemoryBudget

  init(_ choice: AggregateCall.Choice, budget: MemoryBudget) throws(EngineError) {
    self.choice = choice
    self.budget = budget
    keys = try GrowingBuffer(budget: budget)
    parts = try GrowingBuffer(budget: budget)
    rows = try GrowingBuffer(budget: budget)
    partIsKnown = try GrowingBuffer(budget: budget)
  }

  func grow(to groups: Int) throws(EngineError) {
    let added = groups - rows.count
    guard added > 0 else { return }
    try keys.append(repeating: 0, count: added)
    try parts.append(repeating: 0, count: added)
    try partIsKnown.append(repeating: false, count: added)
    try rows.append(repeating: -1, count: added)
  }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values, let keys, case .numbers(let parts) = values.lanes,
      case .numbers(let given) = keys.lanes
    else { return }
    for row in 0..<batch.count where keys.isValid(row) {
      offer(
        given[row], values.isValid(row) ? parts[row] : nil, row: Int64(batch.sourceRow(row)),
        group: Int(groups[row]))
    }
  }

  private func offer(_ key: Double, _ part: Double?, row: Int64, group: Int) {
    guard rows[group] < 0 || isBetter(key, row, than: group) else { return }
    keys[group] = key
    parts[group] = part ?? 0
    partIsKnown[group] = part != nil
    rows[group] = row
  }

  private func isBetter(_ key: Double, _ row: Int64, than group: Int) -> Bool {
    switch choice {
    case .first: return row < rows[group]
    case .last: return row > rows[group]
    case .smallest, .greatest:
      let (new, old) = (NumberOrder.key(key), NumberOrder.key(keys[group]))
      if new == old { return row < rows[group] }
      return choice == .smallest ? new < old : new > old
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? CompanionState else { return }
    for group in 0..<other.rows.count where other.rows[group] >= 0 {
      offer(
        other.keys[group], other.partIsKnown[group] ? other.parts[group] : nil,
        row: other.rows[group], group: Int(mapping[group]))
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .number, budget: budget)
    for position in 0..<order.count {
      let group = Int(order[position])
      if partIsKnown[group] {
        try builder.append(parts[group])
      } else {
        try builder.appendNull()
      }
    }
    return try builder.finished()
  }
}
