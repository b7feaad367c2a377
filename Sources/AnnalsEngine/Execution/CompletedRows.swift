/// The rows of a completed table, gathered group by group.
final class CompletedRows {
  /// Which row of the input each is; -1 for new ones.
  private let rows: GrowingBuffer<Int32>
  /// The row itself or, of a new one, a row of its group; -1 where the group has none.
  private let models: GrowingBuffer<Int32>
  private let dayNumbers: GrowingBuffer<Int32>
  private let dates: Column
  private let days: Buffer<Int32>
  private let budget: MemoryBudget

  init(_ dates: Column, budget: MemoryBudget) throws(EngineError) {
    self.dates = dates
    self.budget = budget
    days = try dates.dayNumbers(budget)
    rows = try GrowingBuffer(budget: budget)
    models = try GrowingBuffer(budget: budget)
    dayNumbers = try GrowingBuffer(budget: budget)
  }

  /// Adds the rows of one group, which stand at some places of `ordered` in order of their days, and
  /// new ones for the days of the grid that it lacks.
  func append(
    _ ordered: Buffer<Int32>, _ places: Range<Int>, like model: Int32, _ grid: Buffer<Int32>
  ) throws(EngineError) {
    let own = ordered.span.extracting(places)
    let room = own.count + grid.count
    guard rows.count + room <= Int(Int32.max) else { throw Executor.tooManyRows }
    let start = rows.count
    for buffer in [rows, models, dayNumbers] {
      try buffer.reserve(room)
      buffer.extend(by: room)
    }
    let end = fill(from: start, own, dated: datedCount(own), model, grid)
    for buffer in [rows, models, dayNumbers] { buffer.truncate(to: end) }
  }

  /// How many rows have a day; the others are last.
  private func datedCount(_ own: Span<Int32>) -> Int {
    var count = own.count
    while count > 0, dates.isNull(Int(own[count - 1])) { count -= 1 }
    return count
  }

  /// Merges rows and grid.
  private func fill(
    from start: Int, _ own: Span<Int32>, dated: Int, _ model: Int32, _ grid: Buffer<Int32>
  ) -> Int {
    let (rowBuffer, modelBuffer, dayBuffer, ownDays) = (rows, models, dayNumbers, days)
    var rows = rowBuffer.mutableSpan
    var models = modelBuffer.mutableSpan
    var dayNumbers = dayBuffer.mutableSpan
    let grid = grid.span
    let days = ownDays.span
    var target = start
    var next = 0
    var place = 0
    while place < grid.count || next < own.count {
      let gridDay = place < grid.count ? grid[place] : .max
      let row = next < own.count ? own[next] : -1
      let ownDay = next < dated ? days[Int(row)] : .max
      let isNew = gridDay < ownDay
      rows[target] = isNew ? -1 : row
      models[target] = isNew ? model : row
      dayNumbers[target] = min(gridDay, ownDay)
      target += 1
      if isNew {
        place += 1
        continue
      }
      next += 1
      // The grid's day is there; further rows of the same day may follow.
      if ownDay == gridDay { place += 1 }
    }
    return target
  }

  /// The rows and their days; this is used up.
  func finished() throws(EngineError) -> (
    rows: Buffer<Int32>, models: Buffer<Int32>, days: Column
  ) {
    let rows = try rows.finished()
    let numbers = try dayNumbers.finished()
    var validity: Bitmap?
    if dates.validity != nil {
      let known = try Bitmap(repeating: true, count: rows.count, budget: budget)
      for part in Parts(below: rows.count) {
        try budget.checkStop()
        for index in part where rows[index] >= 0 && dates.isNull(Int(rows[index])) {
          known.clear(index)
          numbers[index] = 0
        }
      }
      validity = known
    }
    let days = Column(
      type: .day, count: rows.count, storage: .int32(numbers), validity: validity)
    return (rows, try models.finished(), days)
  }
}

extension Column {
  /// The numbers of a column of days; what stands under a null means nothing.
  func dayNumbers(_ budget: MemoryBudget) throws(EngineError) -> Buffer<Int32> {
    if case .int32(let numbers) = storage { return numbers }
    let numbers = try Buffer<Int32>(count: count, budget: budget)
    for row in 0..<count { numbers[row] = Int32(truncatingIfNeeded: integer(row)) }
    return numbers
  }

  /// The first and the last of the days that are known; nil if none is.
  func knownDays(_ budget: MemoryBudget) throws(EngineError) -> ClosedRange<Int32>? {
    let buffer = try dayNumbers(budget)
    let numbers = buffer.span
    var first = Int32.max
    var last = Int32.min
    for row in 0..<count where !isNull(row) {
      first = min(first, numbers[row])
      last = max(last, numbers[row])
    }
    return first <= last ? first...last : nil
  }
}
