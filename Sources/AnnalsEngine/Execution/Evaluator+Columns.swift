extension Evaluator {
  /// Calls `body` with the values of finished columns for one batch of rows after another.
  static func eachBatch(
    of columns: [Column], rowCount: Int, context: RunContext,
    _ body: (Batch, [Vector]) throws(EngineError) -> Void
  ) throws(EngineError) {
    let evaluator = Evaluator(
      scratch: Scratch(batchSize: context.batchSize(for: rowCount), budget: context.budget))
    var start = 0
    while start < rowCount {
      try context.stop.check()
      evaluator.scratch.reset()
      let batch = Batch(
        count: min(evaluator.scratch.batchSize, rowCount - start), firstRow: start)
      var vectors: [Vector] = []
      for column in columns { vectors.append(try evaluator.load(column, batch)) }
      try body(batch, vectors)
      start += batch.count
    }
  }

  /// The values of a column of the source.
  func load(_ column: Column, _ batch: Batch) throws(EngineError) -> Vector {
    if let rows = batch.rows {
      let lanes = try scratch.takeIntegers()
      var target = lanes.mutableSpan
      let source = rows.span
      for row in 0..<batch.count { target[row] = Int64(source[row]) }
      let vector = Vector(lanes: .integers(lanes), validity: nil)
      return try gather(column, at: vector, batch, nullRow: nil)
    }
    return Vector(
      lanes: try slice(column, batch), validity: try slice(column.validity, batch))
  }

  func rowNumbers(_ batch: Batch) throws(EngineError) -> Vector {
    let lanes = try scratch.takeIntegers()
    var target = lanes.mutableSpan
    if let rows = batch.rows {
      let source = rows.span
      for row in 0..<batch.count { target[row] = Int64(source[row]) }
    } else {
      for row in 0..<batch.count { target[row] = Int64(batch.firstRow + row) }
    }
    return Vector(lanes: .integers(lanes), validity: nil)
  }

  // MARK: Rows that follow one another

  private func slice(_ validity: Bitmap?, _ batch: Batch) throws(EngineError) -> Buffer<UInt64>? {
    guard let validity else { return nil }
    return try sliceBits(validity, batch)
  }

  private func sliceBits(_ bits: Bitmap, _ batch: Batch) throws(EngineError) -> Buffer<UInt64> {
    let result = try scratch.takeWords()
    var target = result.mutableSpan
    let source = bits.words.span
    let first = batch.firstRow >> 6
    let shift = UInt64(batch.firstRow & 63)
    for index in 0..<batch.wordCount {
      var word = source[first + index] >> shift
      if shift > 0, first + index + 1 < source.count {
        word |= source[first + index + 1] << (64 - shift)
      }
      target[index] = word
    }
    return result
  }

  private func slice(_ column: Column, _ batch: Batch) throws(EngineError) -> Vector.Lanes {
    switch column.storage {
    case .boolean(let bits): return .booleans(try sliceBits(bits, batch))
    case .int8(let values): return .integers(try widen(values, batch))
    case .int16(let values): return .integers(try widen(values, batch))
    case .int32(let values): return .integers(try widen(values, batch))
    case .int64(let values): return .integers(try widen(values, batch))
    case .reference(let rows, _): return .integers(try widen(rows, batch))
    case .codes8(let codes, let dictionary): return .codes(try widen(codes, batch), dictionary)
    case .codes16(let codes, let dictionary): return .codes(try widen(codes, batch), dictionary)
    case .codes32(let codes, let dictionary): return .codes(try widen(codes, batch), dictionary)
    case .double(let values):
      let result = try scratch.takeNumbers()
      result.copy(from: values, start: batch.firstRow, count: batch.count, at: 0)
      return .numbers(result)
    case .text(let block):
      let starts = try scratch.takeIntegers()
      let lengths = try scratch.takeIntegers()
      let offsets = block.offsets.span
      var startTarget = starts.mutableSpan
      var lengthTarget = lengths.mutableSpan
      for row in 0..<batch.count {
        startTarget[row] = offsets[batch.firstRow + row]
        lengthTarget[row] = offsets[batch.firstRow + row + 1] - offsets[batch.firstRow + row]
      }
      return .texts(TextLanes(starts: starts, lengths: lengths, bytes: block.bytes))
    case .list:
      guard case .integers(let rows) = try rowNumbers(batch).lanes else {
        preconditionFailure("row numbers are integers")
      }
      return .lists(rows, column)
    }
  }

  private func widen<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ batch: Batch
  ) throws(EngineError) -> Buffer<Int64> {
    let result = try scratch.takeIntegers()
    let source = values.span.extracting(batch.firstRow..<batch.firstRow + batch.count)
    var target = result.mutableSpan
    for row in 0..<batch.count { target[row] = Int64(truncatingIfNeeded: source[row]) }
    return result
  }

  // MARK: Rows by number

  /// Integers as distances from one that none is below.
  func distances(
    _ vector: Vector, from origin: Int64, _ batch: Batch
  ) throws(EngineError) -> Vector {
    guard case .integers(let values) = vector.lanes else { return vector }
    let result = try scratch.takeIntegers()
    let source = values.span.extracting(first: batch.count)
    var target = result.mutableSpan
    for row in 0..<batch.count { target[row] = source[row] &- origin }
    return Vector(lanes: .integers(result), validity: vector.validity)
  }

  /// The values of a column at row numbers or codes; a null number gives the value of `nullRow`, or
  /// null if there is none.
  func gather(
    _ column: Column, at numbers: Vector, _ batch: Batch, nullRow: Int?
  ) throws(EngineError) -> Vector {
    let rows = try scratch.takeIntegers()
    let given: Buffer<Int64>
    switch numbers.lanes {
    case .integers(let values), .codes(let values, _), .lists(let values, _): given = values
    default: preconditionFailure("rows are named by integers")
    }
    let validity = try gatherValidity(column, given, numbers, batch, nullRow, into: rows)
    if column.count == 0 { return try nulls(like: column, batch) }
    return Vector(lanes: try gatherLanes(column, rows, batch), validity: validity)
  }

  /// Nulls for every row, in the lanes that the column's values would have.
  private func nulls(like column: Column, _ batch: Batch) throws(EngineError) -> Vector {
    let nulls = try constant(.null, column.type, batch)
    guard let dictionary = column.dictionary else { return nulls }
    let codes = try scratch.takeIntegers()
    var target = codes.mutableSpan
    for row in 0..<batch.count { target[row] = 0 }
    return Vector(lanes: .codes(codes, dictionary), validity: nulls.validity)
  }

  /// Fills `rows` with numbers that are safe to read, and gives which results are known.
  private func gatherValidity(
    _ column: Column, _ given: Buffer<Int64>, _ numbers: Vector, _ batch: Batch, _ nullRow: Int?,
    into rows: Buffer<Int64>
  ) throws(EngineError) -> Buffer<UInt64>? {
    var target = rows.mutableSpan
    let source = given.span
    if numbers.validity == nil, column.validity == nil {
      for row in 0..<batch.count { target[row] = source[row] }
      return nil
    }
    let known = try scratch.takeWords()
    Words.fill(known, 0, count: batch.wordCount)
    var bits = known.mutableSpan
    for row in 0..<batch.count {
      var number = Int(source[row])
      var isKnown = true
      if !numbers.isValid(row) {
        isKnown = nullRow != nil
        number = nullRow ?? 0
      }
      target[row] = Int64(number)
      if isKnown, !column.isNull(number) { bits[row >> 6] |= 1 << UInt64(row & 63) }
    }
    return known
  }

  private func gatherLanes(
    _ column: Column, _ rows: Buffer<Int64>, _ batch: Batch
  ) throws(EngineError) -> Vector.Lanes {
    switch column.storage {
    case .boolean(let bits):
      let result = try scratch.takeWords()
      Words.fill(result, 0, count: batch.wordCount)
      var target = result.mutableSpan
      for row in 0..<batch.count where bits[Int(rows[row])] {
        target[row >> 6] |= 1 << UInt64(row & 63)
      }
      return .booleans(result)
    case .int8(let values): return .integers(try gather(values, rows, batch))
    case .int16(let values): return .integers(try gather(values, rows, batch))
    case .int32(let values): return .integers(try gather(values, rows, batch))
    case .int64(let values): return .integers(try gather(values, rows, batch))
    case .reference(let values, _): return .integers(try gather(values, rows, batch))
    case .codes8(let codes, let dictionary):
      return .codes(try gather(codes, rows, batch), dictionary)
    case .codes16(let codes, let dictionary):
      return .codes(try gather(codes, rows, batch), dictionary)
    case .codes32(let codes, let dictionary):
      return .codes(try gather(codes, rows, batch), dictionary)
    case .double(let values):
      let result = try scratch.takeNumbers()
      let source = values.span
      let numbers = rows.span
      var target = result.mutableSpan
      for row in 0..<batch.count { target[row] = source[Int(numbers[row])] }
      return .numbers(result)
    case .text(let block): return .texts(try textLanes(block, rows, batch, nil))
    case .list: return .lists(rows, column)
    }
  }

  private func gather<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ rows: Buffer<Int64>, _ batch: Batch
  ) throws(EngineError) -> Buffer<Int64> {
    let result = try scratch.takeIntegers()
    let source = values.span
    let numbers = rows.span
    var target = result.mutableSpan
    for row in 0..<batch.count {
      target[row] = Int64(truncatingIfNeeded: source[Int(numbers[row])])
    }
    return result
  }

  // MARK: Texts

  /// The texts of a text vector, found through its dictionary if it has one.
  func textLanes(_ vector: Vector, _ batch: Batch) throws(EngineError) -> TextLanes {
    switch vector.lanes {
    case .texts(let lanes): return lanes
    case .codes(let codes, let dictionary):
      return try textLanes(dictionary.texts, codes, batch, vector)
    default: preconditionFailure("a text is a code or bytes")
    }
  }

  /// Texts of a block by number; where `known` is null the text is empty.
  private func textLanes(
    _ block: TextBlock, _ numbers: Buffer<Int64>, _ batch: Batch, _ known: Vector?
  ) throws(EngineError) -> TextLanes {
    let starts = try scratch.takeIntegers()
    let lengths = try scratch.takeIntegers()
    var startTarget = starts.mutableSpan
    var lengthTarget = lengths.mutableSpan
    for row in 0..<batch.count {
      guard known?.isValid(row) ?? true else {
        startTarget[row] = 0
        lengthTarget[row] = 0
        continue
      }
      let number = Int(numbers[row])
      startTarget[row] = Int64(block.start(number))
      lengthTarget[row] = Int64(block.length(number))
    }
    return TextLanes(starts: starts, lengths: lengths, bytes: block.bytes)
  }

  // MARK: Constants

  func constant(
    _ value: Value, _ type: ValueType, _ batch: Batch
  ) throws(EngineError) -> Vector {
    var validity: Buffer<UInt64>?
    if case .null = value {
      let none = try scratch.takeWords()
      Words.fill(none, 0, count: batch.wordCount)
      validity = none
    }
    return Vector(lanes: try constantLanes(value, type, batch), validity: validity)
  }

  private func constantLanes(
    _ value: Value, _ type: ValueType, _ batch: Batch
  ) throws(EngineError) -> Vector.Lanes {
    func integers(_ value: Int64) throws(EngineError) -> Vector.Lanes {
      let lanes = try scratch.takeIntegers()
      var target = lanes.mutableSpan
      for row in 0..<batch.count { target[row] = value }
      return .integers(lanes)
    }
    switch (type, value) {
    case (.boolean, _):
      let words = try scratch.takeWords()
      Words.fill(words, value == .boolean(true) ? ~0 : 0, count: batch.wordCount)
      return .booleans(words)
    case (.number, _):
      let lanes = try scratch.takeNumbers()
      var number = 0.0
      if case .number(let value) = value { number = value }
      var target = lanes.mutableSpan
      for row in 0..<batch.count { target[row] = number }
      return .numbers(lanes)
    case (.text, .text(let text)): return .texts(try repeated(Array(text.utf8), batch))
    case (.text, _): return .texts(try repeated([], batch))
    case (.list, _):
      guard case .integers(let rows) = try integers(0) else { return try integers(0) }
      let one = try ColumnBuilder(type: .list, budget: scratch.budget)
      try one.append(value)
      return .lists(rows, try one.finished())
    case (_, .integer(let value)): return try integers(value)
    case (_, .day(let day)): return try integers(Int64(day.number))
    case (_, .time(let time)): return try integers(time.microseconds)
    case (_, .reference(let reference)): return try integers(Int64(reference.row))
    default: return try integers(0)
    }
  }

  private func repeated(_ bytes: [UInt8], _ batch: Batch) throws(EngineError) -> TextLanes {
    let starts = try scratch.takeIntegers()
    let lengths = try scratch.takeIntegers()
    var startTarget = starts.mutableSpan
    var lengthTarget = lengths.mutableSpan
    for row in 0..<batch.count {
      startTarget[row] = 0
      lengthTarget[row] = Int64(bytes.count)
    }
    return TextLanes(
      starts: starts, lengths: lengths, bytes: try Buffer(bytes, budget: scratch.budget))
  }

  // MARK: Choosing between vectors

  /// For each row the value of the vector that `pick` names; the vectors are of one type.
  func select(
    _ vectors: [Vector], _ batch: Batch, pick: (Int) -> Int
  ) throws(EngineError) -> Vector {
    let known = try scratch.takeWords()
    Words.fill(known, 0, count: batch.wordCount)
    var choice: [Int] = []
    choice.reserveCapacity(batch.count)
    for row in 0..<batch.count {
      let index = pick(row)
      choice.append(index)
      if vectors[index].isValid(row) { known[row >> 6] |= 1 << UInt64(row & 63) }
    }
    return Vector(lanes: try selectLanes(vectors, choice, known, batch), validity: known)
  }

  private func selectLanes(
    _ vectors: [Vector], _ choice: [Int], _ known: Buffer<UInt64>, _ batch: Batch
  ) throws(EngineError) -> Vector.Lanes {
    switch vectors[0].lanes {
    case .booleans:
      let result = try scratch.takeWords()
      Words.fill(result, 0, count: batch.wordCount)
      for row in 0..<batch.count {
        guard case .booleans(let bits) = vectors[choice[row]].lanes else { continue }
        result[row >> 6] |= bits[row >> 6] & (1 << UInt64(row & 63))
      }
      return .booleans(result)
    case .lists:
      return try lists(batch) { row, output throws(EngineError) in
        guard known[row >> 6] >> UInt64(row & 63) & 1 != 0,
          let list = list(vectors[choice[row]], row)
        else { return }
        for index in list.range {
          if index & 0xFFF == 0 { try scratch.budget.checkStop() }
          try output.append(list.texts[index])
        }
      }
    case .integers:
      let result = try scratch.takeIntegers()
      for row in 0..<batch.count {
        guard case .integers(let values) = vectors[choice[row]].lanes else { continue }
        result[row] = values[row]
      }
      return .integers(result)
    case .numbers:
      let result = try scratch.takeNumbers()
      for row in 0..<batch.count {
        guard case .numbers(let values) = vectors[choice[row]].lanes else { continue }
        result[row] = values[row]
      }
      return .numbers(result)
    case .codes, .texts:
      if let codes = try selectCodes(vectors, choice, batch) { return codes }
      var lanes: [TextLanes] = []
      for vector in vectors { lanes.append(try textLanes(vector, batch)) }
      return .texts(
        try texts(batch) { row, output throws(EngineError) in
          guard known[row >> 6] >> UInt64(row & 63) & 1 != 0 else { return }
          let chosen = lanes[choice[row]]
          try output.append(chosen.bytes.span.extracting(chosen.text(row)))
        })
    }
  }

  /// Codes, if all vectors with a value share one dictionary.
  private func selectCodes(
    _ vectors: [Vector], _ choice: [Int], _ batch: Batch
  ) throws(EngineError) -> Vector.Lanes? {
    var shared: TextDictionary?
    for vector in vectors {
      if case .codes(_, let dictionary) = vector.lanes {
        guard shared == nil || shared === dictionary else { return nil }
        shared = dictionary
      } else if !vector.isAllNull(batch) {
        return nil
      }
    }
    guard let shared else { return nil }
    let result = try scratch.takeIntegers()
    for row in 0..<batch.count {
      guard case .codes(let codes, _) = vectors[choice[row]].lanes else { continue }
      result[row] = codes[row]
    }
    return .codes(result, shared)
  }

  /// Texts that are written row by row; what is appended for a row becomes its text.
  func texts(
    _ batch: Batch,
    _ write: (Int, GrowingBuffer<UInt8>) throws(EngineError) -> Void
  ) throws(EngineError) -> TextLanes {
    let starts = try scratch.takeIntegers()
    let lengths = try scratch.takeIntegers()
    let output = try GrowingBuffer<UInt8>(budget: scratch.budget, capacity: 1024)
    var checked = 0
    for row in 0..<batch.count {
      let start = output.count
      // Each of the texts may be long.
      if row & 7 == 0 || start - checked > Parts.length {
        try scratch.budget.checkStop()
        checked = start
      }
      try write(row, output)
      starts[row] = Int64(start)
      lengths[row] = Int64(output.count - start)
    }
    return TextLanes(starts: starts, lengths: lengths, bytes: try output.finished())
  }
}
