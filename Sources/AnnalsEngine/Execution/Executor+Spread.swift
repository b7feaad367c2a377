extension Executor {
  func spread(
    _ input: Plan, _ spreading: Spreading, _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let daysSlot = input.types(query.sources).count
    let numbers = SlotSet(spreading.numbers.filter { $0.contains(where: needed.contains) }.joined())
    let result = try run(
      input,
      needed: needed.union(numbers).union([spreading.from, spreading.to]).subtracting([daysSlot]))
    guard let first = result.columns[spreading.from], let last = result.columns[spreading.to] else {
      return result
    }
    let rows = try SpreadRows(first, last, context)
    var columns: [Column?] = []
    var failures = RowFailures()
    for (slot, column) in result.columns.enumerated() {
      guard let column else {
        columns.append(nil)
        continue
      }
      if slot == spreading.from || slot == spreading.to {
        columns.append(try rows.days(column, context))
      } else if numbers.contains(slot) {
        do throws(EngineError) {
          columns.append(try divided(column, rows, spreading.mode))
        } catch {
          try failures.note(error)
        }
      } else {
        columns.append(try column.gatheredOrNull(rows.rows, budget: context.budget))
      }
    }
    try failures.check()
    columns.append(try rows.counts(context))
    return SlotColumns(rowCount: rows.rows.count, columns: columns)
  }

  private func divided(
    _ column: Column, _ rows: SpreadRows, _ mode: SpreadMode
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: column.type, budget: context.budget)
    for index in 0..<rows.rows.count {
      if index & 0xFFFF == 0 { try context.stop.check() }
      let row = Int(rows.rows[index])
      let count = rows.count(index)
      if column.isNull(row) {
        try builder.appendNull()
      } else if case .double(let values) = column.storage {
        let day = rows.day(index)
        try builder.append(try part(values[row], day, count, mode, row))
      } else {
        try builder.append(Self.part(column.integer(row), rows.day(index), count, mode))
      }
    }
    return try builder.finished()
  }

  /// The part of a number for one of its days, counted from 0.
  private func part(
    _ value: Double, _ day: Int, _ count: Int, _ mode: SpreadMode, _ row: Int
  ) throws(EngineError) -> Double {
    switch mode {
    case .first: return day == 0 ? value : 0
    case .fraction:
      // Differences of growing shares are exact but for the first, so the parts add up to the whole.
      return Self.share(value, day + 1, count) - Self.share(value, day, count)
    case .remainder:
      guard let whole = NumberFunctions.whole(value) else {
        throw .row(
          .notWhole(value), row: row + 1, FormulaPlace(formula: "", range: 0..<0))
      }
      return Double(Self.part(whole, day, count, mode))
    }
  }

  private static func share(_ value: Double, _ days: Int, _ count: Int) -> Double {
    days == 0 ? 0 : days == count ? value : value * (Double(days) / Double(count))
  }

  private static func part(
    _ value: Int64, _ day: Int, _ count: Int, _ mode: SpreadMode
  ) -> Int64 {
    guard mode == .remainder else { return day == 0 ? value : 0 }
    let each = value / Int64(count)
    return day == 0 ? value - each * Int64(count - 1) : each
  }
}

/// The rows of a spread table: which row each is from, and which of its days.
private struct SpreadRows {
  let rows: Buffer<Int32>
  /// The day within the row's span, from 0; -1 where the row was not divided.
  private let offsets: Buffer<Int32>
  /// Over how many days each row of the input is divided, 0 where it is not.
  private let spans: Buffer<Int32>

  init(_ first: Column, _ last: Column, _ context: RunContext) throws(EngineError) {
    let rows = try GrowingBuffer<Int32>(budget: context.budget)
    let offsets = try GrowingBuffer<Int32>(budget: context.budget)
    let spans = try Buffer<Int32>(count: first.count, budget: context.budget)
    for row in 0..<first.count {
      if row & 1023 == 0 { try context.stop.check() }
      var count = 0
      if !first.isNull(row), !last.isNull(row) {
        count = Int(max(0, last.integer(row) - first.integer(row) + 1))
      }
      guard rows.count + max(count, 1) <= Int(Int32.max) else { throw Executor.tooManyRows }
      spans[row] = Int32(count)
      guard count > 0 else {
        try rows.append(Int32(row))
        try offsets.append(-1)
        continue
      }
      for day in 0..<count {
        if day & 0xFFFF == 0xFFFF { try context.stop.check() }
        try rows.append(Int32(row))
        try offsets.append(Int32(day))
      }
    }
    self.rows = try rows.finished()
    self.offsets = try offsets.finished()
    self.spans = spans
    self.first = first
  }

  private let first: Column

  /// Over how many days a row of the result's origin is divided, at least 1.
  func count(_ index: Int) -> Int { max(1, Int(spans[Int(rows[index])])) }

  func day(_ index: Int) -> Int { max(0, Int(offsets[index])) }

  /// The days themselves; a row that was not divided keeps what it has in `column`.
  func days(_ column: Column, _ context: RunContext) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .day, budget: context.budget)
    for index in 0..<rows.count {
      if index & 0xFFFF == 0 { try context.stop.check() }
      let row = Int(rows[index])
      if offsets[index] >= 0 {
        try builder.append(first.integer(row) + Int64(offsets[index]))
      } else if column.isNull(row) {
        try builder.appendNull()
      } else {
        try builder.append(column.integer(row))
      }
    }
    return try builder.finished()
  }

  /// The number of days of each row, null where it was not divided.
  func counts(_ context: RunContext) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .integer, budget: context.budget)
    for index in 0..<rows.count {
      if index & 0xFFFF == 0 { try context.stop.check() }
      if offsets[index] < 0 {
        try builder.appendNull()
      } else {
        try builder.append(Int64(spans[Int(rows[index])]))
      }
    }
    return try builder.finished()
  }
}
