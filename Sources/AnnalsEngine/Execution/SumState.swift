/// `sum` and `mean`.
final class SumState: AggregateState {
  private let call: AggregateCall
  /// How many values each group has, but for those of columns without nulls, which all rows have.
  private let counts: GrowingBuffer<Int64>
  private let integers: WholeSums
  /// What is not yet in `integers`, nor in the counts that it is counted in.
  private let counted: CountedSums
  /// The counts of rows, if this sum counts them as it adds.
  private var rowCounts: GrowingBuffer<Int64>?
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
    counted = try CountedSums(budget: budget)
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
    // The lanes stand row for row, wherever the batch's rows are from.
    let input = AggregateInput(groups: groups, batch: Batch(count: batch.count, firstRow: 0))
    let validity = values.validity.map { Bitmap(count: batch.count, words: $0) }
    switch values.lanes {
    case .integers(let lanes):
      guard let validity else {
        try integers.add(.signed64(lanes), input)
        break
      }
      return try integers.add(.signed64(lanes), validity, counts: counts, input)
    case .numbers(let lanes): add(lanes, validity, input)
    default: return
    }
    // Other batches may have nulls.
    count(validity, input)
  }

  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool {
    guard let column else { return false }
    if !isWhole, case .double(let lanes) = column.storage {
      add(lanes, column.validity, input)
      if column.validity == nil { countsRows = true } else { count(column.validity, input) }
      return true
    }
    guard isWhole, let lanes = column.integerLanes else { return false }
    if let validity = column.validity {
      if try counted.add(lanes, validity, input, to: counts, integers) { return true }
      try integers.add(lanes, validity, counts: counts, input)
    } else {
      countsRows = true
      try integers.add(lanes, input)
    }
    return true
  }

  /// Adds a batch of a column of whole numbers without nulls and counts its rows in one go; false if it
  /// can't, and has taken in nothing.
  ///
  /// - Parameters:
  ///   - key: As of ``CountedSums``.
  ///   - rowCounts: The same at each call. They are complete once the state is settled.
  func add(
    _ column: Column, _ input: AggregateInput, by key: DirectKey? = nil,
    counting rowCounts: GrowingBuffer<Int64>
  ) throws(EngineError) -> Bool {
    guard isWhole, column.validity == nil, let lanes = column.integerLanes,
      try counted.add(lanes, nil, input, by: key, to: rowCounts, integers)
    else { return false }
    self.rowCounts = rowCounts
    countsRows = true
    return true
  }

  func settle() throws(EngineError) { try counted.empty(into: rowCounts ?? counts, integers) }

  private func add(_ lanes: Buffer<Double>, _ validity: Bitmap?, _ input: AggregateInput) {
    numbers.add(
      lanes, validity, at: input.batch.rows, from: input.batch.firstRow, to: input.groups,
      count: input.batch.count)
  }

  /// Counts the known values of a batch.
  private func count(_ validity: Bitmap?, _ input: AggregateInput) {
    let ownCounts = counts
    var counts = ownCounts.mutableSpan
    guard let validity else {
      return CodeLoops.count(input.groups, into: &counts, count: input.batch.count)
    }
    let groups = input.groups.span
    for index in 0..<input.batch.count where validity[input.batch.sourceRow(index)] {
      counts[Int(groups[index])] &+= 1
    }
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
    if countsRows { return try finished(order, order.rowCounts.span) }
    let known = counts
    return try finished(order, known.span)
  }

  private func finished(
    _ order: GroupOrder, _ counts: Span<Int64>
  ) throws(EngineError) -> Column {
    let validity = try knownGroups(order, counts)
    if isWhole, call.function == .sum {
      let sums = try Buffer<Int64>(count: order.count, budget: budget)
      if let place = integers.write(order, into: sums) {
        throw .row(.integerOverflow, row: place + 1, call.place)
      }
      return Column(
        type: .integer, count: order.count, storage: .int64(sums), validity: validity)
    }
    let sums = try Buffer<Double>(count: order.count, budget: budget)
    if isWhole {
      integers.write(order, into: sums)
    } else {
      numbers.write(order.numbers, into: sums)
    }
    if call.function == .mean { divide(sums, order, counts) }
    return Column(type: .number, count: order.count, storage: .double(sums), validity: validity)
  }

  private func divide(_ sums: Buffer<Double>, _ order: GroupOrder, _ counts: Span<Int64>) {
    let groups = order.numbers.span
    var target = sums.mutableSpan
    for place in 0..<groups.count {
      // A group without values is null, whatever stands there.
      target[place] /= Double(max(counts[Int(groups[place])], 1))
    }
  }

  /// The groups that have values; nil if all do.
  private func knownGroups(
    _ order: GroupOrder, _ counts: Span<Int64>
  ) throws(EngineError) -> Bitmap? {
    let groups = order.numbers.span
    let hasNone = (0..<groups.count).contains { counts[Int(groups[$0])] == 0 }
    guard hasNone else { return nil }
    let known = try Bitmap(count: order.count, budget: budget)
    for place in 0..<groups.count where counts[Int(groups[place])] > 0 { known.set(place) }
    return known
  }
}
