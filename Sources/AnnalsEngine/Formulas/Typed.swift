/// A formula or a part of one, typed. A figure is three numbers from here on.
package enum Typed: Hashable, Sendable {
  /// The literal `nil`, whose type its surroundings decide.
  case null(FormulaPlace)
  case scalar(Expression)
  case figure(FigureExpression)

  package var place: FormulaPlace {
    switch self {
    case .null(let place): place
    case .scalar(let expression): expression.place
    case .figure(let figure): figure.best.place
    }
  }

  /// Nil for `nil`.
  package var type: ValueType? {
    switch self {
    case .null: nil
    case .scalar(let expression): expression.type
    case .figure: .figure
    }
  }

  /// One for each slot.
  package var expressions: [Expression] {
    switch self {
    case .null: []
    case .scalar(let expression): [expression]
    case .figure(let figure): [figure.low, figure.best, figure.high]
    }
  }
}

/// The three numbers of a figure, each of which may be null.
package struct FigureExpression: Hashable, Sendable {
  package let low: Expression
  package let best: Expression
  package let high: Expression

  /// Whether nothing is known.
  func isNull(_ place: FormulaPlace) -> Expression {
    func test(_ part: Expression) -> Expression { Expression(.isNull(part), .boolean, place) }
    let lowOrBest = Expression(.and(test(low), test(best)), .boolean, place)
    return Expression(.and(lowOrBest, test(high)), .boolean, place)
  }

  /// What figures are ordered and compared by: best, else low, else high.
  func orderKey(_ place: FormulaPlace) -> Expression {
    Expression(.call(.coalesce, [best, low, high]), .number, place)
  }
}
