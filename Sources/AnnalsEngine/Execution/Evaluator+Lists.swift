extension Evaluator {
  /// Lists that are written row by row; the texts that are appended for a row become its list.
  func lists(
    _ batch: Batch, _ write: (Int, TextBlockBuilder) throws(EngineError) -> Void
  ) throws(EngineError) -> Vector.Lanes {
    let rows = try scratch.takeIntegers()
    let offsets = try Buffer<Int64>(count: batch.count + 1, budget: scratch.budget)
    let texts = try TextBlockBuilder(budget: scratch.budget)
    for row in 0..<batch.count {
      if row & 7 == 0 { try scratch.budget.checkStop() }
      try write(row, texts)
      rows[row] = Int64(row)
      offsets[row + 1] = Int64(texts.count)
    }
    let column = Column(
      type: .list, count: batch.count, storage: .list(offsets: offsets, try texts.finished()),
      validity: nil)
    return .lists(rows, column)
  }

  /// Where the texts of a row's list stand; only for rows that have a value.
  func list(_ vector: Vector, _ row: Int) -> (texts: TextBlock, range: Range<Int>)? {
    guard case .lists(let rows, let column) = vector.lanes else { return nil }
    return column.listLocation(Int(rows[row]))
  }

  /// `split`: what stands between the separators, also where that is nothing; of an empty text
  /// nothing. An empty separator stands nowhere.
  func split(_ operands: [Vector], _ batch: Batch) throws(EngineError) -> Vector {
    let wholes = try textLanes(operands[0], batch)
    let separators = try textLanes(operands[1], batch)
    let known = try validity(of: operands, batch)
    let lanes = try lists(batch) { row, output throws(EngineError) in
      guard known.isSet(row) else { return }
      let whole = wholes.bytes.span.extracting(wholes.text(row))
      let separator = separators.bytes.span.extracting(separators.text(row))
      guard whole.count > 0 else { return }
      var start = 0
      while let place = TextParts.place(of: separator, in: whole, from: start) {
        if output.count & 0xFFF == 0 { try scratch.budget.checkStop() }
        try output.append(whole.extracting(start..<place))
        start = place + separator.count
      }
      try output.append(whole.extracting(start..<whole.count))
    }
    return Vector(lanes: lanes, validity: known)
  }

  /// `length` and `contains` of a list.
  func listed(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Vector {
    let known = try validity(of: operands, batch)
    if function == .length {
      let counts = try scratch.takeIntegers()
      for row in 0..<batch.count {
        counts[row] = known.isSet(row) ? Int64(list(operands[0], row)?.range.count ?? 0) : 0
      }
      return Vector(lanes: .integers(counts), validity: known)
    }
    let elements = try textLanes(operands[1], batch)
    let result = try scratch.takeWords()
    Words.fill(result, 0, count: batch.wordCount)
    for row in 0..<batch.count where known.isSet(row) {
      if row & 7 == 0 { try scratch.budget.checkStop() }
      guard let list = list(operands[0], row) else { continue }
      let element = elements.bytes.span.extracting(elements.text(row))
      if list.range.contains(where: { ByteOrder.equal(list.texts[$0], element) }) {
        result[row >> 6] |= 1 << UInt64(row & 63)
      }
    }
    return Vector(lanes: .booleans(result), validity: known)
  }
}
