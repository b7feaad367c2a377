/// An aggregate whose frame moves over the rows.
///
/// Rows come and go in the order of the frames, first in first out.
protocol RunningAggregate: AnyObject {
  /// Forgets all rows.
  func clear()
  func add(_ row: Int) throws(EngineError)
  func remove(_ row: Int)
  /// Takes down what it is just now, for a row.
  func note(_ row: Int) throws(EngineError)
  /// Takes down null for a row that has no frame.
  func noteNull(_ row: Int) throws(EngineError)
  /// What was taken down, by row.
  func finished() throws(EngineError) -> Column
}

extension RunningAggregate {
  /// The value over the frame of each row.
  func values(over frames: Frames, _ context: RunContext) throws(EngineError) -> Column {
    var first = 0
    var end = 0
    for place in 0..<frames.count {
      if place & 0xFFFF == 0 { try context.stop.check() }
      let start = Int(frames.starts[place])
      if start >= end {
        clear()
        first = start
        end = start
      }
      while end < Int(frames.ends[place]) {
        try add(Int(frames.rows[end]))
        end += 1
      }
      while first < start {
        remove(Int(frames.rows[first]))
        first += 1
      }
      let row = Int(frames.rows[place])
      if frames.hasFrame(place) { try note(row) } else { try noteNull(row) }
    }
    return try finished()
  }
}

/// `sum` and `mean` of numbers over frames, exact however often rows go.
final class RunningSum: RunningAggregate {
  private let isMean: Bool
  private let column: Column
  private let numbers: Buffer<Double>
  private var count = 0
  private var sums: ExactSums
  private var answers: RowNumbers<Double>

  init(
    _ column: Column, _ numbers: Buffer<Double>, isMean: Bool, budget: MemoryBudget
  ) throws(EngineError) {
    self.column = column
    self.numbers = numbers
    self.isMean = isMean
    sums = try ExactSums(budget: budget)
    try sums.grow(to: 1)
    answers = try RowNumbers(count: column.count, budget: budget)
  }

  func clear() {
    count = 0
    sums.clear(0)
  }

  func add(_ row: Int) {
    guard !column.isNull(row) else { return }
    count += 1
    sums.add(numbers[row], to: 0)
  }

  func remove(_ row: Int) {
    guard !column.isNull(row) else { return }
    count -= 1
    sums.remove(numbers[row], from: 0)
  }

  func note(_ row: Int) throws(EngineError) {
    guard count > 0 else { return try noteNull(row) }
    let sum = sums.sum(0)
    answers.set(row, isMean ? sum / Double(count) : sum)
  }

  func noteNull(_ row: Int) throws(EngineError) { try answers.setNull(row) }

  func finished() throws(EngineError) -> Column { answers.finished() }
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
  /// The row that the value of each row is from, or -1.
  private let answers: Buffer<Int32>
  private let budget: MemoryBudget

  /// - Parameter keys: What the rows are compared by; a row without a key is passed over.
  init(
    _ column: Column, by keys: Column? = nil, greatest: Bool, budget: MemoryBudget
  ) throws(EngineError) {
    self.column = column
    self.keys = keys ?? column
    isPlain = keys == nil && column.type == .number
    self.greatest = greatest
    self.budget = budget
    ranks = try RowOrder.ranks(self.keys, budget)
    candidates = try GrowingBuffer(budget: budget)
    answers = try Buffer(count: column.count, budget: budget)
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

  func note(_ row: Int) { answers[row] = first < candidates.count ? candidates[first] : -1 }

  func noteNull(_ row: Int) { answers[row] = -1 }

  func finished() throws(EngineError) -> Column {
    let values = try column.gatheredOrNull(answers, budget: budget)
    if isPlain, case .double(let numbers) = values.storage {
      for row in 0..<values.count where numbers[row] == 0 { numbers[row] = 0 }
    }
    return values
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
  private var answers: RowNumbers<Int64>

  init(_ column: Column, context: RunContext) throws(EngineError) {
    self.column = column
    let groups = try Grouping(context: context).groups([column], rowCount: column.count)
    values = groups.groupOfRow
    counts = try Buffer(count: groups.count, budget: context.budget)
    seen = try GrowingBuffer(budget: context.budget)
    answers = try RowNumbers<Int64>(count: column.count, budget: context.budget)
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

  func note(_ row: Int) { answers.set(row, distinct) }

  func noteNull(_ row: Int) throws(EngineError) { try answers.setNull(row) }

  func finished() throws(EngineError) -> Column { answers.finished() }
}
