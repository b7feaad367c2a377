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
