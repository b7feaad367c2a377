/// Works out what is the same for every row, once.
///
/// What fails is left as it is: it fails for the first row that it is asked for, if there is one.
struct ConstantFolder {
  /// The values of `.binding` expressions.
  let bound: [Value]

  /// What takes more memory than this is left for the run, which has its own limits.
  private static let byteLimit = 1 << 20

  /// An expression that gives the same for every row.
  func folded(_ expression: Expression) -> Expression { changed(expression) ?? expression }

  /// The folded expression, or nil if there is nothing to fold.
  private func changed(_ expression: Expression) -> Expression? {
    guard expression.hasFixedParts else { return nil }
    let operands = expression.operands
    if operands.isEmpty { return constant(expression) }
    var parts = operands
    var isChanged = false
    for (index, operand) in operands.enumerated() {
      guard let part = changed(operand) else { continue }
      parts[index] = part
      isChanged = true
    }
    let folded = isChanged ? expression.with(operands: parts) : expression
    return decided(folded) ?? computed(folded) ?? (isChanged ? folded : nil)
  }

  /// A bound value is a constant from here on. Lists stay bound.
  private func constant(_ expression: Expression) -> Expression? {
    guard case .binding(let index) = expression.kind, expression.type != .list else { return nil }
    return Expression(.constant(bound[index]), expression.type, expression.place)
  }

  /// What a constant operand decides, whatever the others are. A side that can fail must not be left
  /// out, unless nothing would have looked at it.
  private func decided(_ expression: Expression) -> Expression? {
    switch expression.kind {
    case .and(let left, let right): return decided(left, right, neutral: true)
    case .or(let left, let right): return decided(left, right, neutral: false)
    case .choose(let condition, let then, let otherwise):
      guard let value = condition.constant else { return nil }
      return value == .boolean(true) ? then : otherwise
    case .isNull(let operand):
      guard let value = operand.constant else { return nil }
      return Expression(.constant(.boolean(value == .null)), .boolean, expression.place)
    default: return nil
    }
  }

  private func decided(_ left: Expression, _ right: Expression, neutral: Bool) -> Expression? {
    if let value = left.constant, value != .null {
      return value == .boolean(neutral) ? right : left
    }
    if let value = right.constant, value != .null {
      if value == .boolean(neutral) { return left }
      if !left.canFail { return right }
    }
    return nil
  }

  /// The value of an expression whose operands are constants.
  private func computed(_ expression: Expression) -> Expression? {
    guard expression.operands.allSatisfy({ $0.constant != nil }) else { return nil }
    // A reference means something in its dataset alone.
    if case .reference = expression.type { return nil }
    if expression.type == .list { return nil }
    if case .gather = expression.kind { return nil }
    let context = RunContext(forOneRow: MemoryBudget(byteLimit: Self.byteLimit))
    let preparation = Preparation(
      slots: [], bound: bound, catalog: nil, rowCount: 1, context: context)
    guard let prepared = try? preparation.prepared(expression),
      let column = try? Evaluator.column(
        of: prepared, type: expression.type, rowCount: 1, context: context)
    else { return nil }
    return Expression(.constant(column.value(0)), expression.type, expression.place)
  }
}

extension RunContext {
  /// For what is worked out aside, on the calling thread.
  fileprivate init(forOneRow budget: MemoryBudget) {
    self.init(threadCount: 1, budget: budget)
    batchSize = 1
  }
}

extension Expression {
  /// Nil if it is no constant.
  fileprivate var constant: Value? {
    if case .constant(let value) = kind { value } else { nil }
  }
}
