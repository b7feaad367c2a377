/// What was asked of tables, as data: comparable, without closures and without Lua.
///
/// A plan speaks of slots alone; names stand in the query around it.
package indirect enum Plan: Hashable, Sendable {
  /// A table of the query's list. Its slots are the table's columns, then its row numbers.
  case source(Int)
  /// Keeps the rows where the condition is true.
  case filter(Plan, Expression)
  /// Each row's values become those of the expressions.
  case project(Plan, [Expression])
  /// One row a group in ascending order of the keys, nulls last: the keys, then the calls. Without
  /// keys there is one row, also over no rows at all.
  case aggregate(Plan, keys: [Expression], calls: [AggregateCall])
  /// Adds the calls over the rows that agree in `partition`, in the order of the rows.
  case window(Plan, partition: [Expression], calls: [WindowCall])
  /// Stable; nulls last both ways.
  case sort(Plan, [SortKey])
  /// The rows from `skip` on, at most `take`.
  case slice(Plan, skip: Int, take: Int?)
  /// Of the rows that agree in `partition` the first `count`, in the order of the input.
  case leading(Plan, partition: [Expression], count: Int)
  /// Of the rows that agree in `keys` the one that comes first by `order`, in the order of the input;
  /// the calls over the rows that agreed are added as slots.
  case pick(Plan, keys: [Expression], order: [SortKey], calls: [AggregateCall])
  /// Keeps the rows for which a function of the host returns true. It is called row by row in order
  /// on the run's own thread, with the columns of `slots`.
  case hostFilter(Plan, function: Int, slots: [Int])
  /// Rows that match: the slots of the left, then, but for `semi` and `anti`, those of the right. Left
  /// rows in order, for each the right rows in order, and for `full` the rest of the right at the end.
  case join(Plan, Plan, JoinKind, on: [JoinKey])
  /// The rows of the first, then those of the second, which has slots of the same types.
  case append(Plan, Plan)
  /// One row for each element of a list, which takes the list's place; a row without any is left out.
  case explode(Plan, slot: Int)
  /// Rows for the days that groups lack.
  case complete(Plan, Completion)
  /// A row for each day of a span, with a slot that counts the days; null where there is no span.
  case spread(Plan, Spreading)
  /// Each row so many times in a row, with a slot that counts them from 0.
  case repeated(Plan, count: Int)
}

/// What rows are ordered by.
package struct SortKey: Hashable, Sendable {
  package let expression: Expression
  package let isDescending: Bool

  package init(_ expression: Expression, isDescending: Bool = false) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

extension Plan {
  /// Whether there are more than `limit` steps, where eight columns of a wide one count as a step.
  /// Looks at no more of them.
  func hasMoreSteps(than limit: Int) -> Bool {
    var left = limit
    countSteps(&left)
    return left < 0
  }

  private func countSteps(_ left: inout Int) {
    guard left >= 0 else { return }
    left -= 1
    switch self {
    case .source: break
    case .project(let input, let expressions):
      left -= expressions.count / 8
      input.countSteps(&left)
    case .join(let first, let second, _, _), .append(let first, let second):
      first.countSteps(&left)
      second.countSteps(&left)
    case .filter(let input, _), .aggregate(let input, _, _), .window(let input, _, _),
      .sort(let input, _), .slice(let input, _, _), .pick(let input, _, _, _),
      .hostFilter(let input, _, _), .explode(let input, _), .complete(let input, _),
      .spread(let input, _), .repeated(let input, _), .leading(let input, _, _):
      input.countSteps(&left)
    }
  }

  /// Whether it is known before it runs that no row comes out and that none can make it fail: its
  /// tables have none.
  func givesNoRows(_ sources: [Table]) -> Bool {
    switch self {
    case .source(let index): sources[index].rowCount == 0
    case .filter(let input, _), .project(let input, _), .window(let input, _, _),
      .sort(let input, _), .slice(let input, _, _), .leading(let input, _, _),
      .pick(let input, _, _, _), .hostFilter(let input, _, _), .explode(let input, _),
      .spread(let input, _), .repeated(let input, _):
      input.givesNoRows(sources)
    case .aggregate(let input, let keys, _): !keys.isEmpty && input.givesNoRows(sources)
    case .join(let first, let second, _, _), .append(let first, let second):
      first.givesNoRows(sources) && second.givesNoRows(sources)
    // A range that was asked for has rows of its own.
    case .complete: false
    }
  }

  /// The type of each slot.
  func types(_ sources: [Table]) -> [ValueType] {
    switch self {
    case .source(let index): sources[index].slotTypes + [.integer]
    case .project(_, let expressions): expressions.map(\.type)
    case .aggregate(_, let keys, let calls): keys.map(\.type) + calls.map(\.type)
    case .pick(let input, _, _, let calls): input.types(sources) + calls.map(\.type)
    case .window(let input, _, let calls): input.types(sources) + calls.map(\.type)
    case .repeated(let input, _), .spread(let input, _): input.types(sources) + [.integer]
    case .join(let left, let right, let kind, _):
      left.types(sources) + (kind.hasRight ? right.types(sources) : [])
    case .explode(let input, let slot):
      input.types(sources).enumerated().map { $0.offset == slot ? .text : $0.element }
    case .filter(let input, _), .sort(let input, _), .slice(let input, _, _),
      .hostFilter(let input, _, _), .append(let input, _), .complete(let input, _),
      .leading(let input, _, _):
      input.types(sources)
    }
  }
}
