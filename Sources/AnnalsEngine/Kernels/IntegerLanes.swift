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
  package var bounds: ClosedRange<Int64>? {
    switch self {
    case .unsigned8(let lanes): lanes.bounds
    case .unsigned16(let lanes): lanes.bounds
    case .signed8(let lanes): lanes.bounds
    case .signed16(let lanes): lanes.bounds
    case .signed32(let lanes): lanes.bounds
    case .signed64(let lanes): lanes.bounds
    }
  }

  /// Whether all lanes, those under nulls among them, lie in a range. Costs what ``bounds`` costs.
  package func lie(in range: ClosedRange<Int64>) -> Bool {
    guard let bounds else { return true }
    return range.lowerBound <= bounds.lowerBound && bounds.upperBound <= range.upperBound
  }
}
