/// `stddev` of groups.
final class DeviationState: AggregateState {
  private let integers: CollectedValues<Int64>
  private let numbers: CollectedValues<Double>
  private let isWhole: Bool
  private let budget: MemoryBudget

  init(_ type: ValueType, budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    isWhole = type == .integer
    integers = try CollectedValues(budget: budget)
    numbers = try CollectedValues(budget: budget)
  }

  func grow(to groups: Int) {}

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    switch values.lanes {
    case .integers(let lanes):
      try integers.append(lanes, of: values, groups: groups, count: batch.count) { $0 }
    case .numbers(let lanes):
      try numbers.append(lanes, of: values, groups: groups, count: batch.count) { $0 }
    default: break
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? DeviationState else { return }
    try integers.merge(other.integers, mapping: mapping)
    try numbers.merge(other.numbers, mapping: mapping)
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .number, budget: budget)
    var sums = try ExactSums(budget: budget)
    try sums.grow(to: 1)
    if isWhole {
      let grouped = try integers.byGroup(count: order.groupCount)
      for position in 0..<order.count {
        let range = grouped.range(Int(order[position]))
        try append(
          try Deviation.variance(of: grouped.values, range, &sums, budget), to: builder)
      }
    } else {
      let grouped = try numbers.byGroup(count: order.groupCount)
      for position in 0..<order.count {
        let range = grouped.range(Int(order[position]))
        try append(
          try Deviation.variance(of: grouped.values, range, &sums, budget), to: builder)
      }
    }
    return try builder.finished()
  }

  private func append(_ variance: Double?, to builder: ColumnBuilder) throws(EngineError) {
    guard let variance else { return try builder.appendNull() }
    try builder.append(variance.squareRoot())
  }
}

/// The standard deviation of a sample, with n - 1 below, before its root is taken; nil for fewer than two
/// values.
///
/// The mean is that of the exact sum, and the squares of what each value differs from it are added
/// exactly, so that the result does not depend on the order of the rows. Integers keep all their
/// digits until they are taken from the mean.
enum Deviation {
  static func variance(
    of values: Buffer<Int64>, _ range: Range<Int>, _ sums: inout ExactSums,
    _ budget: MemoryBudget
  ) throws(EngineError) -> Double? {
    guard range.count > 1 else { return nil }
    let count = Int128(range.count)
    var total: Int128 = 0
    for part in Parts(of: range) {
      try budget.checkStop()
      for index in part { total += Int128(values[index]) }
    }
    sums.clear(0)
    for part in Parts(of: range) {
      try budget.checkStop()
      for index in part {
        // 63 bits times 31 bits stay far below 127.
        let multiple = Int128(values[index]) * count - total
        let difference = Int64(exactly: multiple).map(Double.init) ?? Double(multiple)
        let distance = difference / Double(range.count)
        sums.add(distance * distance, to: 0)
      }
    }
    return sums.sum(0) / Double(range.count - 1)
  }

  static func variance(
    of values: Buffer<Double>, _ range: Range<Int>, _ sums: inout ExactSums,
    _ budget: MemoryBudget
  ) throws(EngineError) -> Double? {
    guard range.count > 1 else { return nil }
    sums.clear(0)
    for part in Parts(of: range) {
      try budget.checkStop()
      sums.add(values, part, to: 0) { $0 }
    }
    let mean = sums.sum(0) / Double(range.count)
    sums.clear(0)
    for part in Parts(of: range) {
      try budget.checkStop()
      sums.add(values, part, to: 0) { value in
        let difference = value - mean
        return difference * difference
      }
    }
    return sums.sum(0) / Double(range.count - 1)
  }
}
