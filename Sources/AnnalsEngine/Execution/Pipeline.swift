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
  /// - Parameter isDone: Asked before each batch; once true, the rest of the rows is left. Nil for all
  ///   rows; where a first test leaves few, those of many batches are handed on as one then.
  /// - Throws: ``EngineError/row(_:row:_:)`` for the lowest row that fails. Rows may have been handed
  ///   on twice then.
  func run(
    _ rows: Range<Int>, scratch: Scratch, until isDone: (() -> Bool)? = nil,
    _ consume: (Batch, Evaluator) throws(EngineError) -> Void
  ) throws(EngineError) {
    let evaluator = Evaluator(scratch: scratch)
    if isDone == nil, case .filter(let test)? = steps.first, !test.canFail {
      return try runGathered(rows, test, evaluator, consume)
    }
    var row = rows.lowerBound
    while row < rows.upperBound, !(isDone?() ?? false) {
      try scratch.budget.checkStop()
      let count = min(scratch.batchSize, rows.upperBound - row)
      try runCarefully(steps[...], Batch(count: count, firstRow: row), evaluator, consume)
      row += count
    }
  }

  /// Runs the steps after a first test for the rows that pass it, as many at a time as fill a batch.
  private func runGathered(
    _ rows: Range<Int>, _ test: RowTest, _ evaluator: Evaluator,
    _ consume: (Batch, Evaluator) throws(EngineError) -> Void
  ) throws(EngineError) {
    let scratch = evaluator.scratch
    let rest = steps.dropFirst()
    let places = try Buffer<Int32>(count: scratch.batchSize, budget: scratch.budget)
    let gathered = try Buffer<Int32>(count: scratch.batchSize, budget: scratch.budget)
    var gatheredCount = 0
    func handOn() throws(EngineError) {
      guard gatheredCount > 0 else { return }
      let batch = Batch(count: gatheredCount, firstRow: Int(gathered[0]), rows: gathered)
      gatheredCount = 0
      try runCarefully(rest, batch, evaluator, consume)
    }
    var row = rows.lowerBound
    while row < rows.upperBound {
      try scratch.budget.checkStop()
      let source = Batch(count: min(scratch.batchSize, rows.upperBound - row), firstRow: row)
      scratch.reset()
      let count = try evaluator.places(of: source, where: test, into: places)
      if gatheredCount + count > scratch.batchSize || count == source.count { try handOn() }
      if count == source.count {
        try runCarefully(rest, source, evaluator, consume)
      } else {
        source.copyRows(at: places, count: count, to: gathered, from: gatheredCount)
        gatheredCount += count
      }
      row += source.count
    }
    try handOn()
  }

  /// Runs steps for a batch whose rows don't stand in scratch memory.
  private func runCarefully(
    _ steps: ArraySlice<Step>, _ source: Batch, _ evaluator: Evaluator,
    _ consume: (Batch, Evaluator) throws(EngineError) -> Void
  ) throws(EngineError) {
    do throws(EngineError) {
      try run(steps, source, evaluator, consume)
    } catch {
      guard case .row = error else { throw error }
      // A batch goes expression by expression, so that a lower row may fail in a later one.
      for index in 0..<source.count {
        let single = Batch(count: 1, firstRow: source.sourceRow(index))
        try run(steps, single, evaluator, consume)
      }
      throw error
    }
  }

  private func run(
    _ steps: ArraySlice<Step>, _ source: Batch, _ evaluator: Evaluator,
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
    return try compacted(batch, kept, try places(of: batch, where: test, into: kept))
  }

  /// Writes the places of the rows of a batch where a test holds, and gives how many there are. Where
  /// these are all, nothing need be written.
  fileprivate func places(
    of batch: Batch, where test: RowTest, into kept: Buffer<Int32>
  ) throws(EngineError) -> Int {
    switch test {
    case .expression(let condition):
      let answers = try evaluate(condition, batch, active: nil)
      guard case .booleans(let bits) = answers.lanes else { return batch.count }
      return Self.indexes(bits, answers.validity, batch, into: kept)
    case .codes(let code, _, let only?) where batch.rows == nil:
      return EqualLanes.indexes(
        of: only, in: code.lanes, code.validity, from: batch.firstRow, count: batch.count,
        into: kept)
    case .codes(let code, let wanted, _):
      let codes = try scratch.takeRows()
      code.fill(codes, batch)
      return LaneTests.indexes(of: wanted, codes, into: kept, count: batch.count)
    case .range(let lanes, let validity, let range):
      return LaneTests.indexes(in: range, lanes, validity, batch, into: kept)
    case .containing(let block, let validity, let part):
      return LaneTests.indexes(of: part, in: block, validity, batch, into: kept)
    case .known(let validity):
      return LaneTests.indexes(validity, batch, into: kept)
    }
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
    batch.copyRows(at: kept, count: count, to: rows, from: 0)
    var result = Batch(count: count, firstRow: batch.firstRow, rows: rows)
    for vector in batch.computed {
      result.computed.append(try compacted(vector, kept, result))
    }
    return result
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
