/// Makes a plan cheaper without changing what it gives.
///
/// Filters move towards the tables, past what keeps rows or order as they are, and so do limits, past
/// what keeps their number. A filter that a row can make fail stays where it is, so that it sees no row
/// that it would not have seen; and nothing moves past a step that a row can make fail, so that what
/// fails still does.
struct PlanRewriter {
  let sources: [Table]
  /// Works out the constants in an expression.
  let folded: (Expression) -> Expression

  func rewritten(_ plan: Plan) -> Plan {
    let plan = withoutFixedParts(plan.replacingInputs { rewritten($0) })
    switch plan {
    case .filter(let input, let condition) where condition.isTrue: return input
    case .filter(let input, let condition): return pushed(condition, into: input) ?? plan
    case .slice(let input, let skip, let take): return sliced(input, skip, take)
    default: return plan
    }
  }

  /// The same step with its constants worked out.
  private func withoutFixedParts(_ plan: Plan) -> Plan {
    if case .project(_, let expressions) = plan, !expressions.contains(where: \.hasFixedParts) {
      return plan
    }
    return plan.replacingOwnExpressions(folded)
  }

  // MARK: Limits

  /// The rows from `skip` on, at most `take`, of as little as that needs.
  private func sliced(_ input: Plan, _ skip: Int, _ take: Int?) -> Plan {
    let plan = Plan.slice(input, skip: skip, take: take)
    switch input {
    case .slice(let inner, let earlier, let limit):
      let (both, overflow) = earlier.addingReportingOverflow(skip)
      guard !overflow else { return plan }
      let rest = limit.map { max($0 - skip, 0) }
      return sliced(inner, both, [rest, take].compactMap { $0 }.min())
    case .project(let inner, let expressions):
      guard !expressions.contains(where: { $0.canFail }) else { return plan }
      return .project(sliced(inner, skip, take), expressions)
    case .sort(.project(let inner, let expressions), let keys):
      // What is computed for the rows that are taken need not be for those that are not.
      guard take != nil, !expressions.contains(where: { $0.canFail }) else { return plan }
      let moved = keys.map { $0.replacing { $0.replacingSlots { expressions[$0] } } }
      return .project(sliced(.sort(inner, moved), skip, take), expressions)
    case .append(let first, let second):
      guard let end = end(skip, take), !first.canFail, !second.canFail else { return plan }
      return .slice(
        .append(sliced(first, 0, end), sliced(second, 0, end)), skip: skip, take: take)
    case .join(let left, let right, .left, let keys):
      // Each row of the left gives one row or more.
      guard let end = end(skip, take), !left.canFail, !keys.contains(where: { $0.left.canFail })
      else { return plan }
      return .slice(
        .join(sliced(left, 0, end), right, .left, on: keys), skip: skip, take: take)
    default: return plan
    }
  }

  private func end(_ skip: Int, _ take: Int?) -> Int? {
    guard let take else { return nil }
    let (end, overflow) = skip.addingReportingOverflow(take)
    return overflow ? nil : end
  }

  // MARK: Filters

  /// The input with the filter inside it, or nil if it can't move.
  private func pushed(_ condition: Expression, into input: Plan) -> Plan? {
    guard !condition.canFail else { return nil }
    switch input {
    case .sort(let inner, let keys):
      guard !keys.contains(where: { $0.expression.canFail }) else { return nil }
      return .sort(filtered(inner, condition), keys)
    case .project(let inner, let expressions):
      guard !expressions.contains(where: { $0.canFail }) else { return nil }
      return pass(condition, through: expressions).map {
        .project(filtered(inner, $0), expressions)
      }
    case .append(let first, let second):
      return .append(filtered(first, condition), filtered(second, condition))
    case .repeated(let inner, let count):
      let width = inner.types(sources).count
      guard condition.slots.allSatisfy({ $0 < width }) else { return nil }
      return .repeated(filtered(inner, condition), count: count)
    case .join(let left, let right, let kind, let keys):
      return pushed(condition, left, right, kind, keys)
    default: return nil
    }
  }

  private func pushed(
    _ condition: Expression, _ left: Plan, _ right: Plan, _ kind: JoinKind, _ keys: [JoinKey]
  ) -> Plan? {
    guard !keys.contains(where: { $0.left.canFail || $0.right.canFail }) else { return nil }
    let width = left.types(sources).count
    let slots = condition.slots
    if kind != .full, slots.allSatisfy({ $0 < width }) {
      return .join(filtered(left, condition), right, kind, on: keys)
    }
    guard kind == .inner || kind == .cross, slots.allSatisfy({ $0 >= width }) else { return nil }
    let moved = condition.shifted(by: -width)
    return .join(left, filtered(right, moved), kind, on: keys)
  }

  /// A filter that may move on.
  private func filtered(_ plan: Plan, _ condition: Expression) -> Plan {
    pushed(condition, into: plan) ?? .filter(plan, condition)
  }

  /// The condition over the input of a projection, if all that it reads is passed on as it is: nothing
  /// is computed twice.
  private func pass(_ condition: Expression, through expressions: [Expression]) -> Expression? {
    for slot in condition.slots {
      guard case .slot = expressions[slot].kind else { return nil }
    }
    return condition.replacingSlots { expressions[$0] }
  }
}

extension Plan {
  /// Whether a row can make a step of it fail.
  var canFail: Bool {
    switch self {
    case .source: false
    case .filter(let input, let condition): condition.canFail || input.canFail
    case .project(let input, let expressions):
      expressions.contains { $0.canFail } || input.canFail
    case .sort(let input, let keys):
      keys.contains { $0.expression.canFail } || input.canFail
    case .leading(let input, let partition, _):
      partition.contains { $0.canFail } || input.canFail
    case .slice(let input, _, _), .explode(let input, _), .repeated(let input, _): input.canFail
    case .append(let first, let second): first.canFail || second.canFail
    case .join(let left, let right, _, let keys):
      keys.contains { $0.left.canFail || $0.right.canFail } || left.canFail || right.canFail
    case .aggregate, .window, .pick, .complete, .spread, .hostFilter: true
    }
  }
}

extension Expression {
  fileprivate var isTrue: Bool { kind == .constant(.boolean(true)) }
}
