extension Evaluator {
  func function(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch, _ active: Buffer<UInt64>?,
    _ place: FormulaPlace
  ) throws(EngineError) -> Vector {
    switch function {
    case .abs, .round, .floor, .ceil, .sqrt, .log, .exp:
      return try numeric(function, operands, batch, active, place)
    case .text: return try text(operands[0], place, batch)
    case .number, .integer, .day: return try converted(function, operands[0], batch, active, place)
    case .lower, .upper, .trim: return try rewritten(function, operands[0], batch)
    case .length, .contains, .startsWith, .endsWith:
      if case .lists = operands[0].lanes { return try listed(function, operands, batch) }
      return try measured(function, operands, batch)
    case .matches: return try matched(operands, batch, active, place)
    case .replace, .sub: return try cut(function, operands, batch)
    case .split: return try split(operands, batch)
    case .distance, .priogrid: return try placed(function, operands, batch)
    case .year, .quarter, .month, .week, .weekday, .dayOfMonth, .startOf:
      return try calendar(function, operands, batch)
    }
  }

  // MARK: Numbers

  private func numeric(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch, _ active: Buffer<UInt64>?,
    _ place: FormulaPlace
  ) throws(EngineError) -> Vector {
    switch (function, operands[0].lanes) {
    case (.abs, .integers):
      return try integers(operands, batch, active, place, .integerOverflow) { row, values in
        values[0][row] == .min ? nil : abs(values[0][row])
      }
    case (.abs, _): return try numbers(operands, batch) { row, values in abs(values[0][row]) }
    case (.sqrt, _):
      return try partial(operands, batch, where: { $0 >= 0 }, { $0.squareRoot() })
    case (.log, _):
      return try partial(operands, batch, where: { $0 > 0 }, NumberFunctions.logarithm)
    case (.exp, _):
      return try numbers(operands, batch) { row, values in
        NumberFunctions.exponential(values[0][row])
      }
    default:
      let rule: FloatingPointRoundingRule =
        function == .floor ? .down : function == .ceil ? .up : .toNearestOrAwayFromZero
      return try whole(operands, batch, active, place) { $0.rounded(rule) }
    }
  }

  /// A function that is null outside its domain.
  private func partial(
    _ operands: [Vector], _ batch: Batch, where isDefined: (Double) -> Bool,
    _ compute: (Double) -> Double
  ) throws(EngineError) -> Vector {
    guard case .numbers(let values) = operands[0].lanes else { return operands[0] }
    let known = try scratch.takeWords()
    Words.fill(known, 0, count: batch.wordCount)
    for row in 0..<batch.count where operands[0].isValid(row) && isDefined(values[row]) {
      known[row >> 6] |= 1 << UInt64(row & 63)
    }
    return try numbers(operands, batch) { row, values in compute(values[0][row]) }
      .with(validity: known)
  }

  private func whole(
    _ operands: [Vector], _ batch: Batch, _ active: Buffer<UInt64>?, _ place: FormulaPlace,
    _ round: (Double) -> Double
  ) throws(EngineError) -> Vector {
    guard case .numbers(let values) = operands[0].lanes else { return operands[0] }
    let result = try scratch.takeIntegers()
    for row in 0..<batch.count {
      if let value = NumberFunctions.whole(round(values[row])) {
        result[row] = value
      } else {
        result[row] = 0
        guard operands[0].isValid(row), active.isSet(row) else { continue }
        throw .row(.notWhole(values[row]), row: batch.sourceRow(row) + 1, place)
      }
    }
    return Vector(lanes: .integers(result), validity: operands[0].validity)
  }

  // MARK: Conversions

  private func converted(
    _ function: RowFunction, _ operand: Vector, _ batch: Batch, _ active: Buffer<UInt64>?,
    _ place: FormulaPlace
  ) throws(EngineError) -> Vector {
    switch (function, operand.lanes) {
    case (.integer, .numbers): return try whole([operand], batch, active, place) { $0 }
    case (.number, .integers):
      return try call(.integerToNumber, [operand], batch, active, place)
    case (.day, .integers):
      return try integers([operand], batch, active, place, .dayOutOfRange) { row, values in
        values[0][row].flooredQuotient(by: Timestamp.microsecondsPerDay)
      }
    case (.integer, .booleans(let bits)):
      let result = try scratch.takeIntegers()
      for row in 0..<batch.count {
        result[row] = Int64(bits[row >> 6] >> UInt64(row & 63) & 1)
      }
      return Vector(lanes: .integers(result), validity: operand.validity)
    case (_, .booleans(let bits)):
      let result = try scratch.takeNumbers()
      for row in 0..<batch.count {
        result[row] = Double(bits[row >> 6] >> UInt64(row & 63) & 1)
      }
      return Vector(lanes: .numbers(result), validity: operand.validity)
    default: return try parsedText(function, operand, batch, active, place)
    }
  }

