/// Some rows of a pipeline's source, with what earlier steps computed for them.
struct Batch {
  var count: Int
  /// The source row of the first row, if the rows follow one another.
  var firstRow: Int
  /// The source rows where they don't.
  var rows: Buffer<Int32>?
  var computed: [Vector] = []

  var wordCount: Int { Bitmap.wordCount(count) }

  /// The source row behind a row of the batch.
  func sourceRow(_ row: Int) -> Int {
    guard let rows else { return firstRow + row }
    return Int(rows[row])
  }

  /// Writes the source rows behind some places of the batch to `start` and on.
  func copyRows(
    at places: Buffer<Int32>, count: Int, to rows: Buffer<Int32>, from start: Int
  ) {
    let places = places.span.extracting(first: count)
    var target = rows.mutableSpan
    if let source = self.rows {
      let numbers = source.span
      for index in 0..<count { target[start + index] = numbers[Int(places[index])] }
    } else {
      // Tables have no more rows than 32 bits count.
      let first = Int32(truncatingIfNeeded: firstRow)
      for index in 0..<count { target[start + index] = first &+ places[index] }
    }
  }
}
