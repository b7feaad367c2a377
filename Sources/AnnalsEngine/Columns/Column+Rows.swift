extension Column {
  /// The values at some rows, in their order.
  package func gathered(
    _ rows: Buffer<Int32>, budget: MemoryBudget
  ) throws(EngineError) -> Column {
    Column(
      type: type, count: rows.count, storage: try gatheredStorage(rows, budget),
      validity: try gatheredValidity(rows, budget))
  }

  /// The values at some rows, and null where the row is -1.
  func gatheredOrNull(_ rows: Buffer<Int32>, budget: MemoryBudget) throws(EngineError) -> Column {
    guard try Self.anyIsMissing(rows, budget) else { return try gathered(rows, budget: budget) }
    guard count > 0 else {
      let nulls = try ColumnBuilder(type: type, target: target, budget: budget)
      for index in 0..<rows.count {
        if index & 0xFFFF == 0 { try budget.checkStop() }
        try nulls.appendNull()
      }
      return try nulls.finished()
    }
    let safe = try Buffer<Int32>(count: rows.count, budget: budget)
    do {
      let wanted = rows.span
      var target = safe.mutableSpan
      for part in Parts(below: rows.count) {
        try budget.checkStop()
        for index in part { target[index] = max(wanted[index], 0) }
      }
    }
    let values = try gathered(safe, budget: budget)
    let known: Bitmap
    if let validity = values.validity {
      known = validity
    } else {
      known = try Bitmap(repeating: true, count: rows.count, budget: budget)
    }
    known.clear(where: rows)
    return Column(type: type, count: rows.count, storage: values.storage, validity: known)
  }

  private static func anyIsMissing(
    _ rows: Buffer<Int32>, _ budget: MemoryBudget
  ) throws(EngineError) -> Bool {
    let wanted = rows.span
    for part in Parts(below: rows.count) {
      try budget.checkStop()
      var signs: Int32 = 0
      for index in part { signs |= wanted[index] }
      if signs < 0 { return true }
    }
    return false
  }

  private func gatheredValidity(
    _ rows: Buffer<Int32>, _ budget: MemoryBudget
  ) throws(EngineError) -> Bitmap? {
    guard let validity else { return nil }
    return try gatheredBits(validity, rows, budget)
  }

  private func gatheredBits(
    _ bits: Bitmap, _ rows: Buffer<Int32>, _ budget: MemoryBudget
  ) throws(EngineError) -> Bitmap {
    let result = try Bitmap(count: rows.count, budget: budget)
    let source = bits.words.span
    let numbers = rows.span
    var target = result.words.mutableSpan
    for part in Parts(below: rows.count) {
      try budget.checkStop()
      for index in part {
        let row = Int(numbers[index])
        target[index >> 6] |= (source[row >> 6] >> UInt64(row & 63) & 1) << UInt64(index & 63)
      }
    }
    return result
  }

  private func gatheredStorage(
    _ rows: Buffer<Int32>, _ budget: MemoryBudget
  ) throws(EngineError) -> Storage {
    func values<T: BitwiseCopyable & Sendable>(_ buffer: Buffer<T>) throws(EngineError) -> Buffer<T>
    {
      let result = try Buffer<T>(count: rows.count, budget: budget)
      let source = buffer.span
      let numbers = rows.span
      var target = result.mutableSpan
      for part in Parts(below: rows.count) {
        try budget.checkStop()
        for index in part { target[index] = source[Int(numbers[index])] }
      }
      return result
    }
    switch storage {
    case .boolean(let bits): return .boolean(try gatheredBits(bits, rows, budget))
    case .int8(let buffer): return .int8(try values(buffer))
    case .int16(let buffer): return .int16(try values(buffer))
    case .int32(let buffer): return .int32(try values(buffer))
    case .int64(let buffer): return .int64(try values(buffer))
    case .double(let buffer): return .double(try values(buffer))
    case .codes8(let codes, let dictionary): return .codes8(try values(codes), dictionary)
    case .codes16(let codes, let dictionary): return .codes16(try values(codes), dictionary)
    case .codes32(let codes, let dictionary): return .codes32(try values(codes), dictionary)
    case .reference(let buffer, let target): return .reference(try values(buffer), target)
    case .text(let block): return .text(try gatheredTexts(block, rows, budget))
    case .list(let offsets, let texts):
      let newOffsets = try GrowingBuffer<Int64>(budget: budget, capacity: rows.count + 1)
      let builder = try TextBlockBuilder(budget: budget)
      try newOffsets.append(0)
      for index in 0..<rows.count {
        if index & 0xFF == 0 { try budget.checkStop() }
        let row = Int(rows[index])
        for element in Int(offsets[row])..<Int(offsets[row + 1]) {
          if element & 0xFFFF == 0 { try budget.checkStop() }
          try builder.append(texts[element])
        }
        try newOffsets.append(Int64(builder.count))
      }
      return .list(offsets: try newOffsets.finished(), try builder.finished())
    }
  }

  private func gatheredTexts(
    _ block: TextBlock, _ rows: Buffer<Int32>, _ budget: MemoryBudget
  ) throws(EngineError) -> TextBlock {
    let offsets = try Buffer<Int64>(count: rows.count + 1, budget: budget)
    var total = 0
    for index in 0..<rows.count {
      if index & 0xFFFF == 0 { try budget.checkStop() }
      total += block.length(Int(rows[index]))
      offsets[index + 1] = Int64(total)
    }
    let bytes = try Buffer<UInt8>(count: total, budget: budget)
    let starts = block.offsets.span
    let source = block.bytes.span
    let numbers = rows.span
    var target = bytes.mutableSpan
    var end = 0
    for index in 0..<numbers.count {
      let row = Int(numbers[index])
      for part in Parts(of: Int(starts[row])..<Int(starts[row + 1])) {
        if part.count == Parts.length || index & 0xFFF == 0 { try budget.checkStop() }
        for place in part {
          target[end] = source[place]
          end += 1
        }
      }
    }
    return TextBlock(offsets: offsets, bytes: bytes)
  }

  /// Numbers that are equal where the values are, and -1 for null. Those of references are their rows.
  ///
  /// For texts, references, and whole numbers of 32 bits.
  package func numbered(_ budget: MemoryBudget) throws(EngineError) -> Buffer<Int32> {
    let column = try withDictionary(budget)
    let result = try Buffer<Int32>(count: count, budget: budget)
    for row in 0..<count {
      if row & 0xFFFF == 0 { try budget.checkStop() }
      if isNull(row) {
        result[row] = -1
      } else if let location = column.textLocation(row) {
        result[row] = Int32(location.index)
      } else {
        result[row] = Int32(truncatingIfNeeded: integer(row))
      }
    }
    return result
  }

  /// The keys that a column of references leads to; null where it is. Any other column is itself.
  package func keys(budget: MemoryBudget) throws(EngineError) -> Column {
    guard case .reference(let rows, let target) = storage else { return self }
    guard validity != nil else { return try target.keys.gathered(rows, budget: budget) }
    let known = try Buffer<Int32>(count: count, budget: budget)
    for row in 0..<count { known[row] = isNull(row) ? -1 : rows[row] }
    return try target.keys.gatheredOrNull(known, budget: budget)
  }

  /// Row numbers that are asked for as references lead to the keys of those rows. Any other column is
  /// itself.
  func leading(to type: ValueType, in catalog: Catalog?) -> Column {
    guard case .int32(let rows) = storage, case .reference(let table) = type,
      let target = catalog?.target(table)
    else { return self }
    return Column(type: type, count: count, storage: .reference(rows, target), validity: validity)
  }

  /// The table that a reference column points into.
  package var target: ReferenceTarget? {
    guard case .reference(_, let target) = storage else { return nil }
    return target
  }
}
