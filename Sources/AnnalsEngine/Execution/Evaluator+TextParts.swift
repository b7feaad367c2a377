extension Evaluator {
  /// `replace` and `sub`.
  func cut(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Vector {
    let known = try validity(of: operands, batch)
    let lanes =
      function == .replace
      ? try replaced(operands, known, batch) : try shortened(operands, known, batch)
    return Vector(lanes: .texts(lanes), validity: known)
  }

  private func replaced(
    _ operands: [Vector], _ known: Buffer<UInt64>?, _ batch: Batch
  ) throws(EngineError) -> TextLanes {
    let wholes = try textLanes(operands[0], batch)
    let parts = try textLanes(operands[1], batch)
    let others = try textLanes(operands[2], batch)
    return try texts(batch) { row, output throws(EngineError) in
      guard known.isSet(row) else { return }
      let whole = wholes.bytes.span.extracting(wholes.text(row))
      let part = parts.bytes.span.extracting(parts.text(row))
      let other = others.bytes.span.extracting(others.text(row))
      var start = 0
      var hits = 0
      while let place = TextParts.place(of: part, in: whole, from: start) {
        hits += 1
        if hits & 0xFFF == 0 { try scratch.budget.checkStop() }
        try output.append(whole.extracting(start..<place))
        try output.append(other)
        start = place + part.count
      }
      try output.append(whole.extracting(start..<whole.count))
    }
  }

  private func shortened(
    _ operands: [Vector], _ known: Buffer<UInt64>?, _ batch: Batch
  ) throws(EngineError) -> TextLanes {
    let wholes = try textLanes(operands[0], batch)
    guard case .integers(let firsts) = operands[1].lanes else {
      preconditionFailure("places in a text are integers")
    }
    var lasts: Buffer<Int64>?
    if operands.count > 2, case .integers(let given) = operands[2].lanes { lasts = given }
    return try texts(batch) { row, output throws(EngineError) in
      guard known.isSet(row) else { return }
      let whole = wholes.bytes.span.extracting(wholes.text(row))
      let range = TextParts.characters(
        from: firsts[row], to: lasts.map { $0[row] } ?? -1, in: whole)
      try output.append(whole.extracting(range))
    }
  }
}
