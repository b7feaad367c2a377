/// An aggregate that is kept up while rows come and go, first in first out.
protocol RunningAggregate: AnyObject {
  /// Starts anew, for the next group.
  func clear()
  func add(_ row: Int) throws(EngineError)
  func remove(_ row: Int) throws(EngineError)
  func append(to builder: ColumnBuilder) throws(EngineError)
}

/// `count()`, `count(x)` and `count_if`.
final class RunningCount: RunningAggregate {
  private let column: Column?
  private let countsTrue: Bool
  private var count: Int64 = 0

  init(_ column: Column?, countsTrue: Bool) {
    self.column = column
    self.countsTrue = countsTrue
  }

  func clear() { count = 0 }

  func add(_ row: Int) { if counts(row) { count += 1 } }

  func remove(_ row: Int) { if counts(row) { count -= 1 } }

  func append(to builder: ColumnBuilder) throws(EngineError) { try builder.append(count) }

  private func counts(_ row: Int) -> Bool {
    guard let column else { return true }
    if column.isNull(row) { return false }
    guard countsTrue, case .boolean(let bits) = column.storage else { return true }
    return bits[row]
  }
}

/// `sum` and `mean`, exact however often rows go.
final class RunningSum: RunningAggregate {
  private let call: AggregateCall
  private let column: Column
  private var count: Int64 = 0
  private var whole: Int128 = 0
  private var numbers: ExactSums

  init(_ call: AggregateCall, _ column: Column, budget: MemoryBudget) throws(EngineError) {
    self.call = call
    self.column = column
    numbers = try ExactSums(budget: budget)
    try numbers.grow(to: 1)
  }

  func clear() {
    count = 0
    whole = 0
    numbers.clear(0)
  }

  func add(_ row: Int) {
    guard !column.isNull(row) else { return }
    count += 1
    if case .double(let values) = column.storage {
      numbers.add(values[row], to: 0)
    } else {
      whole += Int128(column.integer(row))
    }
  }

  func remove(_ row: Int) {
    guard !column.isNull(row) else { return }
    count -= 1
    if case .double(let values) = column.storage {
      numbers.remove(values[row], from: 0)
    } else {
      whole -= Int128(column.integer(row))
    }
  }

  func append(to builder: ColumnBuilder) throws(EngineError) {
    guard count > 0 else { return try builder.appendNull() }
    let isWhole = column.type == .integer
    if call.function == .mean {
      try builder.append((isWhole ? Double(whole) : numbers.sum(0)) / Double(count))
    } else if isWhole {
      guard let sum = Int64(exactly: whole) else {
        // Whoever asks knows the row.
        throw .row(.integerOverflow, row: 0, call.place)
      }
      try builder.append(sum)
    } else {
      try builder.append(numbers.sum(0))
    }
  }
}

/// `min` and `max`: the rows that may still become the answer, best first; of equal ones the first.
final class RunningExtreme: RunningAggregate {
  private let column: Column
  private let keys: Column
  private let ranks: Buffer<Int64>
  private let greatest: Bool
  /// Numbers of their own give 0 for -0, as without a frame.
  private let isPlain: Bool
  private let candidates: GrowingBuffer<Int32>
  private var first = 0

  /// - Parameter keys: What the rows are compared by; a row without a key is passed over.
  init(
    _ column: Column, by keys: Column? = nil, greatest: Bool, budget: MemoryBudget
  ) throws(EngineError) {
    self.column = column
    self.keys = keys ?? column
    isPlain = keys == nil && column.type == .number
    self.greatest = greatest
    ranks = try RowOrder.ranks(self.keys, budget)
    candidates = try GrowingBuffer(budget: budget)
  }

  func clear() {
    candidates.removeAll()
    first = 0
  }

  func add(_ row: Int) throws(EngineError) {
    guard !keys.isNull(row) else { return }
    let rank = ranks[row]
    while candidates.count > first {
      let last = ranks[Int(candidates[candidates.count - 1])]
      guard greatest ? last < rank : last > rank else { break }
      candidates.removeLast()
    }
    try candidates.append(Int32(row))
  }

  func remove(_ row: Int) {
    if first < candidates.count, Int(candidates[first]) == row { first += 1 }
  }

  func append(to builder: ColumnBuilder) throws(EngineError) {
    guard first < candidates.count else { return try builder.appendNull() }
    let value = column.value(Int(candidates[first]))
    try builder.append(isPlain && value == .number(0) ? .number(0) : value)
  }
}

/// `distinct`: how many rows have each value.
final class RunningDistinct: RunningAggregate {
  private let column: Column
  /// The number of each row's value.
  private let values: Buffer<Int32>
  private let counts: Buffer<Int32>
  private let seen: GrowingBuffer<Int32>
  private var distinct: Int64 = 0

  init(_ column: Column, context: RunContext) throws(EngineError) {
    self.column = column
    let values = try Buffer<Int32>(count: column.count, budget: context.budget)
    var count = 0
    try Grouping(context: context).eachRow([column], rowCount: column.count) {
      row, group, isNew throws(EngineError) in
      values[row] = Int32(group)
      if isNew { count += 1 }
    }
    self.values = values
    counts = try Buffer(count: count, budget: context.budget)
    seen = try GrowingBuffer(budget: context.budget)
  }

  func clear() {
    for index in 0..<seen.count { counts[Int(seen[index])] = 0 }
    seen.removeAll()
    distinct = 0
  }

  func add(_ row: Int) throws(EngineError) {
    guard !column.isNull(row) else { return }
    let value = Int(values[row])
    if counts[value] == 0 {
      distinct += 1
      try seen.append(Int32(value))
    }
    counts[value] += 1
  }

  func remove(_ row: Int) {
    guard !column.isNull(row) else { return }
    let value = Int(values[row])
    counts[value] -= 1
    if counts[value] == 0 { distinct -= 1 }
  }

  func append(to builder: ColumnBuilder) throws(EngineError) { try builder.append(distinct) }
}
