/// Computes prepared expressions for one batch after another, on one thread.
///
/// `active` has a bit for each row that the expression is wanted for: other rows never make it fail.
struct Evaluator {
  let scratch: Scratch

  /// All values of an expression over a table of which it reads whole columns.
  static func column(
    of expression: PreparedExpression, type: ValueType, rowCount: Int, context: RunContext
  ) throws(EngineError) -> Column {
    let scratch = Scratch(batchSize: context.batchSize(for: rowCount), budget: context.budget)
    let evaluator = Evaluator(scratch: scratch)
    let output = try VectorCollector(type: type, budget: context.budget)
    var row = 0
    while row < rowCount {
      try context.stop.check()
      scratch.reset()
      let count = min(scratch.batchSize, rowCount - row)
      let batch = Batch(count: count, firstRow: row)
      try output.append(try evaluator.evaluate(expression, batch, active: nil), count: count)
      row += count
    }
    return try output.finished()
  }

  func evaluate(
    _ expression: PreparedExpression, _ batch: Batch, active: Buffer<UInt64>?
  ) throws(EngineError) -> Vector {
    switch expression {
    case .column(let column): return try load(column, batch)
    case .rowNumbers: return try rowNumbers(batch)
    case .computed(let index): return batch.computed[index]
    case .constant(let value, let type): return try constant(value, type, batch)
    case .gather(let rows, let column):
      let rows = try evaluate(rows, batch, active: active)
      return try gather(column, at: rows, batch, nullRow: nil)
    case .lookup(let codes, let answers, let origin):
      var codes = try evaluate(codes, batch, active: active)
      if origin != 0 { codes = try distances(codes, from: origin, batch) }
      return try gather(answers, at: codes, batch, nullRow: answers.count - 1)
    case .call(let operation, let arguments, let place):
      var operands: [Vector] = []
      for argument in arguments {
        operands.append(try evaluate(argument, batch, active: active))
      }
      return try call(operation, operands, batch, active, place)
    case .coalesce(let parts): return try coalesce(parts, batch, active)
    case .choose(let condition, let then, let otherwise, let type):
      return try choose(condition, then, otherwise, type, batch, active)
    case .and(let left, let right, let canFail):
      return try conjunction(left, right, canFail, isAnd: true, batch, active)
    case .or(let left, let right, let canFail):
      return try conjunction(left, right, canFail, isAnd: false, batch, active)
    case .not(let operand):
      let operand = try evaluate(operand, batch, active: active)
      guard case .booleans(let bits) = operand.lanes else { return operand }
      let result = try scratch.takeWords()
      Words.not(bits, into: result, count: batch.wordCount)
      return Vector(lanes: .booleans(result), validity: operand.validity)
    case .isNull(let operand):
      let operand = try evaluate(operand, batch, active: active)
      let result = try scratch.takeWords()
      if let validity = operand.validity {
        Words.not(validity, into: result, count: batch.wordCount)
      } else {
        Words.fill(result, 0, count: batch.wordCount)
      }
      return Vector(lanes: .booleans(result), validity: nil)
    case .member(let operand, let set):
      return try member(try evaluate(operand, batch, active: active), set, batch)
    }
  }

  // MARK: Logic

  /// Three-valued: false and null is false, true or null is true.
  private func conjunction(
    _ left: PreparedExpression, _ right: PreparedExpression, _ rightCanFail: Bool, isAnd: Bool,
    _ batch: Batch, _ active: Buffer<UInt64>?
  ) throws(EngineError) -> Vector {
    let first = try evaluate(left, batch, active: active)
    var needed = active
    if rightCanFail {
      // Lua would not look at the right side where the left one decides.
      let decided = try decided(first, by: !isAnd, batch)
      let rest = try scratch.takeWords()
      if let active {
        Words.andNot(active, decided, into: rest, count: batch.wordCount)
      } else {
        Words.not(decided, into: rest, count: batch.wordCount)
      }
      needed = rest
    }
    let second = try evaluate(right, batch, active: needed)
    return try conjunction(first, second, isAnd: isAnd, batch)
  }

  private func conjunction(
    _ first: Vector, _ second: Vector, isAnd: Bool, _ batch: Batch
  ) throws(EngineError) -> Vector {
    guard case .booleans(let a) = first.lanes, case .booleans(let b) = second.lanes else {
      return first
    }
    let count = batch.wordCount
    let result = try scratch.takeWords()
    if isAnd {
      Words.and(a, b, into: result, count: count)
    } else {
      Words.or(a, b, into: result, count: count)
    }
    if first.validity == nil, second.validity == nil {
      return Vector(lanes: .booleans(result), validity: nil)
    }
    let decided = try scratch.takeWords()
    Words.or(
      try self.decided(first, by: !isAnd, batch), try self.decided(second, by: !isAnd, batch),
      into: decided, count: count)
    // Where one side decides, the bits under the other's null must not show.
    if isAnd {
      Words.andNot(result, decided, into: result, count: count)
    } else {
      Words.or(result, decided, into: result, count: count)
    }
    // Known where both are, or where one that is known decides.
    let known = try scratch.takeWords()
    Words.or(decided, try bothValid(first, second, batch), into: known, count: count)
    return Vector(lanes: .booleans(result), validity: known)
  }

