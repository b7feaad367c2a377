extension Column {
  /// The values of some rows, and `value` where a row number is negative.
  func gathered(
    _ rows: Buffer<Int32>, else value: Value, budget: MemoryBudget
  ) throws(EngineError) -> Column {
    guard let storage = try filledStorage(rows, value, budget) else {
      return try built(rows, else: value, budget)
    }
    guard let validity else {
      return Column(type: type, count: rows.count, storage: storage, validity: nil)
    }
    let known = try Bitmap(count: rows.count, budget: budget)
    for place in 0..<rows.count {
      if place & 0xFFFF == 0 { try budget.checkStop() }
      if rows[place] < 0 || validity[Int(rows[place])] { known.set(place) }
    }
    return Column(type: type, count: rows.count, storage: storage, validity: known)
  }

  /// - Returns: nil if the value needs another storage than the column has.
  private func filledStorage(
    _ rows: Buffer<Int32>, _ value: Value, _ budget: MemoryBudget
  ) throws(EngineError) -> Storage? {
    switch (storage, value) {
    case (.double(let values), .number(let number)):
      return .double(try filled(values, rows, number, budget))
    case (.int8(let values), .integer(let whole)):
      guard let whole = Int8(exactly: whole) else { return nil }
      return .int8(try filled(values, rows, whole, budget))
    case (.int16(let values), .integer(let whole)):
      guard let whole = Int16(exactly: whole) else { return nil }
      return .int16(try filled(values, rows, whole, budget))
    case (.int32(let values), .integer(let whole)):
      guard let whole = Int32(exactly: whole) else { return nil }
      return .int32(try filled(values, rows, whole, budget))
    case (.int64(let values), .integer(let whole)):
      return .int64(try filled(values, rows, whole, budget))
    default: return nil
    }
  }

  private func filled<T: BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ rows: Buffer<Int32>, _ value: T, _ budget: MemoryBudget
  ) throws(EngineError) -> Buffer<T> {
    let result = try Buffer<T>(count: rows.count, budget: budget)
    let source = values.span
    let numbers = rows.span
    var target = result.mutableSpan
    for part in Parts(below: numbers.count) {
      try budget.checkStop()
      for place in part {
        let row = Int(numbers[place])
        target[place] = row < 0 ? value : source[row]
      }
    }
    return result
  }

  private func built(
    _ rows: Buffer<Int32>, else value: Value, _ budget: MemoryBudget
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: type, target: target, budget: budget)
    for place in 0..<rows.count {
      // A text to fill in may be long.
      if place & 63 == 0 { try budget.checkStop() }
      try builder.append(rows[place] < 0 ? value : self.value(Int(rows[place])))
    }
    return try builder.finished()
  }
}
