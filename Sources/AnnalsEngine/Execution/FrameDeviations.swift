/// `stddev` over frames: the same to the bit as over a group of these rows, so each frame is gone over
/// anew.
struct FrameDeviations {
  private let frames: Frames
  private let counts: FrameCounts
  private let values: Values
  private let context: RunContext

  /// The known values in the order of the frames' places.
  private enum Values {
    case integers(Buffer<Int64>)
    case numbers(Buffer<Double>)
  }

  /// - Parameter column: Of integers or numbers.
  init(_ column: Column, _ frames: Frames, _ context: RunContext) throws(EngineError) {
    self.frames = frames
    self.context = context
    counts = try FrameCounts(column, countsTrue: false, frames, context)
    if case .double(let numbers) = column.storage {
      values = .numbers(try Self.known(column, frames, context) { numbers[$0] })
    } else {
      values = .integers(try Self.known(column, frames, context) { column.integer($0) })
    }
  }

  private static func known<Number: BitwiseCopyable & Sendable>(
    _ column: Column, _ frames: Frames, _ context: RunContext, _ value: (Int) -> Number
  ) throws(EngineError) -> Buffer<Number> {
    let values = try Buffer<Number>(count: frames.count, budget: context.budget)
    var count = 0
    for place in 0..<frames.count {
      if place & 0xFFFF == 0 { try context.stop.check() }
      let row = Int(frames.rows[place])
      guard !column.isNull(row) else { continue }
      values[count] = value(row)
      count += 1
    }
    return values
  }

  /// The deviations by row; null over fewer than two known values.
  func column() throws(EngineError) -> Column {
    var result = try RowNumbers<Double>(count: frames.count, budget: context.budget)
    var sums = try ExactSums(budget: context.budget)
    try sums.grow(to: 1)
    var last: (range: Range<Int>, variance: Double?) = (0..<0, nil)
    var steps = 0
    for place in 0..<frames.count {
      let row = Int(frames.rows[place])
      guard frames.hasFrame(place) else {
        try result.setNull(row)
        continue
      }
      let range = counts.range(place, frames)
      if range != last.range { last = (range, try variance(range, &sums)) }
      steps += range.count + 1
      if steps > 0xFFFF {
        try context.stop.check()
        steps = 0
      }
      if let variance = last.variance {
        result.set(row, variance.squareRoot())
      } else {
        try result.setNull(row)
      }
    }
    return result.finished()
  }

  private func variance(_ range: Range<Int>, _ sums: inout ExactSums) throws(EngineError)
    -> Double?
  {
    switch values {
    case .integers(let values):
      try Deviation.variance(of: values, range, &sums, context.budget)
    case .numbers(let values):
      try Deviation.variance(of: values, range, &sums, context.budget)
    }
  }
}
