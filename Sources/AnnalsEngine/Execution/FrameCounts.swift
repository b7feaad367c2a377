/// How many rows of frames count: `count()`, `count(x)` and `count_if`.
struct FrameCounts {
  /// How many count among the places before each; nil where all count.
  private let before: Buffer<Int32>?

  /// - Parameters:
  ///   - column: Whose known values count; all rows do if it is nil.
  ///   - countsTrue: Whether only true values do.
  init(
    _ column: Column?, countsTrue: Bool, _ frames: Frames, _ context: RunContext
  ) throws(EngineError) {
    guard let column, countsTrue || column.validity != nil else {
      before = nil
      return
    }
    var bits: Bitmap?
    if countsTrue, case .boolean(let values) = column.storage { bits = values }
    let sums = try Buffer<Int32>(count: frames.count + 1, budget: context.budget)
    var count: Int32 = 0
    for place in 0..<frames.count {
      if place & 0xFFFF == 0 { try context.stop.check() }
      let row = Int(frames.rows[place])
      if bits?[row] ?? true, !column.isNull(row) { count += 1 }
      sums[place + 1] = count
    }
    before = sums
  }

  /// How many count in the frame of the row at a place.
  func count(_ place: Int, _ frames: Frames) -> Int {
    count(from: Int(frames.starts[place]), to: Int(frames.ends[place]))
  }

  /// How many count from a place on to another.
  @inline(__always)
  func count(from start: Int, to end: Int) -> Int {
    guard let before else { return end - start }
    return Int(before[end] - before[start])
  }

  /// Where those of the frame of the row at a place stand among all that count.
  func range(_ place: Int, _ frames: Frames) -> Range<Int> {
    let (start, end) = (Int(frames.starts[place]), Int(frames.ends[place]))
    guard let before else { return start..<end }
    return Int(before[start])..<Int(before[end])
  }

  /// The counts by row.
  func column(_ frames: Frames, _ context: RunContext) throws(EngineError) -> Column {
    var counts = try RowNumbers<Int64>(count: frames.count, budget: context.budget)
    for part in Parts(below: frames.count) {
      try context.stop.check()
      for place in part {
        let row = Int(frames.rows[place])
        guard frames.hasFrame(place) else {
          try counts.setNull(row)
          continue
        }
        counts.set(row, Int64(count(place, frames)))
      }
    }
    return counts.finished()
  }
}