  /// The rows that are known to be `value`.
  private func decided(
    _ vector: Vector, by value: Bool, _ batch: Batch
  ) throws(EngineError) -> Buffer<UInt64> {
    guard case .booleans(let bits) = vector.lanes else { return try scratch.takeWords() }
    let result = try scratch.takeWords()
    if value {
      Words.or(bits, bits, into: result, count: batch.wordCount)
    } else {
      Words.not(bits, into: result, count: batch.wordCount)
    }
    if let validity = vector.validity {
      Words.and(result, validity, into: result, count: batch.wordCount)
    }
    return result
  }

  private func bothValid(
    _ left: Vector, _ right: Vector, _ batch: Batch
  ) throws(EngineError) -> Buffer<UInt64> {
    if let validity = try validity(of: [left, right], batch) { return validity }
    let all = try scratch.takeWords()
    Words.fill(all, ~0, count: batch.wordCount)
    return all
  }

  /// The rows for which all have a value; nil if that is every row.
  func validity(of vectors: [Vector], _ batch: Batch) throws(EngineError) -> Buffer<UInt64>? {
    var result: Buffer<UInt64>?
    for validity in vectors.compactMap(\.validity) {
      guard let current = result else {
        result = validity
        continue
      }
      let both = try scratch.takeWords()
      Words.and(current, validity, into: both, count: batch.wordCount)
      result = both
    }
    return result
  }

  // MARK: Choice

  private func choose(
    _ condition: PreparedExpression, _ then: PreparedExpression,
    _ otherwise: PreparedExpression, _ type: ValueType, _ batch: Batch, _ active: Buffer<UInt64>?
  ) throws(EngineError) -> Vector {
    let test = try evaluate(condition, batch, active: active)
    let chosen = try decided(test, by: true, batch)
    let rest = try scratch.takeWords()
    Words.not(chosen, into: rest, count: batch.wordCount)
    let first = try evaluate(then, batch, active: try both(active, chosen, batch))
    let second = try evaluate(otherwise, batch, active: try both(active, rest, batch))
    return try select([first, second], batch) { row in
      chosen[row >> 6] >> UInt64(row & 63) & 1 != 0 ? 0 : 1
    }
  }

  private func coalesce(
    _ parts: [PreparedExpression], _ batch: Batch, _ active: Buffer<UInt64>?
  ) throws(EngineError) -> Vector {
    var values: [Vector] = []
    var needed = active
    for part in parts {
      let value = try evaluate(part, batch, active: needed)
      values.append(value)
      let missing = try scratch.takeWords()
      if let validity = value.validity {
        Words.not(validity, into: missing, count: batch.wordCount)
      } else {
        Words.fill(missing, 0, count: batch.wordCount)
      }
      needed = try both(needed, missing, batch)
    }
    return try select(values, batch) { row in values.firstIndex { $0.isValid(row) } ?? 0 }
  }

  private func both(
    _ active: Buffer<UInt64>?, _ other: Buffer<UInt64>, _ batch: Batch
  ) throws(EngineError) -> Buffer<UInt64> {
    guard let active else { return other }
    let result = try scratch.takeWords()
    Words.and(active, other, into: result, count: batch.wordCount)
    return result
  }

  // MARK: Sets

  private func member(
    _ operand: Vector, _ set: PreparedSet, _ batch: Batch
  ) throws(EngineError) -> Vector {
    let result = try scratch.takeWords()
    Words.fill(result, 0, count: batch.wordCount)
    var target = result.mutableSpan
    func mark(_ row: Int, _ target: inout MutableSpan<UInt64>) {
      target[row >> 6] |= 1 << UInt64(row & 63)
    }
    switch operand.lanes {
    case .integers(let values):
      for row in 0..<batch.count where set.integers.contains(values[row]) { mark(row, &target) }
    case .numbers(let values):
      for row in 0..<batch.count where set.numbers.contains(values[row]) { mark(row, &target) }
    case .booleans(let bits):
      for row in 0..<batch.count {
        let bit = bits[row >> 6] >> UInt64(row & 63) & 1 != 0
        if set.booleans.contains(bit) { mark(row, &target) }
      }
    case .codes, .texts:
      let texts = try textLanes(operand, batch)
      for row in 0..<batch.count where operand.isValid(row) {
        let range = texts.text(row)
        let bytes = range.map { texts.bytes[$0] }
        if set.texts.contains(bytes) { mark(row, &target) }
      }
    case .lists: break
    }
    return Vector(lanes: .booleans(result), validity: operand.validity)
  }
}
