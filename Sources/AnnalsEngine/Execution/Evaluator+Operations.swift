extension Evaluator {
  func call(
    _ operation: Operation, _ operands: [Vector], _ batch: Batch, _ active: Buffer<UInt64>?,
    _ place: FormulaPlace
  ) throws(EngineError) -> Vector {
    switch operation {
    case .integer(let arithmetic):
      return try integerArithmetic(arithmetic, operands, batch, active, place)
    case .number(let arithmetic): return try numberArithmetic(arithmetic, operands, batch)
    case .negateInteger:
      return try integers(operands, batch, active, place, .integerOverflow) { row, values in
        let (result, overflow) = Int64(0).subtractingReportingOverflow(values[0][row])
        return overflow ? nil : result
      }
    case .negateNumber:
      return try numbers(operands, batch) { row, values in -values[0][row] }
    case .addDays:
      return try integers(operands, batch, active, place, .dayOutOfRange) { row, values in
        let (result, overflow) = values[0][row].addingReportingOverflow(values[1][row])
        return overflow || !Self.dayRange.contains(result) ? nil : result
      }
    case .dayDifference:
      return try integers(operands, batch, nil, place, .integerOverflow) { row, values in
        values[0][row] - values[1][row]
      }
    case .integerToNumber:
      guard case .integers(let values) = operands[0].lanes else { return operands[0] }
      let result = try scratch.takeNumbers()
      let source = values.span
      var target = result.mutableSpan
      for row in 0..<batch.count { target[row] = Double(source[row]) }
      return Vector(lanes: .numbers(result), validity: operands[0].validity)
    case .roundDecimals:
      return try numbers(operands, batch) { row, values in
        NumberFunctions.rounded(values[0][row], scale: values[1][row])
      }
    case .wholeOrNull: return try wholeOrNull(operands[0], batch)
    case .dayToText:
      return try written(operands[0], batch) { Day(number: Int32(clamping: $0)).description }
    case .timeToText:
      return try written(operands[0], batch) { Timestamp(microseconds: $0).description }
    case .packRow:
      guard case .integers(let rows) = operands[0].lanes else { return operands[0] }
      let known = operands[0].validity
      let lanes = try texts(batch) { row, output throws(EngineError) in
        guard known.isSet(row) else { return }
        try PackedRows.append(UInt32(truncatingIfNeeded: rows[row]), to: output)
      }
      return Vector(lanes: .texts(lanes), validity: known)
    case .compare(let comparison): return try compare(comparison, operands, batch)
    case .join:
      let left = try textLanes(operands[0], batch)
      let right = try textLanes(operands[1], batch)
      let known = try validity(of: operands, batch)
      let lanes = try texts(batch) { row, output throws(EngineError) in
        guard known.isSet(row) else { return }
        try output.append(left.bytes.span.extracting(left.text(row)))
        try output.append(right.bytes.span.extracting(right.text(row)))
      }
      return Vector(lanes: .texts(lanes), validity: known)
    case .coalesce:
      return try select(operands, batch) { row in
        operands.firstIndex { $0.isValid(row) } ?? 0
      }
    case .extreme(let greatest): return try extreme(operands, greatest, batch)
    case .clamp: return try clamp(operands, batch)
    case .function(let function):
      return try self.function(function, operands, batch, active, place)
    }
  }

  static let dayRange = Int64(CivilDate.firstDay)...Int64(CivilDate.lastDay)

  // MARK: Arithmetic

  private func integerArithmetic(
    _ arithmetic: Operation.IntegerArithmetic, _ operands: [Vector], _ batch: Batch,
    _ active: Buffer<UInt64>?, _ place: FormulaPlace
  ) throws(EngineError) -> Vector {
    func compute(
      _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) throws(EngineError) -> Vector {
      try integers(operands, batch, active, place, .integerOverflow) { row, values in
        let (result, overflow) = operation(values[0][row], values[1][row])
        return overflow ? nil : result
      }
    }
    switch arithmetic {
    case .add: return try compute { $0.addingReportingOverflow($1) }
    case .subtract: return try compute { $0.subtractingReportingOverflow($1) }
    case .multiply: return try compute { $0.multipliedReportingOverflow(by: $1) }
    case .floorDivide:
      return try compute { left, right in
        right == 0
          ? (0, false)
          : left == .min && right == -1 ? (0, true) : (left.flooredQuotient(by: right), false)
      }.with(validity: try nullWhereZero(operands, batch))
    case .modulo:
      return try compute { left, right in
        (right == 0 ? 0 : left.flooredRemainder(by: right), false)
      }.with(validity: try nullWhereZero(operands, batch))
    }
  }

  /// The rows with both operands known and the second one not zero.
  private func nullWhereZero(
    _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Buffer<UInt64> {
    let result = try scratch.takeWords()
    Words.fill(result, 0, count: batch.wordCount)
    for row in 0..<batch.count where operands.allSatisfy({ $0.isValid(row) }) {
      let isZero =
        switch operands[1].lanes {
        case .integers(let values): values[row] == 0
        case .numbers(let values): values[row] == 0
        default: false
        }
      if !isZero { result[row >> 6] |= 1 << UInt64(row & 63) }
    }
    return result
  }

  private func numberArithmetic(
    _ arithmetic: Operation.NumberArithmetic, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Vector {
    func compute(_ operation: (Double, Double) -> Double) throws(EngineError) -> Vector {
      try numbers(operands, batch) { row, values in operation(values[0][row], values[1][row]) }
    }
    switch arithmetic {
    case .add: return try compute { $0 + $1 }
    case .subtract: return try compute { $0 - $1 }
    case .multiply: return try compute { $0 * $1 }
    case .power: return try compute { NumberFunctions.power($0, $1) }
    case .divide:
      return try compute { $0 / $1 }.with(validity: try nullWhereZero(operands, batch))
    case .floorDivide:
      return try compute { ($0 / $1).rounded(.down) }
        .with(validity: try nullWhereZero(operands, batch))
    case .modulo:
      return try compute { NumberFunctions.flooredRemainder($0, $1) }
        .with(validity: try nullWhereZero(operands, batch))
    }
  }

  /// A whole number for each known row; nil fails the row if it is wanted.
  func integers(
    _ operands: [Vector], _ batch: Batch, _ active: Buffer<UInt64>?, _ place: FormulaPlace,
    _ problem: RowProblem, _ compute: (Int, [Buffer<Int64>]) -> Int64?
  ) throws(EngineError) -> Vector {
    let known = try validity(of: operands, batch)
    let values = operands.compactMap { operand -> Buffer<Int64>? in
      guard case .integers(let lanes) = operand.lanes else { return nil }
      return lanes
    }
    let result = try scratch.takeIntegers()
    var target = result.mutableSpan
    for row in 0..<batch.count {
      if let value = compute(row, values) {
        target[row] = value
      } else {
        target[row] = 0
        guard known.isSet(row), active.isSet(row) else { continue }
        throw .row(problem, row: batch.sourceRow(row) + 1, place)
      }
    }
    return Vector(lanes: .integers(result), validity: known)
  }

  func numbers(
    _ operands: [Vector], _ batch: Batch, _ compute: (Int, [Buffer<Double>]) -> Double
  ) throws(EngineError) -> Vector {
    let values = operands.compactMap { operand -> Buffer<Double>? in
      guard case .numbers(let lanes) = operand.lanes else { return nil }
      return lanes
    }
    let result = try scratch.takeNumbers()
    var target = result.mutableSpan
    for row in 0..<batch.count { target[row] = compute(row, values) }
    return Vector(lanes: .numbers(result), validity: try validity(of: operands, batch))
  }

  private func wholeOrNull(_ operand: Vector, _ batch: Batch) throws(EngineError) -> Vector {
    guard case .numbers(let values) = operand.lanes else { return operand }
    let result = try scratch.takeIntegers()
    let known = try scratch.takeWords()
    Words.fill(known, 0, count: batch.wordCount)
    for row in 0..<batch.count {
      let whole = NumberFunctions.whole(values[row])
      result[row] = whole ?? 0
      if whole != nil, operand.isValid(row) { known[row >> 6] |= 1 << UInt64(row & 63) }
    }
    return Vector(lanes: .integers(result), validity: known)
  }

  // MARK: Comparison

  private func compare(
    _ comparison: Operation.Comparison, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Vector {
    let result = try scratch.takeWords()
    Words.fill(result, 0, count: batch.wordCount)
    switch (operands[0].lanes, operands[1].lanes) {
    case (.integers(let left), .integers(let right)):
      compare(comparison, left, right, batch.count, into: result)
    case (.numbers(let left), .numbers(let right)):
      compare(comparison, left, right, batch.count, into: result)
    case (.integers(let whole), .numbers(let number)):
      var target = result.mutableSpan
      for row in 0..<batch.count where comparison.holds(whole[row], number[row]) {
        target[row >> 6] |= 1 << UInt64(row & 63)
      }
    case (.numbers(let number), .integers(let whole)):
      var target = result.mutableSpan
      for row in 0..<batch.count where comparison.mirrored.holds(whole[row], number[row]) {
        target[row >> 6] |= 1 << UInt64(row & 63)
      }
    case (.booleans(let left), .booleans(let right)):
      var target = result.mutableSpan
      for row in 0..<batch.count {
        let first = Int(left[row >> 6] >> UInt64(row & 63) & 1)
        let second = Int(right[row >> 6] >> UInt64(row & 63) & 1)
        if comparison.holds(first - second) { target[row >> 6] |= 1 << UInt64(row & 63) }
      }
    case (.codes, _), (.texts, _):
      let left = try textLanes(operands[0], batch)
      let right = try textLanes(operands[1], batch)
      let first = left.bytes.span
      let second = right.bytes.span
      var target = result.mutableSpan
      for row in 0..<batch.count
      where operands[0].isValid(row) && operands[1].isValid(row) {
        let order = ByteOrder.compare(
          first.extracting(left.text(row)), second.extracting(right.text(row)))
        if comparison.holds(order) { target[row >> 6] |= 1 << UInt64(row & 63) }
      }
    default: break
    }
    return Vector(lanes: .booleans(result), validity: try validity(of: operands, batch))
  }

  private func compare<T: Comparable & BitwiseCopyable & Sendable>(
    _ comparison: Operation.Comparison, _ left: Buffer<T>, _ right: Buffer<T>, _ count: Int,
    into result: Buffer<UInt64>
  ) {
    func run(_ test: (T, T) -> Bool) {
      let left = left.span
      let right = right.span
      var target = result.mutableSpan
      for row in 0..<count where test(left[row], right[row]) {
        target[row >> 6] |= 1 << UInt64(row & 63)
      }
    }
    switch comparison {
    case .less: run { $0 < $1 }
    case .lessOrEqual: run { $0 <= $1 }
    case .greater: run { $0 > $1 }
    case .greaterOrEqual: run { $0 >= $1 }
    case .equal: run { $0 == $1 }
    case .notEqual: run { $0 != $1 }
    }
  }

  // MARK: Smallest and greatest

  private func extreme(
    _ operands: [Vector], _ greatest: Bool, _ batch: Batch
  ) throws(EngineError) -> Vector {
    let isLess = try less(operands, batch)
    return try select(operands, batch) { row in
      var best: Int?
      for index in operands.indices where operands[index].isValid(row) {
        guard let current = best else {
          best = index
          continue
        }
        if greatest ? isLess(row, current, index) : isLess(row, index, current) { best = index }
      }
      return best ?? 0
    }
  }

  private func clamp(_ operands: [Vector], _ batch: Batch) throws(EngineError) -> Vector {
    let isLess = try less(operands, batch)
    return try select(operands, batch) { row in
      guard operands[0].isValid(row) else { return 0 }
      var chosen = 0
      if operands[1].isValid(row), isLess(row, chosen, 1) { chosen = 1 }
      if operands[2].isValid(row), isLess(row, 2, chosen) { chosen = 2 }
      return chosen
    }
  }

  /// Says whether in a row one of the operands is less than another; both must be known.
  private func less(
    _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> (_ row: Int, _ first: Int, _ second: Int) -> Bool {
    var texts: [TextLanes] = []
    switch operands[0].lanes {
    case .codes, .texts: for operand in operands { texts.append(try textLanes(operand, batch)) }
    default: break
    }
    return { [texts] row, first, second in
      switch (operands[first].lanes, operands[second].lanes) {
      case (.integers(let left), .integers(let right)): return left[row] < right[row]
      case (.numbers(let left), .numbers(let right)):
        return NumberFunctions.precedes(left[row], right[row])
      default:
        let left = texts[first]
        let right = texts[second]
        return ByteOrder.precedes(
          left.bytes.span.extracting(left.text(row)), right.bytes.span.extracting(right.text(row)))
      }
    }
  }
}

extension Vector {
  func with(validity: Buffer<UInt64>) -> Vector { Vector(lanes: lanes, validity: validity) }
}

extension Optional where Wrapped == Buffer<UInt64> {
  /// Whether a row's bit is 1; without bits every row's is.
  func isSet(_ row: Int) -> Bool {
    guard let words = self else { return true }
    return words[row >> 6] >> UInt64(row & 63) & 1 != 0
  }
}

extension Operation.Comparison {
  /// Whether it holds for two values, given how the first compares with the second.
  func holds(_ order: Int) -> Bool {
    switch self {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .equal: order == 0
    case .notEqual: order != 0
    }
  }

  /// Whether it holds for an integer and a number, which NaN only does for `~=`.
  func holds(_ whole: Int64, _ number: Double) -> Bool {
    number.isNaN ? self == .notEqual : holds(NumberOrder.compare(whole, number))
  }

  /// The same comparison with its sides exchanged.
  var mirrored: Operation.Comparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
    }
  }
}
