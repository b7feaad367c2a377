extension Evaluator {
  /// `distance` and `priogrid`, which are null where a latitude or longitude is none.
  func placed(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Vector {
    let given = operands.compactMap { operand -> Buffer<Double>? in
      guard case .numbers(let values) = operand.lanes else { return nil }
      return values
    }
    precondition(given.count == operands.count, "coordinates are numbers")
    let known = try places(given, operands, batch)
    if function == .priogrid {
      let cells = try scratch.takeIntegers()
      for row in 0..<batch.count {
        let isKnown = known[row >> 6] >> UInt64(row & 63) & 1 != 0
        cells[row] =
          isKnown ? PrioGrid.cell(latitude: given[0][row], longitude: given[1][row]) : 0
      }
      return Vector(lanes: .integers(cells), validity: known)
    }
    let kilometres = try scratch.takeNumbers()
    for row in 0..<batch.count {
      kilometres[row] = GreatCircle.kilometres(
        fromLatitude: given[0][row], longitude: given[1][row], toLatitude: given[2][row],
        longitude: given[3][row])
    }
    return Vector(lanes: .numbers(kilometres), validity: known)
  }

  /// The rows with pairs of a latitude and a longitude that are all known and on the globe.
  private func places(
    _ given: [Buffer<Double>], _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Buffer<UInt64> {
    let result = try scratch.takeWords()
    Words.fill(result, 0, count: batch.wordCount)
    let known = try validity(of: operands, batch)
    for row in 0..<batch.count where known.isSet(row) {
      let areOnGlobe = stride(from: 0, to: given.count, by: 2).allSatisfy { index in
        GreatCircle.isPlace(latitude: given[index][row], longitude: given[index + 1][row])
      }
      if areOnGlobe { result[row >> 6] |= 1 << UInt64(row & 63) }
    }
    return result
  }
}
