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
    let rows = try CompletedRows(dates, budget: context.budget)
    if keys.isEmpty, result.rowCount == 0 {
      try rows.append(groups.rows, 0..<0, like: -1, grid)
    }
    let ordered = try groups.sorted(byDaysOf: dates, context)
    for group in 0..<groups.count {
      try context.stop.check()
      let range = groups.range(group)
      try rows.append(ordered, range, like: groups.rows[range.lowerBound], grid)
    }
    return try columns(result, completion, rows)
  }

  /// The days that every group shall have.
  private func grid(
    _ completion: Completion, _ dates: Column
  ) throws(EngineError) -> Buffer<Int32> {
    let days = try GrowingBuffer<Int32>(budget: context.budget)
    let known = try dates.knownDays(context.budget)
    guard let first = completion.from?.number ?? known?.lowerBound,
      let last = completion.to?.number ?? known?.upperBound
    else { return try days.finished() }
    // Months are counted from the first day, so that the 31st does not creep to the 28th.
    while true {
      let day = completion.step.day(after: Int(first), count: days.count)
      guard day <= Int(last) else { return try days.finished() }
      try days.append(Int32(day))
      if days.count > 4_000_000 { throw Self.tooManyRows }
    }
  }

  private func columns(
    _ input: SlotColumns, _ completion: Completion, _ completed: CompletedRows
  ) throws(EngineError) -> SlotColumns {
    let (rows, models, days) = try completed.finished()
    var columns: [Column?] = []
    for (slot, column) in input.columns.enumerated() {
      guard let column else {
        columns.append(nil)
        continue
      }
      if slot == completion.date {
        columns.append(days)
      } else if completion.partition.contains(slot) {
        columns.append(try column.gatheredOrNull(models, budget: context.budget))
      } else if let value = completion.fills[slot], value != .null {
        columns.append(
          try column.gathered(
            rows, else: value, budget: context.budget))
      } else {
        columns.append(try column.gatheredOrNull(rows, budget: context.budget))
      }
    }
    return SlotColumns(rowCount: rows.count, columns: columns)
  }
}
