import AnnalsEngine
package import SeededRandom

/// Makes random plans that mostly type-check.
///
/// A verb that the engine refuses before anything runs is left out and counted.
package struct PlanMaker {
  let dataset: TwinDataset
  var random: SeededRandom
  package private(set) var refusedCount = 0
  private var nextName = 0

  package init(_ dataset: TwinDataset, _ random: SeededRandom) {
    self.dataset = dataset
    self.random = random
  }

  package mutating func plan() -> TwinPlan {
    let table = random.pick(["main", "main", "main", "main", "others", "links"])
    return plan(table, stepCount: random.below(8) + 1, isInner: false)
  }

  private mutating func plan(_ table: String, stepCount: Int, isInner: Bool) -> TwinPlan {
    var plan = TwinPlan(table: table)
    guard var query = try? Query(table, of: dataset.catalog) else { return plan }
    var size = dataset.tables[table]?.rows.count ?? 0
    for _ in 0..<stepCount {
      guard let step = step(query, size, isInner: isInner) else { continue }
      let context = RunContext(threadCount: 1, budget: TwinDataset.budget)
      if case .pivot = step {
        // It makes columns of the data: nothing can be said about them here.
        plan.steps.append(step)
        return plan
      }
      guard let next = try? step.applied(to: query, dataset.catalog, context) else {
        refusedCount += 1
        continue
      }
      query = next
      plan.steps.append(step)
      size = grown(size, step)
    }
    return plan
  }

  /// About how many rows there may be after a step.
  private func grown(_ size: Int, _ step: TwinStep) -> Int {
    switch step {
    case .join(let other, _, let kind):
      let count = dataset.tables[other.table]?.rows.count ?? 0
      return kind == .cross ? size * count : size * max(count / 3, 1) + count
    case .append(let other): return size + (dataset.tables[other.table]?.rows.count ?? 0)
    case .expand, .explode, .unpivot: return size * 3
    case .spread: return size * 5
    case .complete: return size * 3 + 100
    case .take(let count), .top(let count, _): return min(size, count * 10)
    default: return size
    }
  }

  /// A plan of few verbs for the other side of a join.
  mutating func innerPlan(_ table: String, stepCount: Int) -> TwinPlan {
    plan(table, stepCount: stepCount, isInner: true)
  }

  mutating func name() -> String { freshName() }

  private mutating func freshName() -> String {
    nextName += 1
    return "x\(nextName)"
  }

  // MARK: Steps

  private mutating func step(_ query: Query, _ size: Int, isInner: Bool) -> TwinStep? {
    let columns = query.schema.fields.map { TwinColumn($0.name, $0.type) }
    var maker = FormulaMaker(columns: columns, dataset: dataset, random: random)
    defer { random = maker.random }
    let choice = maker.random.below(isInner ? 14 : 32)
    switch choice {
    case 0, 1: return .filter(maker.formula(.boolean, depth: 3))
    case 2: return filterEqual(&maker)
    case 3, 4: return .derive(column(&maker))
    case 5: return select(&maker)
    case 6: return arranged(&maker)
    case 7, 8: return grouped(&maker, query)
    case 9: return .sort(sortKeys(&maker))
    case 10:
      let count = maker.random.pick([0, 1, 2, 3, 5, 8, 20, 64])
      return maker.random.once(in: 2) ? .take(count) : .skip(count)
    case 11: return .distinct(names(&maker, upTo: 2) { $0.type != .list })
    case 12:
      return maker.random.once(in: 2)
        ? .count(names(&maker, upTo: 2) { $0.type != .list && $0.name != "n" })
        : .aggregate(aggregates(&maker))
    case 13: return .aggregate(aggregates(&maker))
    default: return larger(choice, &maker, query, size)
    }
  }

  private mutating func larger(
    _ choice: Int, _ maker: inout FormulaMaker, _ query: Query, _ size: Int
  ) -> TwinStep? {
    switch choice {
    case 14, 15, 16, 17, 18:
      let hasDays = maker.columns.contains { $0.type == .day }
      return .derive(maker.series(freshName(), hasDays: hasDays))
    case 19:
      return .top(maker.random.below(4), sortKeys(&maker))
    case 20: return pick(&maker)
    case 21, 22, 23: return size < 200 ? join(&maker, query) : nil
    case 24:
      random = maker.random
      let table = random.pick(TwinDataset.names)
      let other = plan(table, stepCount: random.below(3), isInner: true)
      maker.random = random
      return size < 1000 ? .append(other) : nil
    case 25: return size < 1000 ? expand(&maker) : nil
    case 26:
      let lists = maker.columns.filter { $0.type == .list }
      return lists.isEmpty || size > 1000 ? nil : .explode(maker.random.pick(lists).name)
    case 27: return size < 1000 ? unpivot(&maker) : nil
    case 28: return size < 1000 ? complete(&maker, query) : nil
    case 29: return size < 500 ? spread(&maker) : nil
    case 30: return pivot(&maker)
    default: return .ungroup
    }
  }

  private mutating func column(_ maker: inout FormulaMaker) -> TwinColumnFormula {
    let type = maker.random.once(in: 10) ? .list : maker.anyType()
    // Now and then in place of a column that is there.
    let own = maker.columns.filter { $0.name != "n" }
    let name =
      maker.random.once(in: 8) && !own.isEmpty ? maker.random.pick(own).name : freshName()
    return TwinColumnFormula(name: name, formula: maker.formula(type, depth: 3))
  }

  private func filterEqual(_ maker: inout FormulaMaker) -> TwinStep? {
    let possible = maker.columns.filter { FormulaMaker.scalarTypes.contains($0.type) }
    guard !possible.isEmpty else { return nil }
    let column = maker.random.pick(possible)
    if maker.random.once(in: 4) { return .filterEqual([(column.name, .null)]) }
    guard case .literal(let value) = maker.literal(column.type).kind else { return nil }
    return .filterEqual([(column.name, value)])
  }

  private mutating func select(_ maker: inout FormulaMaker) -> TwinStep? {
    let kept = maker.columns.filter { _ in !maker.random.once(in: 3) }
    var items = kept.shuffled(using: &maker.random).map { column in
      TwinColumnFormula(name: column.name, formula: .column(column))
    }
    if maker.random.once(in: 2) {
      let type = maker.anyType()
      items.append(TwinColumnFormula(name: freshName(), formula: maker.formula(type, depth: 2)))
      items.shuffle(using: &maker.random)
    }
    if let path = path(&maker) { items.append(path) }
    return items.isEmpty ? nil : .select(items)
  }

  /// A column under its path as the name.
  private func path(_ maker: inout FormulaMaker) -> TwinColumnFormula? {
    let found = maker.columns.filter { $0.type == .reference(table: "others") }
    guard !found.isEmpty, maker.random.once(in: 2) else { return nil }
    let column = maker.random.pick(found)
    guard !column.name.contains(".") else { return nil }
    let (step, type) = maker.random.pick([("name", ValueType.text), ("size", .integer)])
    let name = column.name + "." + step
    guard !maker.columns.contains(where: { $0.name == name }) else { return nil }
    return TwinColumnFormula(
      name: name, formula: TwinFormula(.path(column.name, [step]), type))
  }

  private mutating func arranged(_ maker: inout FormulaMaker) -> TwinStep? {
    guard maker.columns.count > 1 else { return nil }
    let column = maker.random.pick(maker.columns)
    if maker.random.once(in: 2) { return .drop([column.name]) }
    let other = maker.random.pick(maker.columns)
    if other.name != column.name, maker.random.once(in: 2) {
      return .rename([(new: other.name, old: column.name), (new: column.name, old: other.name)])
    }
    return .rename([(new: freshName(), old: column.name)])
  }

  private mutating func grouped(_ maker: inout FormulaMaker, _ query: Query) -> TwinStep? {
    var items = names(&maker, upTo: 2) { $0.type != .list }.compactMap { name in
      maker.columns.first { $0.name == name }
    }.map { TwinColumnFormula(name: $0.name, formula: .column($0)) }
    if maker.random.once(in: 3) {
      let type = maker.anyType()
      items.append(TwinColumnFormula(name: freshName(), formula: maker.formula(type, depth: 2)))
    }
    if maker.random.once(in: 4), let path = path(&maker) { items.append(path) }
    return items.isEmpty ? nil : .group(items)
  }

  private func names(
    _ maker: inout FormulaMaker, upTo count: Int, _ isPossible: (TwinColumn) -> Bool
  ) -> [String] {
    let possible = maker.columns.filter(isPossible).map(\.name)
    return Array(possible.shuffled(using: &maker.random).prefix(maker.random.below(count + 1)))
  }

  private func sortKeys(_ maker: inout FormulaMaker) -> [TwinSortKey] {
    (0...maker.random.below(3)).map { _ in
      let isDescending = maker.random.once(in: 2)
      let possible = maker.columns.filter { $0.type != .list }
      if maker.random.once(in: 2), !possible.isEmpty {
        return TwinSortKey(
          formula: .column(maker.random.pick(possible)), isDescending: isDescending)
      }
      return TwinSortKey(
        formula: maker.formula(maker.anyType(), depth: 2), isDescending: isDescending)
    }
  }

  private mutating func aggregates(_ maker: inout FormulaMaker) -> [TwinColumnFormula] {
    (0...maker.random.below(3)).map { _ in maker.aggregates(freshName()) }
  }

  private mutating func pick(_ maker: inout FormulaMaker) -> TwinStep? {
    let keys = names(&maker, upTo: 2) { $0.type != .list }
    guard !keys.isEmpty else { return nil }
    let figure = maker.columns.first { $0.type == .figure }?.name
    return .pick(
      keys: keys, order: sortKeys(&maker), count: freshName(),
      widest: maker.random.once(in: 2) ? figure : nil)
  }

  private mutating func pivot(_ maker: inout FormulaMaker) -> TwinStep? {
    let possible = maker.columns.filter { $0.type != .list }
    guard !possible.isEmpty else { return nil }
    let column = maker.random.pick(possible).name
    return .pivot(column, maker.aggregates("#cell"))
  }
}
