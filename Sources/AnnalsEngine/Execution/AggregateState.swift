/// What one aggregate knows of every group, on one thread.
///
/// States of different threads are merged at the end; nothing depends on who saw which row.
protocol AggregateState: AnyObject {
  /// Makes room for groups up to this number.
  func grow(to groups: Int) throws(EngineError)

  /// Takes in a batch; row `i` belongs to group `groups[i]`.
  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError)

  /// Takes in a batch without the values being computed first; false if it can't, and has taken in
  /// nothing.
  ///
  /// - Parameter column: The argument, if it is a column as it stands.
  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool

  /// Called when all batches are taken in, before the state is merged or finished.
  func settle() throws(EngineError)

  /// Takes in another state of the same aggregate; both are settled, and group `i` there is group `mapping[i]` here.
  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError)

  /// One value for each group, in the given order of all groups.
  ///
  /// - Throws: The error of the first group in that order, which is the same for any number of
  ///   threads; their own numbers are not.
  func finished(_ order: GroupOrder) throws(EngineError) -> Column
}

extension AggregateState {
  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool { false }

  func settle() throws(EngineError) {}
}

/// The rows of a batch by groups; row `i` belongs to group `groups[i]`.
struct AggregateInput {
  let groups: Buffer<Int32>
  let batch: Batch
}

/// The order in which groups come out: of each place the group's number.
struct GroupOrder {
  let numbers: Buffer<Int32>
  /// Numbers are below this; not each need belong to a group.
  let groupCount: Int
  /// How many rows each number has.
  let rowCounts: Buffer<Int64>

  var count: Int { numbers.count }

  subscript(position: Int) -> Int32 { numbers[position] }
}

/// `count`, `count(x)`, `count_if`, `any` and `all`: how many known values and true ones. Rows as such
/// are counted already.
final class CountState: AggregateState {
  private let function: AggregateCall.Function
  private let known: GrowingBuffer<Int64>
  private let positive: GrowingBuffer<Int64>
  /// What is counted by number, and whether each number counts, 1 or 0; nil where it has to be worked out.
  private let tested: (code: KeyCode, weights: Buffer<Int64>)?
  private let codes: Buffer<Int32>
  private let budget: MemoryBudget

  /// - Parameter code: What `count_if` tests, by number.
  init(
    _ function: AggregateCall.Function, code: KeyCode? = nil, context: RunContext
  ) throws(EngineError) {
    self.function = function
    budget = context.budget
    if function == .countTrue, let code, case .column(let values) = code.values {
      tested = (code, try Self.weights(of: values, budget))
    } else {
      tested = nil
    }
    codes = try Buffer(count: tested == nil ? 0 : context.batchSize, budget: budget)
    known = try GrowingBuffer(budget: budget)
    positive = try GrowingBuffer(budget: budget)
  }

  /// Whether it needs nothing but the counts of rows, which others keep.
  var countsAllRows: Bool { function == .countRows }

  func grow(to groups: Int) throws(EngineError) {
    guard groups > known.count else { return }
    try positive.append(repeating: 0, count: groups - known.count)
    try known.append(repeating: 0, count: groups - known.count)
  }

  /// For each number 1 if its value is true, and last 0 for null.
  private static func weights(
    of values: Column, _ budget: MemoryBudget
  ) throws(EngineError) -> Buffer<Int64> {
    let weights = try Buffer<Int64>(count: values.count + 1, budget: budget)
    guard case .boolean(let bits) = values.storage else { return weights }
    for number in 0..<values.count where bits[number] && !values.isNull(number) {
      weights[number] = 1
    }
    return weights
  }

  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool {
    guard let tested else { return false }
    tested.code.fill(codes, input.batch)
    let ownCounts = positive
    var counts = ownCounts.mutableSpan
    CodeLoops.add(
      tested.weights, of: codes, to: &counts, of: input.groups, count: input.batch.count)
    return true
  }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    var bits: Buffer<UInt64>?
    if case .booleans(let lanes) = values.lanes { bits = lanes }
    let (knownCounts, positiveCounts) = (known, positive)
    var known = knownCounts.mutableSpan
    var positive = positiveCounts.mutableSpan
    let numbers = groups.span
    for row in 0..<batch.count where values.isValid(row) {
      let group = Int(numbers[row])
      known[group] += 1
      if let bits, bits[row >> 6] >> UInt64(row & 63) & 1 != 0 { positive[group] += 1 }
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? CountState else { return }
    for group in 0..<other.known.count {
      known[Int(mapping[group])] += other.known[group]
      positive[Int(mapping[group])] += other.positive[group]
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    if function == .countRows { return try Self.column(order, order.rowCounts.span, budget) }
    let isTest = function == .any || function == .all
    if !isTest {
      let counts = function == .countTrue ? positive : known
      return try Self.column(order, counts.span, budget)
    }
    let builder = try ColumnBuilder(type: .boolean, budget: budget)
    for position in 0..<order.count {
      let group = Int(order[position])
      switch function {
      case .any where known[group] > 0: try builder.append(positive[group] > 0)
      case .all where known[group] > 0: try builder.append(positive[group] == known[group])
      default: try builder.appendNull()
      }
    }
    return try builder.finished()
  }

  private static func column(
    _ order: GroupOrder, _ counts: Span<Int64>, _ budget: MemoryBudget
  ) throws(EngineError) -> Column {
    let result = try Buffer<Int64>(count: order.count, budget: budget)
    let groups = order.numbers.span
    var target = result.mutableSpan
    for position in 0..<groups.count { target[position] = counts[Int(groups[position])] }
    return Column(type: .integer, count: order.count, storage: .int64(result), validity: nil)
  }
}

/// `min`, `max`, `first`, `last` and `only`: one of the values.
final class ChoiceState: AggregateState {
  private let function: AggregateCall.Function
  private let encoder: WordEncoder
  private let words: GrowingBuffer<UInt64>
  /// The row that the value is from, or -1 while there is none; for `only`, -2 once values differ.
  private let rows: GrowingBuffer<Int64>
  private let target: ReferenceTarget?

