/// `sum` and `mean` of whole numbers over frames, exact to 128 bits.
struct FrameSums {
  private let frames: Frames
  private let counts: FrameCounts
  /// By place; 0 for null.
  private let values: Buffer<Int64>
  /// Whether every sum fits into 64 bits.
  private let areNarrow: Bool
  private let context: RunContext

  /// - Parameter column: Of integers.
  init(_ column: Column, _ frames: Frames, _ context: RunContext) throws(EngineError) {
    self.frames = frames
    self.context = context
    counts = try FrameCounts(column, countsTrue: false, frames, context)
    values = try Self.placed(column, frames, context)
    let bounds = values.bounds(threadCount: context.threadCount) ?? 0...0
    let greatest = max(bounds.lowerBound.magnitude, bounds.upperBound.magnitude)
    let (most, overflow) = greatest.multipliedReportingOverflow(by: UInt64(frames.count))
    areNarrow = !overflow && most <= UInt64(Int64.max)
  }

  private static func placed(
    _ column: Column, _ frames: Frames, _ context: RunContext
  ) throws(EngineError) -> Buffer<Int64> {
    if case .int64(let lanes) = column.storage, column.validity == nil, frames.areInRowOrder {
      return lanes
    }
    let values = try Buffer<Int64>(count: frames.count, budget: context.budget)
    for part in Parts(below: frames.count) {
      try context.stop.check()
      switch column.integerLanes {
      case .unsigned8(let lanes): place(lanes, frames, values, part)
      case .unsigned16(let lanes): place(lanes, frames, values, part)
      case .signed8(let lanes): place(lanes, frames, values, part)
      case .signed16(let lanes): place(lanes, frames, values, part)
      case .signed32(let lanes): place(lanes, frames, values, part)
      case .signed64(let lanes): place(lanes, frames, values, part)
      case nil: break
      }
      if column.validity != nil {
        for place in part where column.isNull(Int(frames.rows[place])) { values[place] = 0 }
      }
    }
    return values
  }

  @inline(__always)
  private static func place<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ lanes: Buffer<T>, _ frames: Frames, _ values: Buffer<Int64>, _ places: Range<Int>
  ) {
    let source = lanes.span
    let rows = frames.rows.span
    var target = values.mutableSpan
    for place in places { target[place] = Int64(source[Int(rows[place])]) }
  }

  /// The sums by row; null over nothing known.
  ///
  /// - Parameter formula: Named by the error of a sum that does not fit, which is that of its row.
  func sums(_ formula: FormulaPlace) throws(EngineError) -> Column {
    var result = try RowNumbers<Int64>(count: frames.count, budget: context.budget)
    var failures = RowFailures()
    try eachSum(Int128.self) { row, sum, count throws(EngineError) in
      if count == 0 {
        try result.setNull(row)
      } else if let sum = Int64(exactly: sum) {
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
    areNarrow ? try means(Int64.self) : try means(Int128.self)
  }

  @inline(__always)
  private func means<Sum: FixedWidthInteger>(_ type: Sum.Type) throws(EngineError) -> Column {
    var result = try RowNumbers<Double>(count: frames.count, budget: context.budget)
    try eachSum(type) { row, sum, count throws(EngineError) in
      if count == 0 {
        try result.setNull(row)
      } else {
        let total = Int64(exactly: sum).map { Double($0) } ?? Double(sum)
        result.set(row, total / Double(count))
      }
    }
    return result.finished()
  }

  /// Calls `body` for each row, with a count of 0 where it has no frame or nothing in it is known.
  ///
  /// - Parameter type: 128 bits are enough for 2^31 values of 64 bits.
  @inline(__always)
  private func eachSum<Sum: FixedWidthInteger>(
    _ type: Sum.Type, _ body: (_ row: Int, _ sum: Sum, _ count: Int) throws(EngineError) -> Void
  ) throws(EngineError) {
    let starts = frames.starts.span
    let ends = frames.ends.span
    let rows = frames.rows.span
    let values = values.span
    var sum: Sum = 0
    var first = 0
    var end = 0
    for place in 0..<rows.count {
      if place & 0xFFFF == 0 { try context.stop.check() }
      let start = Int(starts[place])
      if start >= end { (sum, first, end) = (0, start, start) }
      while end < Int(ends[place]) {
        sum &+= Sum(truncatingIfNeeded: values[end])
        end += 1
      }
      while first < start {
        sum &-= Sum(truncatingIfNeeded: values[first])
        first += 1
      }
      let count = frames.hasFrame(place) ? counts.count(from: start, to: end) : 0
      try body(Int(rows[place]), sum, count)
    }
  }
}
