/// A condition as a filter asks it: of the lanes of a column where it can, else as an expression.
enum RowTest: Sendable {
  case expression(PreparedExpression)
  /// Whether a value passes, by its number, that of null last.
  ///
  /// - Parameter only: The one code that passes, of a column with a dictionary.
  case codes(KeyCode, wanted: Buffer<UInt8>, only: Int32?)
  /// Whether a known value lies in a range.
  case range(IntegerLanes, Bitmap?, ClosedRange<Int64>)
  /// Whether a value is known.
  case known(Bitmap)
  /// Whether a known text holds a part, which is not empty.
  case containing(TextBlock, Bitmap?, part: Buffer<UInt8>)
}

extension RowTest {
  /// Whether it may fail for a row; only what is worked out can.
  var canFail: Bool { if case .expression = self { true } else { false } }

  /// The tests that a row must pass one after another so that a condition is true of it.
  static func tests(
    of condition: PreparedExpression, context: RunContext
  ) throws(EngineError) -> [RowTest] {
    var result: [RowTest] = []
    for test in try parts(of: condition, context) {
      if let last = result.last, let both = last.narrowed(by: test) {
        result[result.count - 1] = both
      } else {
        result.append(test)
      }
    }
    return result
  }

  private static func parts(
    of condition: PreparedExpression, _ context: RunContext
  ) throws(EngineError) -> [RowTest] {
    if case .and(let left, let right, rightCanFail: false) = condition {
      return try parts(of: left, context) + parts(of: right, context)
    }
    if let tests = try lookup(condition, context) { return tests }
    if let test = try search(condition, context) { return [test] }
    return [comparison(condition) ?? known(condition) ?? .expression(condition)]
  }

  /// Two ranges of one column as one; nil where they are not, or have nothing in common.
  private func narrowed(by other: RowTest) -> RowTest? {
    guard case .range(let lanes, let validity, let range) = self,
      case .range(let otherLanes, _, let otherRange) = other, lanes.isSame(as: otherLanes),
      range.overlaps(otherRange)
    else { return nil }
    return .range(lanes, validity, range.clamped(to: otherRange))
  }

  /// What depends on one column of few values. Where all that are known pass, only nulls are looked at,
  /// and where there are none of these, nothing.
  private static func lookup(
    _ condition: PreparedExpression, _ context: RunContext
  ) throws(EngineError) -> [RowTest]? {
    guard case .lookup(.column(let column), let answers, let origin) = condition,
      let code = try KeyCode(.column(column), type: column.type, context: context),
      code.map == nil, code.origin == origin, code.count + 1 == answers.count,
      case .boolean(let bits) = answers.storage
    else { return nil }
    let wanted = try Buffer<UInt8>(count: answers.count, budget: context.budget)
    for number in 0..<answers.count where bits[number] && !answers.isNull(number) {
      wanted[number] = 1
    }
    if (0..<code.count).allSatisfy({ wanted[$0] == 1 }) {
      guard let validity = code.validity else { return [] }
      return wanted[code.count] == 1 ? [] : [.known(validity)]
    }
    return [.codes(code, wanted)]
  }

  /// Whether a value passes, by its number, that of null last.
  static func codes(_ code: KeyCode, _ wanted: Buffer<UInt8>) -> RowTest {
    var passing: [Int32] = []
    for number in 0..<wanted.count where wanted[number] != 0 && passing.count < 2 {
      passing.append(Int32(truncatingIfNeeded: number))
    }
    var only: Int32?
    if case .texts = code.values, passing.count == 1, Int(passing[0]) < code.count {
      only = passing[0]
    }
    return .codes(code, wanted: wanted, only: only)
  }

  /// An integer, day or time against a constant.
  private static func comparison(_ condition: PreparedExpression) -> RowTest? {
    guard case .call(.compare(let comparison), let operands, _) = condition, operands.count == 2,
      case .column(let column) = operands[0], case .constant(let value, let type) = operands[1],
      column.type == type, column.dictionary == nil, column.target == nil,
      let lanes = column.integerLanes, let bound = value.lane,
      let range = comparison.range(to: bound)
    else { return nil }
    return .range(lanes, column.validity, range)
  }

  private static func search(
    _ condition: PreparedExpression, _ context: RunContext
  ) throws(EngineError) -> RowTest? {
    guard case .call(.function(.contains), let operands, _) = condition, operands.count == 2,
      case .column(let column) = operands[0], case .text(let block) = column.storage,
      case .constant(.text(let part), _) = operands[1], !part.isEmpty
    else { return nil }
    return .containing(
      block, column.validity, part: try Buffer(Array(part.utf8), budget: context.budget))
  }

  private static func known(_ condition: PreparedExpression) -> RowTest? {
    guard case .not(.isNull(.column(let column))) = condition, let validity = column.validity else {
      return nil
    }
    return .known(validity)
  }
}

extension Value {
  /// What a column stores it as; nil for what is no whole number.
  fileprivate var lane: Int64? {
    switch self {
    case .integer(let value): value
    case .day(let value): Int64(value.number)
    case .time(let value): value.microseconds
    default: nil
    }
  }
}

extension Operation.Comparison {
  /// The whole numbers that stand in this relation to a bound; nil where they are no range.
  fileprivate func range(to bound: Int64) -> ClosedRange<Int64>? {
    switch self {
    case .less: bound == .min ? nil : .min...(bound - 1)
    case .lessOrEqual: .min...bound
    case .greater: bound == .max ? nil : (bound + 1)...(.max)
    case .greaterOrEqual: bound...(.max)
    case .equal: bound...bound
    case .notEqual: nil
    }
  }
}
