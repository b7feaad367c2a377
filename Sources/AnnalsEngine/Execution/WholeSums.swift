/// Sums of 64-bit integers by group, exact to 128 bits.
///
/// A sum is kept in 64 bits, and how often it wrapped beside it once one does.
final class WholeSums {
  private let low: GrowingBuffer<Int64>
  /// What 2^64 is to be taken times; empty as long as no sum wrapped.
  private let high: GrowingBuffer<Int64>
  private let budget: MemoryBudget

  init(budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    low = try GrowingBuffer(budget: budget)
    high = try GrowingBuffer(budget: budget)
  }

  func grow(to groups: Int) throws(EngineError) {
    try low.append(repeating: 0, count: groups - low.count)
    if high.count > 0 { try high.append(repeating: 0, count: groups - high.count) }
  }

  subscript(group: Int) -> Int128 {
    let carried = high.count > 0 ? Int128(high[group]) << 64 : 0
    // 2^63 values of 63 bits stay below 2^127.
    return carried + Int128(low[group])
  }

  /// The sums of groups in order, as far as they fit into 64 bits.
  ///
  /// - Returns: The first place whose sum does not fit.
  func write(_ order: GroupOrder, into sums: Buffer<Int64>) -> Int? {
    let (ownLow, groups) = (low, order.numbers.span)
    let low = ownLow.span
    var target = sums.mutableSpan
    for place in 0..<groups.count { target[place] = low[Int(groups[place])] }
    guard high.count > 0 else { return nil }
    return (0..<groups.count).first { high[Int(order[$0])] != 0 }
  }

  /// The sums of groups in order, rounded.
  func write(_ order: GroupOrder, into sums: Buffer<Double>) {
    let (ownLow, groups) = (low, order.numbers.span)
    let low = ownLow.span
    var target = sums.mutableSpan
    for place in 0..<groups.count { target[place] = Double(low[Int(groups[place])]) }
    guard high.count > 0 else { return }
    for place in 0..<groups.count where high[Int(groups[place])] != 0 {
      target[place] = Double(self[Int(groups[place])])
    }
  }

  func add(_ value: Int64, to group: Int) throws(EngineError) {
    let (sum, overflow) = low[group].addingReportingOverflow(value)
    low[group] = sum
    if overflow { try carry(value < 0 ? -1 : 1, group) }
  }

  func add(_ sum: Int128, to group: Int) throws(EngineError) {
    let total = self[group] + sum
    let rest = Int64(truncatingIfNeeded: total)
    low[group] = rest
    let carried = Int64(truncatingIfNeeded: (total - Int128(rest)) >> 64)
    if carried != 0 || high.count > 0 {
      try carry(0, group)
      high[group] = carried
    }
  }

  private func carry(_ count: Int64, _ group: Int) throws(EngineError) {
    if high.count == 0 { try high.append(repeating: 0, count: low.count) }
    high[group] += count
  }

  /// Adds the values of a batch's rows.
  func add(_ lanes: IntegerLanes, _ input: AggregateInput) throws(EngineError) {
    switch lanes {
    case .unsigned8(let values): try add(values, input)
    case .unsigned16(let values): try add(values, input)
    case .signed8(let values): try add(values, input)
    case .signed16(let values): try add(values, input)
    case .signed32(let values): try add(values, input)
    case .signed64(let values): try add(values, input)
    }
  }

  /// As ``add(_:_:)``, for a column with nulls; counts the known values.
  func add(
    _ lanes: IntegerLanes, _ validity: Bitmap, counts: GrowingBuffer<Int64>, _ input: AggregateInput
  ) throws(EngineError) {
    switch lanes {
    case .unsigned8(let values): try add(values, validity, counts, input)
    case .unsigned16(let values): try add(values, validity, counts, input)
    case .signed8(let values): try add(values, validity, counts, input)
    case .signed16(let values): try add(values, validity, counts, input)
    case .signed32(let values): try add(values, validity, counts, input)
    case .signed64(let values): try add(values, validity, counts, input)
    }
  }

  @inline(__always)
  private func add<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ input: AggregateInput
  ) throws(EngineError) {
    let groups = input.groups.span
    let count = input.batch.count
    var wrapped: Int?
    do {
      let low = low
      var sums = low.mutableSpan
      if let rows = input.batch.rows {
        let source = values.span
        let numbers = rows.span
        for index in 0..<count {
          let group = Int(groups[index])
          let value = Int64(truncatingIfNeeded: source[Int(numbers[index])])
          let (sum, overflow) = sums[group].addingReportingOverflow(value)
          if overflow {
            wrapped = index
            break
          }
          sums[group] = sum
        }
      } else {
        let source = values.span.extracting(input.batch.firstRow..<input.batch.firstRow + count)
        for index in 0..<count {
          let group = Int(groups[index])
          let value = Int64(truncatingIfNeeded: source[index])
          let (sum, overflow) = sums[group].addingReportingOverflow(value)
          if overflow {
            wrapped = index
            break
          }
          sums[group] = sum
        }
      }
    }
    guard let wrapped else { return }
    for index in wrapped..<count {
      let row = input.batch.sourceRow(index)
      try add(Int64(truncatingIfNeeded: values[row]), to: Int(groups[index]))
    }
  }

  @inline(__always)
  private func add<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ validity: Bitmap, _ counts: GrowingBuffer<Int64>, _ input: AggregateInput
  ) throws(EngineError) {
    let groups = input.groups.span
    let count = input.batch.count
    let words = validity.words.span
    let source = values.span
    var known = counts.mutableSpan
    var wrapped: Int?
    do {
      let low = low
      var sums = low.mutableSpan
      for index in 0..<count {
        let row = input.batch.sourceRow(index)
        // Without a branch: a null adds 0 once, a value itself.
        let isKnown = Int64(truncatingIfNeeded: words[row >> 6] >> UInt64(row & 63) & 1)
        let group = Int(groups[index])
        let value = Int64(truncatingIfNeeded: source[row]) & (0 &- isKnown)
        let (sum, overflow) = sums[group].addingReportingOverflow(value)
        if overflow {
          wrapped = index
          break
        }
        sums[group] = sum
        known[group] &+= isKnown
      }
    }
    guard let wrapped else { return }
    for index in wrapped..<count {
      let row = input.batch.sourceRow(index)
      guard validity[row] else { continue }
      try add(Int64(truncatingIfNeeded: values[row]), to: Int(groups[index]))
      known[Int(groups[index])] &+= 1
    }
  }
}
