/// `median` and `quantile`.
///
/// Between two values it goes in a straight line: type 7 of Hyndman and Fan, "Sample quantiles in
/// statistical packages", The American Statistician 50 (1996), which R and NumPy take too.
final class QuantileState: AggregateState {
  private let share: Double
  private let collected: CollectedValues<Int64>
  private let budget: MemoryBudget

  /// - Parameter share: From 0, the smallest value, to 1, the greatest.
  init(_ share: Double, budget: MemoryBudget) throws(EngineError) {
    self.share = share
    self.budget = budget
    collected = try CollectedValues(budget: budget)
  }

  func grow(to groups: Int) {}

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    for row in 0..<batch.count where values.isValid(row) {
      let number: Double
      switch values.lanes {
      case .integers(let lanes): number = Double(lanes[row])
      case .numbers(let lanes): number = lanes[row]
      default: continue
      }
      try collected.append(NumberOrder.key(number), group: Int(groups[row]))
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? QuantileState else { return }
    try collected.merge(other.collected, mapping: mapping)
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let grouped = try collected.byGroup(count: order.groupCount)
    let builder = try ColumnBuilder(type: .number, budget: budget)
    for position in 0..<order.count {
      let range = grouped.range(Int(order[position]))
      if range.isEmpty {
        try builder.appendNull()
      } else {
        try builder.append(quantile(grouped.values, range))
      }
    }
    return try builder.finished()
  }

  private func quantile(_ keys: Buffer<Int64>, _ range: Range<Int>) -> Double {
    let place = Double(range.count - 1) * share
    let below = Int(place.rounded(.down))
    let fraction = place - Double(below)
    var values = keys.mutableSpan
    let low = NumberOrder.number(Selection.value(at: below, of: &values, in: range))
    guard fraction > 0 else { return low }
    let high = NumberOrder.number(Selection.value(at: below + 1, of: &values, in: range))
    return Self.between(low, high, fraction)
  }

  private static func between(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
    if low == high { return low }
    let step = high - low
    // The difference of two large numbers may be too large for one.
    return step.isFinite ? low + step * fraction : low * (1 - fraction) + high * fraction
  }
}
