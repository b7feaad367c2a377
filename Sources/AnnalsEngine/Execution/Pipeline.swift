/// Steps that pass batches of rows on without keeping them, over one source.
struct Pipeline: Sendable {
  enum Step: Sendable {
    /// Keeps the rows where the test holds.
    case filter(RowTest)
    /// Adds a computed vector.
    case compute(PreparedExpression)
  }

  let rowCount: Int
  var steps: [Step] = []
  /// How many vectors the steps compute.
  var computedCount = 0
  /// Where each slot is found after the steps, and its type.
  var slots: [SlotOrigin]
  var types: [ValueType]
  /// Whether every row of the source comes out.
  var keepsAllRows = true

  /// Runs the steps for some rows of the source and hands on what is left.
  ///
  /// - Parameter isDone: Asked before each batch; once true, the rest of the rows is left.
  /// - Throws: ``EngineError/row(_:row:_:)`` for the lowest row that fails. Rows may have been handed
  ///   on twice then.
  func run(
    _ rows: Range<Int>, scratch: Scratch, stop: StopFlag, until isDone: () -> Bool = { false },
    _ consume: (Batch, Evaluator) throws(EngineError) -> Void
  ) throws(EngineError) {
    let evaluator = Evaluator(scratch: scratch, stop: stop)
    var row = rows.lowerBound
    while row < rows.upperBound, !isDone() {
      try stop.check()
      let count = min(scratch.batchSize, rows.upperBound - row)
      do throws(EngineError) {
        try run(Batch(count: count, firstRow: row), evaluator, consume)
      } catch {
        guard case .row = error else { throw error }
        // A batch goes expression by expression, so that a lower row may fail in a later one.
        for single in row..<row + count {
          try run(Batch(count: 1, firstRow: single), evaluator, consume)
        }
        throw error
      }
      row += count
    }
  }

  private func run(
    _ source: Batch, _ evaluator: Evaluator,
    _ consume: (Batch, Evaluator) throws(EngineError) -> Void
  ) throws(EngineError) {
    evaluator.scratch.reset()
    var batch = source
    for step in steps where batch.count > 0 {
      switch step {
      case .compute(let expression):
        batch.computed.append(try evaluator.evaluate(expression, batch, active: nil))
      case .filter(let test): batch = try evaluator.kept(batch, where: test)
      }
    }
    if batch.count > 0 { try consume(batch, evaluator) }
  }
}

extension Evaluator {
  /// The rows of a batch where a test holds, with what was computed for them.
  fileprivate func kept(_ batch: Batch, where test: RowTest) throws(EngineError) -> Batch {
    let kept = try scratch.takeRows()
    let count: Int
    switch test {
    case .expression(let condition):
      let answers = try evaluate(condition, batch, active: nil)
      guard case .booleans(let bits) = answers.lanes else { return batch }
      count = Self.indexes(bits, answers.validity, batch, into: kept)
    case .codes(let code, _, let only?) where batch.rows == nil:
      count = EqualLanes.indexes(
        of: only, in: code.lanes, code.validity, from: batch.firstRow, count: batch.count,
        into: kept)
    case .codes(let code, let wanted, _):
      let codes = try scratch.takeRows()
      code.fill(codes, batch)
      count = LaneTests.indexes(of: wanted, codes, into: kept, count: batch.count)
    case .range(let lanes, let validity, let range):
      count = LaneTests.indexes(in: range, lanes, validity, batch, into: kept)
    case .containing(let block, let validity, let part):
      count = LaneTests.indexes(of: part, in: block, validity, batch, into: kept)
    case .known(let validity):
      count = LaneTests.indexes(validity, batch, into: kept)
    }
    return try compacted(batch, kept, count)
  }

  /// The places of the bits that are set and known.
  private static func indexes(
    _ bits: Buffer<UInt64>, _ validity: Buffer<UInt64>?, _ batch: Batch, into kept: Buffer<Int32>
  ) -> Int {
    var count = 0
    for index in 0..<batch.wordCount {
      var word = bits[index]
      if let validity { word &= validity[index] }
      if index == batch.wordCount - 1, batch.count & 63 != 0 {
        word &= (1 << UInt64(batch.count & 63)) - 1
      }
      while word != 0 {
        kept[count] = Int32(index * 64 + word.trailingZeroBitCount)
        count += 1
        word &= word - 1
      }
    }
    return count
  }

  private func compacted(
    _ batch: Batch, _ kept: Buffer<Int32>, _ count: Int
  ) throws(EngineError) -> Batch {
    if count == batch.count { return batch }
    let rows = try scratch.takeRows()
    fill(rows, batch, kept, count)
    var result = Batch(count: count, firstRow: batch.firstRow, rows: rows)
    for vector in batch.computed {
      result.computed.append(try compacted(vector, kept, result))
    }
    return result
  }

  /// Writes the source rows behind some places of a batch.
  private func fill(_ rows: Buffer<Int32>, _ batch: Batch, _ kept: Buffer<Int32>, _ count: Int) {
    let places = kept.span.extracting(first: count)
    var target = rows.mutableSpan
    if let source = batch.rows {
      let numbers = source.span
      for index in 0..<count { target[index] = numbers[Int(places[index])] }
    } else {
      // Tables have no more rows than 32 bits count.
      let first = Int32(truncatingIfNeeded: batch.firstRow)
      for index in 0..<count { target[index] = first &+ places[index] }
    }
  }

  private func compacted(
    _ vector: Vector, _ kept: Buffer<Int32>, _ batch: Batch
  ) throws(EngineError) -> Vector {
    func integers(_ values: Buffer<Int64>) throws(EngineError) -> Buffer<Int64> {
      let result = try scratch.takeIntegers()
      let (source, places) = (values.span, kept.span)
      var target = result.mutableSpan
      for index in 0..<batch.count { target[index] = source[Int(places[index])] }
      return result
    }
    func bits(_ words: Buffer<UInt64>) throws(EngineError) -> Buffer<UInt64> {
      let result = try scratch.takeWords()
      Words.fill(result, 0, count: batch.wordCount)
      for index in 0..<batch.count {
        let row = Int(kept[index])
        result[index >> 6] |= (words[row >> 6] >> UInt64(row & 63) & 1) << UInt64(index & 63)
      }
      return result
    }
    let lanes: Vector.Lanes
    switch vector.lanes {
    case .booleans(let words): lanes = .booleans(try bits(words))
    case .integers(let values): lanes = .integers(try integers(values))
    case .codes(let codes, let dictionary): lanes = .codes(try integers(codes), dictionary)
    case .lists(let rows, let column): lanes = .lists(try integers(rows), column)
    case .numbers(let values):
      let result = try scratch.takeNumbers()
      for index in 0..<batch.count { result[index] = values[Int(kept[index])] }
      lanes = .numbers(result)
    case .texts(let texts):
      lanes = .texts(
        TextLanes(
          starts: try integers(texts.starts), lengths: try integers(texts.lengths),
          bytes: texts.bytes))
    }
    let validity: Buffer<UInt64>?
    if let words = vector.validity { validity = try bits(words) } else { validity = nil }
    return Vector(lanes: lanes, validity: validity)
  }
}
