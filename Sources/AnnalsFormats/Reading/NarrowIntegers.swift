import AnnalsEngine

/// Whole numbers in the narrowest layout that fits those so far; they are moved to a wider one when
/// that becomes too narrow.
final class NarrowIntegers {
  /// Which numbers there are: any, or the codes of a dictionary, which are never negative.
  enum Use { case integers, codes, days, times }

  private enum Storage {
    case int8(GrowingBuffer<Int8>)
    case int16(GrowingBuffer<Int16>)
    case int32(GrowingBuffer<Int32>)
    case int64(GrowingBuffer<Int64>)
    case uint8(GrowingBuffer<UInt8>)
    case uint16(GrowingBuffer<UInt16>)
  }

  private var storage: Storage
  private let use: Use
  private let budget: MemoryBudget

  init(_ use: Use, budget: MemoryBudget) throws(EngineError) {
    self.use = use
    self.budget = budget
    storage =
      switch use {
      case .integers: .int8(try GrowingBuffer(budget: budget))
      case .codes: .uint8(try GrowingBuffer(budget: budget))
      case .days: .int32(try GrowingBuffer(budget: budget))
      case .times: .int64(try GrowingBuffer(budget: budget))
      }
  }

  var count: Int {
    switch storage {
    case .int8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .uint8(let values): values.count
    case .uint16(let values): values.count
    }
  }

  subscript(row: Int) -> Int64 {
    switch storage {
    case .int8(let values): Int64(values[row])
    case .int16(let values): Int64(values[row])
    case .int32(let values): Int64(values[row])
    case .int64(let values): values[row]
    case .uint8(let values): Int64(values[row])
    case .uint16(let values): Int64(values[row])
    }
  }

  /// Appends values that lie from `lowest` to `highest`.
  ///
  /// - Parameter map: What is appended for each value; nil where that is the value itself.
  func append(
    _ values: Lane<Int64>, count: Int, from lowest: Int64, to highest: Int64,
    map: Lane<Int32>? = nil
  ) throws(EngineError) {
    try widen(lowest, highest)
    switch storage {
    case .int8(let target): try Self.append(values, count, to: target, map)
    case .int16(let target): try Self.append(values, count, to: target, map)
    case .int32(let target): try Self.append(values, count, to: target, map)
    case .int64(let target): try Self.append(values, count, to: target, map)
    case .uint8(let target): try Self.append(values, count, to: target, map)
    case .uint16(let target): try Self.append(values, count, to: target, map)
    }
  }

  /// Appends zeros, which stand for nulls.
  func append(zeros count: Int) throws(EngineError) {
    switch storage {
    case .int8(let values): try values.append(repeating: 0, count: count)
    case .int16(let values): try values.append(repeating: 0, count: count)
    case .int32(let values): try values.append(repeating: 0, count: count)
    case .int64(let values): try values.append(repeating: 0, count: count)
    case .uint8(let values): try values.append(repeating: 0, count: count)
    case .uint16(let values): try values.append(repeating: 0, count: count)
    }
  }

  /// The numbers as the values of a column; codes need their dictionary.
  func finished(_ dictionary: TextDictionary?) throws(EngineError) -> Column.Storage {
    switch storage {
    case .int8(let values): return .int8(try values.finished())
    case .int16(let values): return .int16(try values.finished())
    case .int64(let values): return .int64(try values.finished())
    case .int32(let values):
      guard let dictionary else { return .int32(try values.finished()) }
      return .codes32(try values.finished(), dictionary)
    case .uint8(let values): return .codes8(try values.finished(), try needed(dictionary))
    case .uint16(let values): return .codes16(try values.finished(), try needed(dictionary))
    }
  }

  private func needed(_ dictionary: TextDictionary?) throws(EngineError) -> TextDictionary {
    if let dictionary { return dictionary }
    return try TextTable(budget: budget).finished()
  }

  private func widen(_ lowest: Int64, _ highest: Int64) throws(EngineError) {
    switch storage {
    case .int8(let values):
      guard Int8(exactly: lowest) == nil || Int8(exactly: highest) == nil else { return }
      storage = .int16(try widened(values))
    case .int16(let values):
      guard Int16(exactly: lowest) == nil || Int16(exactly: highest) == nil else { return }
      storage = .int32(try widened(values))
    case .int32(let values):
      guard Int32(exactly: lowest) == nil || Int32(exactly: highest) == nil else { return }
      storage = .int64(try widened(values))
    case .uint8(let values):
      guard UInt8(exactly: highest) == nil else { return }
      storage = .uint16(try widened(values))
    case .uint16(let values):
      guard UInt16(exactly: highest) == nil else { return }
      storage = .int32(try widened(values))
    case .int64: return
    }
    try widen(lowest, highest)
  }

  private func widened<
    Narrow: FixedWidthInteger & BitwiseCopyable & Sendable,
    Wide: FixedWidthInteger & BitwiseCopyable & Sendable
  >(
    _ values: GrowingBuffer<Narrow>
  ) throws(EngineError) -> GrowingBuffer<Wide> {
    let wide = try GrowingBuffer<Wide>(budget: budget, capacity: values.count)
    let (source, target) = (Lane(values), Lane(wide))
    for row in 0..<values.count { target[row] = Wide(truncatingIfNeeded: source[row]) }
    wide.extend(by: values.count)
    return wide
  }

  private static func append<Target: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Lane<Int64>, _ count: Int, to buffer: GrowingBuffer<Target>, _ map: Lane<Int32>?
  ) throws(EngineError) {
    try buffer.reserve(count)
    let (target, start) = (Lane(buffer), buffer.count)
    if let map {
      for row in 0..<count {
        target[start &+ row] = Target(truncatingIfNeeded: map[Int(values[row])])
      }
    } else {
      for row in 0..<count { target[start &+ row] = Target(truncatingIfNeeded: values[row]) }
    }
    buffer.extend(by: count)
  }
}
