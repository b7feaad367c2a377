/// `median` and `quantile`.
///
/// Between two values it goes in a straight line: type 7 of Hyndman and Fan, "Sample quantiles in
/// statistical packages", The American Statistician 50 (1996), which R and NumPy take too.
///
/// Where values are few, it counts how often each occurs in a group.
final class QuantileState: AggregateState {
  /// So many counts at most.
  private static let countLimit = 1 << 23

  private let share: Double
  private let code: KeyCode?
  private let codes: Buffer<Int32>
  /// How often each value, and null, occurs in each group; nil where values are collected.
  private var counts: GrowingBuffer<Int32>?
  private let collected: CollectedValues<Int64>
  private let budget: MemoryBudget

  /// - Parameter share: From 0, the smallest value, to 1, the greatest.
  init(_ share: Double, code: KeyCode?, context: RunContext) throws(EngineError) {
    self.share = share
    budget = context.budget
    // Only numbers that go up as their values do.
    var ascending: KeyCode?
    if let code, case .range = code.values { ascending = code }
    self.code = ascending
    codes = try Buffer(count: ascending == nil ? 0 : context.batchSize, budget: budget)
    counts = ascending == nil ? nil : try GrowingBuffer(budget: budget)
    collected = try CollectedValues(budget: budget)
  }

  private var stride: Int { code.map { $0.count + 1 } ?? 0 }

  func grow(to groups: Int) throws(EngineError) {
    guard let counts, groups * stride > counts.count else { return }
    if groups * stride > Self.countLimit {
      self.counts = nil
      try collect(counts) { $0 }
    } else {
      try counts.append(repeating: 0, count: groups * stride - counts.count)
    }
  }

  /// Turns counts into values, once they would take too much room.
  private func collect(
    _ counts: GrowingBuffer<Int32>, _ number: (Int) -> Int
  ) throws(EngineError) {
    guard let code, case .range(let first, _, _) = code.values else { return }
    for group in 0..<counts.count / stride {
      for value in 0..<code.count {
        let key = NumberOrder.key(Double(first + Int64(value)))
        for _ in 0..<counts[group * stride + value] {
          try collected.append(key, group: number(group))
        }
      }
    }
  }

  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool {
    guard let code, let counts else { return false }
    code.fill(codes, input.batch)
    let groups = input.groups.span
    let codes = codes
    let values = codes.span
    let stride = stride
    var target = counts.mutableSpan
    for row in 0..<input.batch.count {
      target[Int(groups[row]) &* stride &+ Int(values[row])] &+= 1
    }
    return true
  }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    switch values.lanes {
    case .integers(let lanes):
      try collected.append(lanes, of: values, groups: groups, count: batch.count) {
        NumberOrder.key(Double($0))
      }
    case .numbers(let lanes):
      try collected.append(
        lanes, of: values, groups: groups, count: batch.count, NumberOrder.key)
    default: break
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? QuantileState else { return }
    try collected.merge(other.collected, mapping: mapping)
    if let theirs = other.counts {
      guard let counts else { return try collect(theirs) { Int(mapping[$0]) } }
      for group in 0..<theirs.count / stride {
        let start = Int(mapping[group]) * stride
        for value in 0..<stride { counts[start + value] += theirs[group * stride + value] }
      }
    } else if let counts, code != nil {
      self.counts = nil
      try collect(counts) { $0 }
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .number, budget: budget)
    if let counts {
      for position in 0..<order.count {
        if let value = quantile(counts, Int(order[position])) {
          try builder.append(value)
        } else {
          try builder.appendNull()
        }
      }
      return try builder.finished()
    }
    let grouped = try collected.byGroup(count: order.groupCount)
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

  /// From the counts of a group; nil if it has no value.
  private func quantile(_ counts: GrowingBuffer<Int32>, _ group: Int) -> Double? {
    guard let code, case .range(let first, _, _) = code.values else { return nil }
    let lanes = counts.span
    let start = group * stride
    var total = 0
    for value in 0..<code.count { total += Int(lanes[start + value]) }
    guard total > 0 else { return nil }
    let place = Double(total - 1) * share
    let below = Int(place.rounded(.down))
    var seen = 0
    var low: Double?
    for value in 0..<code.count where lanes[start + value] > 0 {
      seen += Int(lanes[start + value])
      let number = Double(first + Int64(value))
      if let low { return Self.between(low, number, place - Double(below)) }
      if seen > below {
        let fraction = place - Double(below)
        if fraction == 0 || seen > below + 1 { return number }
        low = number
      }
    }
    return low
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
