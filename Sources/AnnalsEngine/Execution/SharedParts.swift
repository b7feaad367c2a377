extension Preparation {
  /// Parts that occur several times in the expressions of a step, inner ones first.
  ///
  /// A part that a row can make fail is none of them: where it stands behind `and` or a choice, not
  /// every row is asked for it. Neither is what is worked out once for each of few values.
  func sharedParts(of expressions: [Expression]) throws(EngineError) -> [Expression] {
    var counts: [Expression: Int] = [:]
    var order: [Expression] = []
    func visit(_ expression: Expression) throws(EngineError) {
      if expression.operands.isEmpty { return }
      if try fewValues(behind: expression) != nil { return }
      if let count = counts[expression] {
        counts[expression] = count + 1
        return
      }
      if !expression.canFail { counts[expression] = 1 }
      for operand in expression.operands { try visit(operand) }
      if !expression.canFail { order.append(expression) }
    }
    // One operation shares nothing.
    guard expressions.reduce(0, { $0 + $1.operationCount }) > 1 else { return [] }
    for expression in expressions { try visit(expression) }
    return order.filter { counts[$0] ?? 0 > 1 }
  }
}

extension Executor {
  /// Has a pipeline compute once what the expressions of its next step share.
  ///
  /// - Returns: What makes those expressions ready.
  func sharing(
    _ expressions: [Expression], in pipeline: inout Pipeline
  ) throws(EngineError) -> Preparation {
    var preparation = preparation(pipeline)
    for part in try preparation.sharedParts(of: expressions) {
      pipeline.steps.append(.compute(try preparation.prepared(part)))
      preparation.shared[part] = pipeline.computedCount
      pipeline.computedCount += 1
    }
    return preparation
  }
}

extension Expression {
  fileprivate var operationCount: Int {
    let operands = operands
    return operands.isEmpty ? 0 : operands.reduce(1) { $0 + $1.operationCount }
  }
}
