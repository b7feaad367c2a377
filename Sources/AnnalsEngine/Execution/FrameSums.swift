/// `sum` and `mean` of whole numbers over frames, exact to 128 bits.
struct FrameSums {
  private let frames: Frames
  private let counts: FrameCounts
  /// By place; 0 for null.
  private let values: Buffer<Int64>
  private let context: RunContext

  /// - Parameter column: Of integers.
  init(_ column: Column, _ frames: Frames, _ context: RunContext) throws(EngineError) {
    self.frames = frames
    self.context = context
    counts = try FrameCounts(column, countsTrue: false, frames, context)
    values = try Buffer(count: frames.count, budget: context.budget)
    try context.stop.check()
    switch column.integerLanes {
    case .unsigned8(let lanes): place(lanes)
    case .unsigned16(let lanes): place(lanes)
    case .signed8(let lanes): place(lanes)
    case .signed16(let lanes): place(lanes)
    case .signed32(let lanes): place(lanes)
    case .signed64(let lanes): place(lanes)
    case nil: break
    }
    guard column.validity != nil else { return }
    for index in 0..<frames.count where column.isNull(Int(frames.rows[index])) { values[index] = 0 }
  }

  @inline(__always)
  private func place<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ lanes: Buffer<T>) {
    let source = lanes.span
    let rows = frames.rows.span
    var target = values.mutableSpan
    for place in 0..<rows.count { target[place] = Int64(source[Int(rows[place])]) }
  }

  /// The sums by row; null over nothing known.
  ///
  /// - Parameter formula: Named by the error of a sum that does not fit, which is that of its row.
  func sums(_ formula: FormulaPlace) throws(EngineError) -> Column {
    let result = try RowNumbers<Int64>(count: frames.count, budget: context.budget)
    var failures = RowFailures()
    try eachSum { row, sum, _ throws(EngineError) in
      if let sum = Int64(exactly: sum) {
        result.set(row, sum)
      } else {
        try failures.note(.row(.integerOverflow, row: row + 1, formula))
      }
    }
    try failures.check()
    return result.finished()
  }

  /// The means by row; null over nothing known.
  func means() throws(EngineError) -> Column {
    let result = try RowNumbers<Double>(count: frames.count, budget: context.budget)
    try eachSum { row, sum, count in
      let total = Int64(exactly: sum).map { Double($0) } ?? Double(sum)
      result.set(row, total / Double(count))
    }
    return result.finished()
  }

  /// Calls `body` for each row whose frame has known values.
  @inline(__always)
  private func eachSum(
    _ body: (_ row: Int, _ sum: Int128, _ count: Int) throws(EngineError) -> Void
  ) throws(EngineError) {
    let starts = frames.starts.span
    let ends = frames.ends.span
    let rows = frames.rows.span
    let values = values.span
    // 2^31 values of 63 bits stay below 2^127.
    var sum: Int128 = 0
    var first = 0
    var end = 0
    for place in 0..<rows.count {
      if place & 0xFFFF == 0 { try context.stop.check() }
      let start = Int(starts[place])
      if start >= end { (sum, first, end) = (0, start, start) }
      while end < Int(ends[place]) {
        sum += Int128(values[end])
        end += 1
      }
      while first < start {
        sum -= Int128(values[first])
        first += 1
      }
      let count = counts.count(place, frames)
      if count > 0, frames.hasFrame(place) { try body(Int(rows[place]), sum, count) }
    }
  }
}
