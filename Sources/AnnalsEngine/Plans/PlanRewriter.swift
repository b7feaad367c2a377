/// Makes a plan cheaper without changing what it gives.
///
/// Filters move towards the tables, past what keeps rows or order as they are. A filter that a row can
/// make fail stays where it is, so that it sees no row that it would not have seen; and none moves past
/// a step that a row can make fail, so that what fails still does.
struct PlanRewriter {
  let sources: [Table]

  func rewritten(_ plan: Plan) -> Plan {
    let plan = plan.replacingInputs { rewritten($0) }
    guard case .filter(let input, let condition) = plan else { return plan }
    return pushed(condition, into: input) ?? plan
  }

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
  /// The same step over other inputs.
  func replacingInputs(_ replace: (Plan) -> Plan) -> Plan {
    switch self {
    case .source: self
    case .filter(let input, let condition): .filter(replace(input), condition)
    case .project(let input, let expressions): .project(replace(input), expressions)
    case .aggregate(let input, let keys, let calls):
      .aggregate(replace(input), keys: keys, calls: calls)
    case .window(let input, let partition, let calls):
      .window(replace(input), partition: partition, calls: calls)
    case .sort(let input, let keys): .sort(replace(input), keys)
    case .slice(let input, let skip, let take): .slice(replace(input), skip: skip, take: take)
    case .pick(let input, let keys, let order, let calls):
      .pick(replace(input), keys: keys, order: order, calls: calls)
    case .hostFilter(let input, let function, let slots):
      .hostFilter(replace(input), function: function, slots: slots)
    case .join(let left, let right, let kind, let keys):
      .join(replace(left), replace(right), kind, on: keys)
    case .append(let first, let second): .append(replace(first), replace(second))
    case .explode(let input, let slot): .explode(replace(input), slot: slot)
    case .complete(let input, let completion): .complete(replace(input), completion)
    case .spread(let input, let spreading): .spread(replace(input), spreading)
    case .repeated(let input, let count): .repeated(replace(input), count: count)
    }
  }
}
