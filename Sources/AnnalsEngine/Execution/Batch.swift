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
}
