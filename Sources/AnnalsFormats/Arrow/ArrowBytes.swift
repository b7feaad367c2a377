import AnnalsEngine

/// Makes buffers of parts of an Arrow file: where they stand if possible, else copied.
struct ArrowBytes: Sendable {
  let memory: SharedMemory
  let budget: MemoryBudget

  /// The first values of a range, which is long enough for them.
  func values<T: BitwiseCopyable & Sendable>(
    _: T.Type, in range: Range<Int>, count: Int
  ) throws(EngineError) -> Buffer<T> {
    if let lent = Buffer<T>(lentBy: memory, at: range.lowerBound, count: count) { return lent }
    let bytes = memory.bytes.extracting(range)
    let copy = try Buffer<UInt8>(count: range.count, budget: budget)
    var target = copy.mutableSpan
    for index in bytes.indices { target[index] = bytes[index] }
    guard let aligned = Buffer<T>(lentBy: SharedMemory(copy), at: 0, count: count) else {
      preconditionFailure("a range holds its values")
    }
    return aligned
  }

  /// The values of several ranges one after another; a single range is not copied.
  func joined<T: BitwiseCopyable & Sendable>(
    _ type: T.Type, _ parts: [(range: Range<Int>, count: Int)]
  ) throws(EngineError) -> Buffer<T> {
    if parts.count == 1 { return try values(type, in: parts[0].range, count: parts[0].count) }
    let result = try Buffer<T>(count: parts.reduce(0) { $0 + $1.count }, budget: budget)
    var row = 0
    for part in parts {
      let values = try values(type, in: part.range, count: part.count)
      result.copy(from: values, start: 0, count: part.count, at: row)
      row += part.count
    }
    return result
  }

  /// Bits of several ranges one after another; nil for a range means that all its bits are 1. A
  /// single range is not copied, unless its last word has bits past the end.
  func joinedBits(
    _ parts: [(range: Range<Int>?, count: Int)]
  ) throws(EngineError) -> Bitmap {
    if parts.count == 1, let range = parts[0].range,
      let lent = lentBits(range, count: parts[0].count)
    {
      return lent
    }
    let bits = try Bitmap(count: parts.reduce(0) { $0 + $1.count }, budget: budget)
    var words = bits.words.mutableSpan
    let bytes = memory.bytes
    var row = 0
    for part in parts {
      for byte in 0..<(part.count + 7) / 8 {
        var value = part.range.map { UInt64(bytes[$0.lowerBound + byte]) } ?? 0xFF
        let left = part.count - 8 * byte
        if left < 8 { value &= (1 << UInt64(left)) - 1 }
        let place = row + 8 * byte
        let shift = UInt64(place & 63)
        words[place >> 6] |= value << shift
        let rest = shift > 56 ? value >> (64 - shift) : 0
        if rest != 0 { words[place >> 6 + 1] |= rest }
      }
      row += part.count
    }
    return bits
  }

  private func lentBits(_ range: Range<Int>, count: Int) -> Bitmap? {
    let wordCount = (count + 63) / 64
    guard let words = Buffer<UInt64>(lentBy: memory, at: range.lowerBound, count: wordCount) else {
      return nil
    }
    if count & 63 != 0, words[wordCount - 1] >> UInt64(count & 63) != 0 { return nil }
    return Bitmap(count: count, words: words)
  }
}
