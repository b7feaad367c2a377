/// The rows that aggregates in a formula are over, and the aggregates found.
struct AggregateScope {
  /// What names mean inside an aggregate.
  let rows: FormulaContext
  /// The slot of the first call among the results.
  let firstSlot: Int
  /// The rows that a row's aggregates are over; nil where there is one result for each group.
  var frame: WindowCall.Frame?
  /// Each is computed once, however often it is written.
  private(set) var calls: [AggregateCall] = []
  private(set) var windows: [WindowCall] = []
  private var callPlaces = GrowingIndex<AggregateCall>()
  private var windowPlaces = GrowingIndex<WindowCall>()
  /// What is known of the results that hold numbers of rows, by slot.
  private(set) var lineages: [Int: Lineage] = [:]

  init(rows: FormulaContext, firstSlot: Int, frame: WindowCall.Frame? = nil) {
    self.rows = rows
    self.firstSlot = firstSlot
    self.frame = frame
  }

  /// The result of a call that gives numbers of which something is known.
  mutating func slot(of call: AggregateCall, _ lineage: Lineage) -> Expression {
    let result = slot(of: call)
    note(lineage, of: result)
    return result
  }

  /// The same of a call over neighbouring rows.
  mutating func slot(of call: WindowCall, _ lineage: Lineage) -> Expression {
    let result = slot(of: call)
    note(lineage, of: result)
    return result
  }

  private mutating func note(_ lineage: Lineage, of result: Expression) {
    guard lineage != Lineage(), case .slot(let slot) = result.kind else { return }
    lineages[slot, default: Lineage()].formUnion(lineage)
  }

  /// Has a call gather the rows of a table, which then stand behind other results.
  mutating func guarding(_ call: AggregateCall, _ table: String) -> Lineage.Guard {
    guarded(checkSlot(of: call), table)
  }

  /// The same with rows that a call over neighbouring rows gives.
  mutating func guarding(_ call: WindowCall, _ table: String) -> Lineage.Guard {
    guarded(slot(of: call), table)
  }

  private func guarded(_ rows: Expression, _ table: String) -> Lineage.Guard {
    guard case .slot(let slot) = rows.kind else {
      preconditionFailure("the result of a call is a slot")
    }
    return Lineage.Guard(table: table, slot: slot, holdsMany: rows.type == .text)
  }

  /// The result of a call over the frame at hand.
  mutating func slot(of call: AggregateCall) -> Expression {
    if let frame { return slot(of: WindowCall(.aggregate(call, frame), call.type, call.place)) }
    let index: Int
    let known = callPlaces.first(call, among: calls.count) { [calls] in calls[$0] }
    if let known {
      index = known
    } else {
      calls.append(call)
      index = calls.count - 1
    }
    return Expression(.slot(firstSlot + index), call.type, call.place)
  }

  /// The result of a call that looks at all rows of a group, whatever the frame.
  private mutating func checkSlot(of call: AggregateCall) -> Expression {
    guard frame != nil else { return slot(of: call) }
    return slot(of: WindowCall(.aggregate(call, .partition), call.type, call.place))
  }

  mutating func slot(of call: WindowCall) -> Expression {
    let index: Int
    let known = windowPlaces.first(call, among: windows.count) { [windows] in windows[$0] }
    if let known {
      index = known
    } else {
      windows.append(call)
      index = windows.count - 1
    }
    return Expression(.slot(firstSlot + index), call.type, call.place)
  }
}

extension FormulaTyper {
  mutating func typedAggregate(
    _ aggregate: Aggregate, _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    let name = aggregate.rawValue
    guard var scope = aggregates else {
      throw problem(.aggregateOutside(name, verb: context.verb), node)
    }
    try checkCount(nodes, aggregate.argumentCounts, name, node)
    var inner = FormulaTyper(
      context: scope.rows, formula: formula, bindings: bindings, bound: bound)
    if let inside = nodes.lazy.compactMap({ $0.firstAggregate }).first {
      throw problem(.nestedAggregate(inside.name), inside.node)
    }
    var arguments: [Typed] = []
    for argument in nodes { arguments.append(try inner.typed(argument)) }
    if let frame = scope.frame, frame != .partition {
      guard aggregate.canMove(with: frame), nodes.count < 2 else {
        throw problem(.notInFrame(name, frame: frame.name), node)
      }
    }
    // Held once, so that a further call costs no copy of all.
    aggregates = nil
    defer { aggregates = scope }
    let calls = AggregateCalls(
      aggregate: aggregate, typer: inner, nodes: nodes, place: place(node))
    let result = try calls.typed(arguments, in: &scope)
    bound = inner.bound
    return result
  }
}

extension Expression {
  /// The tables that values are gathered from, the outermost first.
  var gatheredTables: [String] {
    let inner = operands.flatMap { $0.gatheredTables }
    if case .gather(_, let table, _) = kind { return [table] + inner }
    return inner
  }
}

extension FormulaNode {
  /// Whether an aggregate is called somewhere in it.
  var holdsAggregate: Bool { firstAggregate != nil }

  /// An aggregate that is called somewhere in it.
  fileprivate var firstAggregate: (name: String, node: FormulaNode)? {
    switch kind {
    case .call(let name, _) where Aggregate(rawValue: name) != nil: return (name, self)
    case .call(_, let nodes), .set(let nodes):
      return nodes.lazy.compactMap { $0.firstAggregate }.first
    case .negated(let operand), .not(let operand): return operand.firstAggregate
    case .binary(_, let left, let right), .member(let left, let right):
      return left.firstAggregate ?? right.firstAggregate
    default: return nil
    }
  }
}

extension Aggregate {
  /// Whether it can be kept up while rows come and go; `stddev` is worked out anew for each frame, which
  /// is no way where frames grow to all rows.
  fileprivate func canMove(with frame: WindowCall.Frame) -> Bool {
    switch self {
    case .count, .countIf, .distinct, .sum, .mean, .min, .max: true
    case .stddev: frame != .cumulative
    case .first, .last, .any, .all, .median, .quantile, .mode, .list: false
    }
  }

  fileprivate var argumentCounts: ClosedRange<Int> {
    switch self {
    case .count: 0...1
    case .sum, .mean: 1...2
    case .quantile: 2...2
    default: 1...1
    }
  }
}

extension Aggregate {
  /// Which value of a group `min`, `max`, `first` and `last` take.
  var choice: AggregateCall.Choice {
    switch self {
    case .min: .smallest
    case .max: .greatest
    case .last: .last
    default: .first
    }
  }
}

extension AggregateCall.Choice {
  /// The call that makes this choice among single values.
  var function: AggregateCall.Function {
    switch self {
    case .smallest: .min
    case .greatest: .max
    case .first: .first
    case .last: .last
    }
  }
}
