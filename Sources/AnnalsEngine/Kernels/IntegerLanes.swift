/// The whole numbers that a column stores its values as: integers, days, times, codes or rows.
package enum IntegerLanes: Sendable {
  case unsigned8(Buffer<UInt8>)
  case unsigned16(Buffer<UInt16>)
  case signed8(Buffer<Int8>)
  case signed16(Buffer<Int16>)
  case signed32(Buffer<Int32>)
  case signed64(Buffer<Int64>)

  /// The least and the greatest of all lanes, those under nulls among them; nil of none. The lanes
  /// are read once, and the answer is kept with them.
  package func bounds(threadCount: Int) -> ClosedRange<Int64>? {
    switch self {
    case .unsigned8(let lanes): lanes.bounds(threadCount: threadCount)
    case .unsigned16(let lanes): lanes.bounds(threadCount: threadCount)
    case .signed8(let lanes): lanes.bounds(threadCount: threadCount)
    case .signed16(let lanes): lanes.bounds(threadCount: threadCount)
    case .signed32(let lanes): lanes.bounds(threadCount: threadCount)
    case .signed64(let lanes): lanes.bounds(threadCount: threadCount)
    }
  }

  /// Whether both are the same memory.
  func isSame(as other: IntegerLanes) -> Bool {
    switch (self, other) {
    case (.unsigned8(let lanes), .unsigned8(let others)): lanes === others
    case (.unsigned16(let lanes), .unsigned16(let others)): lanes === others
    case (.signed8(let lanes), .signed8(let others)): lanes === others
    case (.signed16(let lanes), .signed16(let others)): lanes === others
    case (.signed32(let lanes), .signed32(let others)): lanes === others
    case (.signed64(let lanes), .signed64(let others)): lanes === others
    default: false
    }
  }

  /// Whether all lanes, those under nulls among them, lie in a range. Costs what
  /// ``bounds(threadCount:)`` costs.
  package func lie(in range: ClosedRange<Int64>, threadCount: Int) -> Bool {
    guard let bounds = bounds(threadCount: threadCount) else { return true }
    return range.lowerBound <= bounds.lowerBound && bounds.upperBound <= range.upperBound
  }
}
