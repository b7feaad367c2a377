extension Executor {
  func complete(
    _ input: Plan, _ completion: Completion, _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let result = try run(
      input, needed: needed.union(completion.partition).union([completion.date]))
    guard let dates = result.columns[completion.date] else { return result }
    let keys = completion.partition.compactMap { result.columns[$0] }
    let groups = try Grouping(context: context).groups(keys, rowCount: result.rowCount)
    let grid = try grid(completion, dates)
    let rows = try CompletedRows(budget: context.budget)
    if keys.isEmpty, result.rowCount == 0 {
      for day in grid { try rows.append(row: -1, like: -1, day: day) }
    }
    let order = try RowOrder([(dates, false)], context: context)
    for group in 0..<groups.count {
      try context.stop.check()
      let range = groups.range(group)
      let own = try Buffer<Int32>(count: range.count, budget: context.budget)
      own.copy(from: groups.rows, start: range.lowerBound, count: range.count, at: 0)
      let first = own[0]
      try order.sort(own)
      try fill(own, like: first, dates, grid, rows)
    }
    return try columns(result, completion, rows.finished())
  }

  /// The days that every group shall have.
  private func grid(_ completion: Completion, _ dates: Column) throws(EngineError) -> [Int] {
    var first = Int.max
    var last = Int.min
    for row in 0..<dates.count where !dates.isNull(row) {
      first = min(first, Int(dates.integer(row)))
      last = max(last, Int(dates.integer(row)))
    }
    if let from = completion.from { first = Int(from.number) }
    if let to = completion.to { last = Int(to.number) }
    var days: [Int] = []
    guard first <= last else { return days }
    // Months are counted from the first day, so that the 31st does not creep to the 28th.
    var count = 0
    while true {
      let day = completion.step.day(after: first, count: count)
      guard day <= last else { return days }
      days.append(day)
      count += 1
      if days.count > 4_000_000 { throw Self.tooManyRows }
    }
  }

  /// The rows of one group by day, and new ones for the days of the grid that it lacks.
  private func fill(
    _ own: Buffer<Int32>, like first: Int32, _ dates: Column, _ grid: [Int],
    _ rows: CompletedRows
  ) throws(EngineError) {
    var position = 0
    for day in grid {
      var isThere = false
      while position < own.count, !dates.isNull(Int(own[position])) {
        let present = Int(dates.integer(Int(own[position])))
        guard present <= day else { break }
        isThere = isThere || present == day
        try rows.append(row: own[position], like: first, day: present)
        position += 1
      }
      if !isThere { try rows.append(row: -1, like: first, day: day) }
    }
    while position < own.count {
      let row = Int(own[position])
      let day = dates.isNull(row) ? nil : Int(dates.integer(row))
      try rows.append(row: own[position], like: first, day: day)
      position += 1
    }
  }

  private func columns(
    _ input: SlotColumns, _ completion: Completion,
    _ rows: (rows: Buffer<Int32>, models: Buffer<Int32>, days: Column)
  ) throws(EngineError) -> SlotColumns {
    // A row that was there keeps what it has: keys may differ and be one, as 0 and -0 are.
    let ownOrModel = try Buffer<Int32>(count: rows.rows.count, budget: context.budget)
    for index in 0..<rows.rows.count {
      ownOrModel[index] = rows.rows[index] < 0 ? rows.models[index] : rows.rows[index]
    }
    var columns: [Column?] = []
    for (slot, column) in input.columns.enumerated() {
      guard let column else {
        columns.append(nil)
        continue
      }
      if slot == completion.date {
        columns.append(rows.days)
      } else if completion.partition.contains(slot) {
        columns.append(try column.gatheredOrNull(ownOrModel, budget: context.budget))
      } else if let value = completion.fills[slot], value != .null {
        columns.append(try filled(column, rows.rows, value))
      } else {
        columns.append(try column.gatheredOrNull(rows.rows, budget: context.budget))
      }
    }
    return SlotColumns(rowCount: rows.rows.count, columns: columns)
  }

  private func filled(
    _ column: Column, _ rows: Buffer<Int32>, _ value: Value
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(
      type: column.type, target: column.target, budget: context.budget)
    for index in 0..<rows.count {
      try builder.append(rows[index] < 0 ? value : column.value(Int(rows[index])))
    }
    return try builder.finished()
  }
}

/// The rows of a completed table: which row each is, which row of its group it is like, and its day.
private final class CompletedRows {
  private let rows: GrowingBuffer<Int32>
  private let models: GrowingBuffer<Int32>
  private let days: ColumnBuilder

  init(budget: MemoryBudget) throws(EngineError) {
    rows = try GrowingBuffer(budget: budget)
    models = try GrowingBuffer(budget: budget)
    days = try ColumnBuilder(type: .day, budget: budget)
  }

  func append(row: Int32, like model: Int32, day: Int?) throws(EngineError) {
    guard rows.count < Int(Int32.max) else { throw Executor.tooManyRows }
    try rows.append(row)
    try models.append(model)
    if let day { try days.append(Int64(day)) } else { try days.appendNull() }
  }

  func finished() throws(EngineError) -> (
    rows: Buffer<Int32>, models: Buffer<Int32>, days: Column
  ) {
    (try rows.finished(), try models.finished(), try days.finished())
  }
}