  private func parsedText(
    _ function: RowFunction, _ operand: Vector, _ batch: Batch, _ active: Buffer<UInt64>?,
    _ place: FormulaPlace
  ) throws(EngineError) -> Vector {
    let texts = try textLanes(operand, batch)
    let numbers = try scratch.takeNumbers()
    let integers = try scratch.takeIntegers()
    for row in 0..<batch.count {
      integers[row] = 0
      numbers[row] = 0
      guard operand.isValid(row), active.isSet(row) else { continue }
      let bytes = texts.bytes.span.extracting(texts.text(row))
      let text = String(decoding: bytes)
      switch function {
      case .day:
        if let day = Day(iso: bytes) {
          integers[row] = Int64(day.number)
          continue
        }
      case .integer:
        if let value = Int64(text) {
          integers[row] = value
          continue
        }
      default:
        if let value = NumberText.number(text) {
          numbers[row] = value
          continue
        }
      }
      let type: ValueType = function == .day ? .day : function == .integer ? .integer : .number
      throw .row(.notConvertible(text, to: type), row: batch.sourceRow(row) + 1, place)
    }
    let lanes: Vector.Lanes = function == .number ? .numbers(numbers) : .integers(integers)
    return Vector(lanes: lanes, validity: operand.validity)
  }

  private func text(
    _ operand: Vector, _ place: FormulaPlace, _ batch: Batch
  ) throws(EngineError) -> Vector {
    let lanes = try texts(batch) { row, output throws(EngineError) in
      guard operand.isValid(row) else { return }
      let text: String
      switch operand.lanes {
      case .booleans(let bits):
        text = bits[row >> 6] >> UInt64(row & 63) & 1 != 0 ? "true" : "false"
      case .integers(let values): text = String(values[row])
      case .numbers(let values): text = NumberText.shortest(values[row])
      default: text = ""
      }
      let bytes = Array(text.utf8)
      try output.append(bytes.span)
    }
    return Vector(lanes: .texts(lanes), validity: operand.validity)
  }

  /// The text of each known whole number.
  func written(
    _ operand: Vector, _ batch: Batch, _ text: (Int64) -> String
  ) throws(EngineError) -> Vector {
    guard case .integers(let values) = operand.lanes else { return operand }
    let lanes = try texts(batch) { row, output throws(EngineError) in
      guard operand.isValid(row) else { return }
      let bytes = Array(text(values[row]).utf8)
      try output.append(bytes.span)
    }
    return Vector(lanes: .texts(lanes), validity: operand.validity)
  }

  // MARK: Texts

  private func rewritten(
    _ function: RowFunction, _ operand: Vector, _ batch: Batch
  ) throws(EngineError) -> Vector {
    let source = try textLanes(operand, batch)
    let lanes = try texts(batch) { row, output throws(EngineError) in
      guard operand.isValid(row) else { return }
      let bytes = source.bytes.span.extracting(source.text(row))
      if function == .trim {
        try output.append(bytes.extracting(Self.trimmed(bytes)))
        return
      }
      let text = String(decoding: bytes)
      let result = Array((function == .lower ? text.lowercased() : text.uppercased()).utf8)
      try output.append(result.span)
    }
    return Vector(lanes: .texts(lanes), validity: operand.validity)
  }

  private static func trimmed(_ bytes: Span<UInt8>) -> Range<Int> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var start = 0
    var end = bytes.count
    while start < end, isSpace(bytes[start]) { start += 1 }
    while end > start, isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private func measured(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Vector {
    let source = try textLanes(operands[0], batch)
    let known = try validity(of: operands, batch)
    if function == .length {
      let result = try scratch.takeIntegers()
      for row in 0..<batch.count {
        if row & 0xFF == 0 { try scratch.budget.checkStop() }
        let bytes = source.bytes.span.extracting(known.isSet(row) ? source.text(row) : 0..<0)
        result[row] = Int64(TextParts.characterCount(bytes))
      }
      return Vector(lanes: .integers(result), validity: known)
    }
    let parts = try textLanes(operands[1], batch)
    let result = try scratch.takeWords()
    Words.fill(result, 0, count: batch.wordCount)
    for row in 0..<batch.count where known.isSet(row) {
      if row & 0x3F == 0 { try scratch.budget.checkStop() }
      let whole = source.bytes.span.extracting(source.text(row))
      let part = parts.bytes.span.extracting(parts.text(row))
      let holds =
        switch function {
        case .startsWith: ByteOrder.occurs(part, in: whole, at: 0)
        case .endsWith: ByteOrder.occurs(part, in: whole, at: whole.count - part.count)
        default: TextSearch.next(part, in: whole, from: 0) != nil
        }
      if holds { result[row >> 6] |= 1 << UInt64(row & 63) }
    }
    return Vector(lanes: .booleans(result), validity: known)
  }
}