  init(
    _ function: AggregateCall.Function, type: ValueType, target: ReferenceTarget?,
    budget: MemoryBudget
  ) throws(EngineError) {
    self.function = function
    self.target = target
    encoder = WordEncoder(type: type, budget: budget)
    words = try GrowingBuffer(budget: budget)
    rows = try GrowingBuffer(budget: budget)
  }

  func grow(to groups: Int) throws(EngineError) {
    guard groups > rows.count else { return }
    try words.append(repeating: 0, count: groups - rows.count)
    try rows.append(repeating: -1, count: groups - rows.count)
  }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    for row in 0..<batch.count where values.isValid(row) {
      try offer(
        try encoder.word(values, row), row: Int64(batch.sourceRow(row)), group: Int(groups[row]))
    }
  }

  /// Whole numbers are their own words, and the least of equal ones is the same from any row.
  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool {
    guard function == .min || function == .max, encoder.type == .integer, let column,
      column.validity == nil, let lanes = column.integerLanes
    else { return false }
    switch lanes {
    case .unsigned8(let values): take(values, input)
    case .unsigned16(let values): take(values, input)
    case .signed8(let values): take(values, input)
    case .signed16(let values): take(values, input)
    case .signed32(let values): take(values, input)
    case .signed64(let values): take(values, input)
    }
    return true
  }

  @inline(__always)
  private func take<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ input: AggregateInput
  ) {
    let (ownWords, ownRows) = (words, rows)
    var words = ownWords.mutableSpan
    var rows = ownRows.mutableSpan
    let groups = input.groups.span
    let source = values.span
    let isGreatest = function == .max
    for index in 0..<input.batch.count {
      let row = input.batch.sourceRow(index)
      let group = Int(groups[index])
      let value = Int64(truncatingIfNeeded: source[row])
      let known = Int64(bitPattern: words[group])
      if rows[group] == -1 || (isGreatest ? value > known : value < known) {
        words[group] = UInt64(bitPattern: value)
        rows[group] = Int64(row)
      }
    }
  }

  private func offer(_ word: UInt64, row: Int64, group: Int) throws(EngineError) {
    guard rows[group] != -1 else {
      words[group] = word
      rows[group] = row
      return
    }
    let isBetter: Bool
    switch function {
    case .min: isBetter = try encoder.compare(word, words[group]) < 0
    case .max: isBetter = try encoder.compare(word, words[group]) > 0
    case .first: isBetter = row < rows[group]
    case .last: isBetter = row > rows[group]
    default:
      if word != words[group] { rows[group] = -2 }
      return
    }
    guard isBetter else { return }
    words[group] = word
    rows[group] = row
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? ChoiceState else { return }
    let translation = try encoder.translation(from: other.encoder)
    for group in 0..<other.rows.count where other.rows[group] != -1 {
      let here = Int(mapping[group])
      let word = other.words[group]
      try offer(translation.map { $0[Int(word)] } ?? word, row: other.rows[group], group: here)
      if other.rows[group] == -2 { rows[here] = -2 }
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    try encoder.column(count: order.count, target: target) { position in
      let group = Int(order[position])
      return rows[group] < 0 ? nil : words[group]
    }
  }
}
