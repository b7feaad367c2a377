/// Writes a plan for people: a step a line, what it reads further in.
struct PlanText {
  let sources: [Table]

  func lines(_ plan: Plan) -> [String] { lines(plan, depth: 0) }

  private func lines(_ plan: Plan, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    return [indent + line(plan)] + inputs(plan).flatMap { lines($0, depth: depth + 1) }
  }

  private func inputs(_ plan: Plan) -> [Plan] {
    switch plan {
    case .source: []
    case .join(let left, let right, _, _): [left, right]
    case .append(let first, let second): [first, second]
    case .filter(let input, _), .project(let input, _), .aggregate(let input, _, _),
      .window(let input, _, _), .sort(let input, _), .slice(let input, _, _),
      .pick(let input, _, _, _), .hostFilter(let input, _, _), .explode(let input, _),
      .complete(let input, _), .spread(let input, _), .repeated(let input, _),
      .leading(let input, _, _):
      [input]
    }
  }

  private func line(_ plan: Plan) -> String {
    switch plan {
    case .source(let index): return "table of \(sources[index].rowCount) rows"
    case .filter(_, let condition): return "where " + text(condition)
    case .project(_, let expressions):
      let computed = expressions.filter { !$0.isSlot }
      let kept = expressions.count - computed.count
      return "columns: \(kept) kept" + (computed.isEmpty ? "" : ", " + texts(computed))
    case .aggregate(_, let keys, let calls):
      return "aggregate" + (keys.isEmpty ? "" : " by " + texts(keys)) + ": " + texts(calls)
    case .window(_, let partition, let calls):
      return "window" + (partition.isEmpty ? "" : " by " + texts(partition)) + ": "
        + unique(calls.map(\.place.text))
    case .sort(_, let keys): return "sort by " + order(keys)
    case .slice(_, let skip, let take):
      return "rows from \(skip + 1)" + (take.map { ", at most \($0)" } ?? "")
    case .leading(_, let partition, let count):
      return "first \(count) by " + texts(partition)
    case .pick(_, let keys, let keyOrder, _):
      return "pick one by " + texts(keys)
        + (keyOrder.isEmpty ? "" : ", first by " + order(keyOrder))
    case .hostFilter: return "where a function of the script"
    case .join(_, _, let kind, let keys):
      return "\(kind.rawValue) join"
        + (keys.isEmpty ? "" : " on " + keys.map(text).joined(separator: ", "))
    case .append: return "append"
    case .explode(_, let slot): return "explode column \(slot + 1)"
    case .complete: return "complete"
    case .spread(_, let spreading): return "spread by \(spreading.mode.rawValue)"
    case .repeated(_, let count): return "each row \(count) times"
    }
  }

  private func text(_ expression: Expression) -> String {
    expression.place.text.isEmpty ? "#" + slotText(expression) : expression.place.text
  }

  private func text(_ key: JoinKey) -> String {
    text(key.left) == text(key.right)
      ? text(key.left) : text(key.left) + " == " + text(key.right)
  }

  private func slotText(_ expression: Expression) -> String {
    if case .slot(let slot) = expression.kind { String(slot + 1) } else { "" }
  }

  private func texts(_ expressions: [Expression]) -> String { unique(expressions.map(text)) }

  private func texts(_ calls: [AggregateCall]) -> String { unique(calls.map(\.place.text)) }

  private func order(_ keys: [SortKey]) -> String {
    keys.map { ($0.isDescending ? "-" : "") + text($0.expression) }.joined(separator: ", ")
  }

  /// The parts of one figure bear one text.
  private func unique(_ texts: [String]) -> String {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }
}

extension Expression {
  fileprivate var isSlot: Bool {
    if case .slot = kind { true } else { false }
  }
}
