/// Loops that find the rows of a batch that pass a test of their lanes.
///
/// They write the places of those rows within the batch and give how many there are. A place is
/// written for every row, and counts only if the row passes, so that nothing is guessed wrongly.
enum LaneTests {
  static func indexes(
    of wanted: Buffer<UInt8>, _ codes: Buffer<Int32>, into kept: Buffer<Int32>, count: Int
  ) -> Int {
    let passes = wanted.span
    let source = codes.span.extracting(first: count)
    var target = kept.mutableSpan
    var found = 0
    for index in 0..<count {
      target[found] = Int32(truncatingIfNeeded: index)
      found += Int(passes[Int(source[index])])
    }
    return found
  }

  static func indexes(
    in range: ClosedRange<Int64>, _ lanes: IntegerLanes, _ validity: Bitmap?, _ batch: Batch,
    into kept: Buffer<Int32>
  ) -> Int {
    switch lanes {
    case .unsigned8(let values): indexes(in: range, values, validity, batch, kept)
    case .unsigned16(let values): indexes(in: range, values, validity, batch, kept)
    case .signed8(let values): indexes(in: range, values, validity, batch, kept)
    case .signed16(let values): indexes(in: range, values, validity, batch, kept)
    case .signed32(let values): indexes(in: range, values, validity, batch, kept)
    case .signed64(let values): indexes(in: range, values, validity, batch, kept)
    }
  }

  @inline(__always)
  private static func indexes<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    in range: ClosedRange<Int64>, _ values: Buffer<T>, _ validity: Bitmap?, _ batch: Batch,
    _ kept: Buffer<Int32>
  ) -> Int {
    let source = values.span
    var target = kept.mutableSpan
    // What lies below the range is, as a distance without a sign, beyond it.
    let least = range.lowerBound
    let width = UInt64(bitPattern: range.upperBound &- least)
    @inline(__always)
    func passes(_ value: T) -> Int {
      UInt64(bitPattern: Int64(truncatingIfNeeded: value) &- least) <= width ? 1 : 0
    }
    var found = 0
    if let validity {
      let known = validity.words.span
      for index in 0..<batch.count {
        let row = batch.sourceRow(index)
        let isKnown = Int(truncatingIfNeeded: known[row >> 6] >> UInt64(row & 63) & 1)
        target[found] = Int32(truncatingIfNeeded: index)
        found &+= passes(source[row]) & isKnown
      }
    } else if let rows = batch.rows {
      let numbers = rows.span.extracting(first: batch.count)
      for start in stride(from: 0, to: numbers.count, by: ReadAhead.rowCount) {
        values.readAhead(at: numbers, after: start)
        for index in start..<min(start &+ ReadAhead.rowCount, numbers.count) {
          target[found] = Int32(truncatingIfNeeded: index)
          found &+= passes(source[Int(numbers[index])])
        }
      }
    } else {
      let rows = source.extracting(batch.firstRow..<batch.firstRow + batch.count)
      for start in stride(from: 0, to: rows.count, by: ReadAhead.rowCount) {
        values.readAhead(from: batch.firstRow &+ start)
        for index in start..<min(start &+ ReadAhead.rowCount, rows.count) {
          target[found] = Int32(truncatingIfNeeded: index)
          found &+= passes(rows[index])
        }
      }
    }
    return found
  }

  static func indexes(_ validity: Bitmap, _ batch: Batch, into kept: Buffer<Int32>) -> Int {
    let words = validity.words.span
    var target = kept.mutableSpan
    var found = 0
    guard batch.rows != nil else {
      let endRow = batch.firstRow + batch.count
      var row = batch.firstRow
      while row < endRow {
        var bits = words[row >> 6] >> UInt64(row & 63)
        let stop = min(endRow, (row | 63) + 1)
        while row < stop {
          target[found] = Int32(truncatingIfNeeded: row - batch.firstRow)
          found += Int(truncatingIfNeeded: bits & 1)
          bits >>= 1
          row += 1
        }
      }
      return found
    }
    for index in 0..<batch.count {
      let row = batch.sourceRow(index)
      target[found] = Int32(truncatingIfNeeded: index)
      found += Int(truncatingIfNeeded: words[row >> 6] >> UInt64(row & 63) & 1)
    }
    return found
  }

  /// The rows whose text holds a part. Texts that follow one another are searched as one.
  static func indexes(
    of part: Buffer<UInt8>, in block: TextBlock, _ validity: Bitmap?, _ batch: Batch,
    into kept: Buffer<Int32>
  ) -> Int {
    let needle = part.span
    let bytes = block.bytes.span
    var found = 0
    func keep(_ index: Int, _ row: Int) {
      guard validity.map({ $0[row] }) ?? true else { return }
      kept[found] = Int32(truncatingIfNeeded: index)
      found += 1
    }
    if batch.rows != nil {
      for index in 0..<batch.count {
        let row = batch.sourceRow(index)
        if TextSearch.next(needle, in: block[row], from: 0) != nil { keep(index, row) }
      }
      return found
    }
    let offsets = block.offsets.span
    var row = batch.firstRow
    let endRow = batch.firstRow + batch.count
    let all = bytes.extracting(0..<Int(offsets[endRow]))
    while row < endRow,
      let place = TextSearch.next(needle, in: all, from: Int(offsets[row]))
    {
      while row < endRow, Int(offsets[row + 1]) <= place { row += 1 }
      guard row < endRow else { break }
      // A hit that reaches into the next text is none, and neither is any after it in this one.
      if place + needle.count <= Int(offsets[row + 1]) { keep(row - batch.firstRow, row) }
      row += 1
    }
    return found
  }
}
