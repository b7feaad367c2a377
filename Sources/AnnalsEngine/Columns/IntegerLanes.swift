/// The whole numbers that a column stores its values as: integers, days, times, codes or rows.
enum IntegerLanes: Sendable {
  case unsigned8(Buffer<UInt8>)
  case unsigned16(Buffer<UInt16>)
  case signed8(Buffer<Int8>)
  case signed16(Buffer<Int16>)
  case signed32(Buffer<Int32>)
  case signed64(Buffer<Int64>)

  /// The least and the greatest of all lanes, those under nulls among them; nil of none. The lanes
  /// are read once, and the answer is kept with them.
  var bounds: ClosedRange<Int64>? {
    switch self {
    case .unsigned8(let lanes): lanes.bounds
    case .unsigned16(let lanes): lanes.bounds
    case .signed8(let lanes): lanes.bounds
    case .signed16(let lanes): lanes.bounds
    case .signed32(let lanes): lanes.bounds
    case .signed64(let lanes): lanes.bounds
    }
  }
}

extension Column {
  /// Nil for numbers, booleans, lists and texts without a dictionary.
  var integerLanes: IntegerLanes? {
    switch storage {
    case .int8(let lanes): .signed8(lanes)
    case .int16(let lanes): .signed16(lanes)
    case .int32(let lanes), .reference(let lanes, _), .codes32(let lanes, _): .signed32(lanes)
    case .int64(let lanes): .signed64(lanes)
    case .codes8(let lanes, _): .unsigned8(lanes)
    case .codes16(let lanes, _): .unsigned16(lanes)
    case .boolean, .double, .text, .list: nil
    }
  }
}
