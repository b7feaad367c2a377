import AnnalsEngine
import SeededRandom

/// Verbs that bring other tables in, or make rows.
extension PlanMaker {
  mutating func join(_ maker: inout FormulaMaker, _ query: Query) -> TwinStep? {
    let kind = maker.random.pick(JoinKind.allCases)
    let table = maker.random.pick(TwinDataset.names)
    let other = inner(&maker, table, stepCount: maker.random.below(3))
    guard kind != .cross else { return .join(other, keys: [], kind) }
    let right = other.shape(dataset).visible
    var keys: [(left: String, right: String)] = []
    for _ in 0...maker.random.below(2) {
      guard let key = key(&maker, right), !keys.contains(where: { $0 == key }) else { continue }
      keys.append(key)
    }
    return keys.isEmpty ? nil : .join(other, keys: keys, kind)
  }

  private mutating func inner(
    _ maker: inout FormulaMaker, _ table: String, stepCount: Int
  ) -> TwinPlan {
    random = maker.random
    let plan = innerPlan(table, stepCount: stepCount)
    maker.random = random
    return plan
  }

  /// Two columns that may be equal.
  private func key(
    _ maker: inout FormulaMaker, _ right: [TwinColumn]
  ) -> (left: String, right: String)? {
    func isNumeric(_ type: ValueType) -> Bool { type == .integer || type == .number }
    var pairs: [(left: String, right: String)] = []
    for left in maker.columns where left.type != .list && left.type != .figure {
      for other in right where other.type != .list && other.type != .figure {
        let isKey = left.type == .text && other.type == .reference(table: "main")
        guard
          left.type == other.type || isNumeric(left.type) && isNumeric(other.type) || isKey
        else { continue }
        pairs.append((left.name, other.name))
        // Names that both have are what people join by.
        if left.name == other.name { pairs.append((left.name, other.name)) }
      }
    }
    return pairs.isEmpty ? nil : maker.random.pick(pairs)
  }

  func expand(_ maker: inout FormulaMaker) -> TwinStep? {
    let (table, column) = maker.random.pick([
      ("links", "of"), ("links", "to"), ("main", "r"), ("others", "next"),
    ])
    return .expand(table: table, column: column)
  }

  mutating func unpivot(_ maker: inout FormulaMaker) -> TwinStep? {
    let type = maker.random.pick([ValueType.integer, .number, .text, .day, .figure, .boolean])
    let possible = maker.columns.filter {
      $0.type == type || type == .number && $0.type == .integer
    }.map(\.name)
    let names = possible.shuffled(using: &maker.random).prefix(maker.random.below(3) + 1)
    guard !names.isEmpty else { return nil }
    return .unpivot(Array(names), name: name(), value: name())
  }

  mutating func complete(_ maker: inout FormulaMaker, _ query: Query) -> TwinStep? {
    let days = maker.columns.filter { $0.type == .day && !query.groups.contains($0.name) }
    guard !days.isEmpty else { return nil }
    let column = maker.random.pick(days).name
    let isNear = column == "e x" || column == "day"
    let step = maker.random.pick(
      isNear
        ? ["1 day", "2 days", "1 week", "1 month", "3 days"] : ["90 years", "400 quarters"])
    let fillable = maker.columns.filter {
      $0.name != column && !query.groups.contains($0.name)
        && FormulaMaker.scalarTypes.contains($0.type)
    }
    guard !fillable.isEmpty else { return nil }
    var fills: [(column: String, value: Value)] = []
    let filled = maker.random.pick(fillable)
    if case .literal(let value) = maker.literal(filled.type).kind {
      fills.append((filled.name, maker.random.once(in: 4) ? .null : value))
    }
    func end(_ offset: Int, _ maker: inout FormulaMaker) -> Day? {
      maker.random.once(in: 4)
        ? Day(number: Int32(18_985 + offset + maker.random.below(8))) : nil
    }
    // Without both ends, rare days far away would make many rows.
    guard isNear || step.hasSuffix("years") || step.hasSuffix("quarters") else { return nil }
    return .complete(
      column, step: step, fills: fills, from: end(0, &maker), to: end(12, &maker))
  }

  mutating func spread(_ maker: inout FormulaMaker) -> TwinStep? {
    let near = maker.columns.filter {
      ($0.name == "e x" || $0.name == "day" || $0.name.hasPrefix("near")) && $0.type == .day
    }
    guard let from = near.first?.name else { return nil }
    guard near.count > 1 else {
      // The days of another table are close to these; made of a path where there is one.
      guard let reference = maker.columns.first(where: { $0.type == .reference(table: "others") })
      else { return nil }
      let path = TwinFormula(.path(reference.name, ["day"]), .day)
      return .derive(TwinColumnFormula(name: "near" + name(), formula: path))
    }
    let to = near[1].name
    let numbers = maker.columns.filter {
      [.integer, .number, .figure].contains($0.type)
    }.map(\.name).shuffled(using: &maker.random).prefix(maker.random.below(2) + 1)
    guard !numbers.isEmpty else { return nil }
    return .spread(
      from: from, to: to, Array(numbers), maker.random.pick(SpreadMode.allCases))
  }
}
