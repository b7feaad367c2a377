extension Evaluator {
  /// Lists that are written row by row; the texts that are appended for a row become its list.
  func lists(
    _ batch: Batch, _ write: (Int, TextBlockBuilder) throws(EngineError) -> Void
  ) throws(EngineError) -> Vector.Lanes {
    let rows = try scratch.takeIntegers()
    let offsets = try Buffer<Int64>(count: batch.count + 1, budget: scratch.budget)
    let texts = try TextBlockBuilder(budget: scratch.budget)
    for row in 0..<batch.count {
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
}
