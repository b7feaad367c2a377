/// The values of some columns as words that compare as the rows do: the first column counts most, and
/// nulls come last.
///
/// A column takes as many bits as the range of its values needs, and columns share words.
struct SortWords {
  /// One word for each row in each, the most significant first; none if all rows are equal.
  private(set) var words: [Buffer<UInt64>] = []
  /// How many of their low bits are used.
  private(set) var widths: [Int] = []
  private let rowCount: Int
  private let context: RunContext

  init(
    _ columns: [(column: Column, isDescending: Bool)], context: RunContext
  ) throws(EngineError) {
    rowCount = columns.first?.column.count ?? 0
    self.context = context
    for (column, isDescending) in columns where rowCount > 0 {
      try context.stop.check()
      try append(column, isDescending)
    }
  }

  private mutating func append(_ column: Column, _ isDescending: Bool) throws(EngineError) {
    let validity = column.validity
    switch column.storage {
    case .int8(let lanes): try append(lanes, validity, isDescending)
    case .int16(let lanes): try append(lanes, validity, isDescending)
    case .int32(let lanes): try append(lanes, validity, isDescending)
    case .int64(let lanes): try append(lanes, validity, isDescending)
    case .list: try appendNulls(validity)
    case .text(let texts):
      if let bytes = SortedBytes(texts, validity) {
        try append(bytes, validity, isDescending)
      } else {
        try append(try column.withDictionary(context.budget), isDescending)
      }
    case .boolean, .double, .codes8, .codes16, .codes32, .reference:
      try append(
        try RowOrder.ranks(column, context.budget), validity, isDescending)
    }
  }

  /// A buffer that has room for so many bits, which are to be pushed in from below.
  private mutating func room(_ bitCount: Int) throws(EngineError) -> Buffer<UInt64> {
    if let last = words.last, widths[widths.count - 1] + bitCount <= 64 {
      widths[widths.count - 1] += bitCount
      return last
    }
    let fresh = try Buffer<UInt64>(count: rowCount, budget: context.budget)
    words.append(fresh)
    widths.append(bitCount)
    return fresh
  }

  // MARK: Numbers

  @inline(__always)
  private mutating func append<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ validity: Bitmap?, _ isDescending: Bool
  ) throws(EngineError) {
    guard let bounds = values.bounds(threadCount: context.threadCount) else { return }
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    let greatest = UInt64(bitPattern: high &- low)
    // What null is: one more than all values, or, where that is too much, told by a bit before.
    let null = greatest == .max ? 0 : greatest + 1
    if greatest == .max { try appendNulls(validity) }
    let bitCount = RadixSort.bitCount(validity == nil ? greatest : max(greatest, null))
    guard bitCount > 0 else { return }
    let buffer = try room(bitCount)
    do {
      let source = values.span
      var target = buffer.mutableSpan
      for part in Parts(below: rowCount) {
        try context.stop.check()
        for row in part {
          let value = Int64(truncatingIfNeeded: source[row])
          let level = UInt64(bitPattern: isDescending ? high &- value : value &- low)
          target[row] = target[row] << UInt64(bitCount) | level
        }
      }
    }
    if let validity { try setNulls(validity, to: null, bitCount, buffer) }
  }

  /// One bit: whether a row is null.
  private mutating func appendNulls(_ validity: Bitmap?) throws(EngineError) {
    guard let validity else { return }
    let buffer = try room(1)
    var target = buffer.mutableSpan
    for row in 0..<rowCount { target[row] <<= 1 }
    try setNulls(validity, to: 1, 1, buffer)
  }

  private func setNulls(
    _ validity: Bitmap, to level: UInt64, _ bitCount: Int, _ buffer: Buffer<UInt64>
  ) throws(EngineError) {
    let known = validity.words.span
    var target = buffer.mutableSpan
    let others = ~(UInt64.max >> UInt64(64 - bitCount))
    for part in Parts(below: rowCount) {
      try context.stop.check()
      for row in part where known[row >> 6] >> UInt64(row & 63) & 1 == 0 {
        target[row] = target[row] & others | level
      }
    }
  }

  // MARK: Texts

  private mutating func append(
    _ bytes: SortedBytes, _ validity: Bitmap?, _ isDescending: Bool
  ) throws(EngineError) {
    try appendNulls(validity)
    var rest = bytes.positions[...]
    while let next = rest.first {
      var free = 64 - (widths.last ?? 64)
      if free < next.bitCount { free = 64 }
      let part = rest.prefix { position in
        free -= position.bitCount
        return free >= 0
      }
      rest = rest.dropFirst(part.count)
      let buffer = try room(part.reduce(0) { $0 + $1.bitCount })
      for position in part {
        bytes.push(position, isDescending: isDescending, validity, into: buffer)
      }
    }
  }
}
