package import AnnalsEngine
import SeededRandom

/// The random plan of a seed, with its tables.
package struct TwinCase: Sendable {
  package let seed: UInt64
  package var dataset: TwinDataset
  package var plan: TwinPlan
  package private(set) var settings: [TwinCheck.Setting]
  /// How many verbs the engine refused while the plan was made.
  package let refusedCount: Int

  /// - Parameter dataset: That of the seed's block, which several seeds share.
  package init(seed: UInt64, dataset: TwinDataset) {
    self.seed = seed
    self.dataset = dataset
    var random = SeededRandom(seed: seed &* 0x9E37_79B9 &+ 1)
    settings = TwinCheck.settings(&random)
    var maker = PlanMaker(dataset, random)
    plan = maker.plan()
    refusedCount = maker.refusedCount
  }

  package init(seed: UInt64) throws(EngineError) {
    self.init(seed: seed, dataset: try Self.dataset(of: seed))
  }

  /// How many seeds in a row share their tables, which take longer to make than a plan.
  package static let blockSize: UInt64 = 8

  package static func dataset(of seed: UInt64) throws(EngineError) -> TwinDataset {
    var random = SeededRandom(seed: seed / blockSize)
    return try TwinDataset(&random)
  }

  /// Leaves one of the settings, which the seed draws.
  package mutating func keepOneSetting() {
    var random = SeededRandom(seed: seed)
    settings = settings.randomElement(using: &random).map { [$0] } ?? []
  }

  package func check() throws(TwinCheck.Difference) -> TwinCheck.Ending {
    try TwinCheck.check(plan, dataset, settings)
  }

  /// The case, for people.
  package var text: String {
    (["seed \(seed)"] + plan.text.map { "  " + $0 } + dataset.text).joined(separator: "\n")
  }

  /// The case and how it fails, for people.
  package func text(_ difference: TwinCheck.Difference) -> String {
    (["seed \(seed), \(difference.setting): \(difference.text)"] + plan.text.map { "  " + $0 }
      + dataset.text).joined(separator: "\n")
  }

  // MARK: Shrinking

  /// The same difference, or another, with as few steps and rows as can be found by leaving them out.
  package func shrunk(
    _ difference: TwinCheck.Difference
  ) -> (TwinCase, TwinCheck.Difference) {
    shrunk(difference) { candidate in
      do throws(TwinCheck.Difference) {
        _ = try candidate.check()
        return nil
      } catch {
        return error
      }
    }
  }

  /// The smallest case found that still has a fault, and the fault.
  package func shrunk<Fault>(
    _ fault: Fault, _ test: (TwinCase) -> Fault?
  ) -> (TwinCase, Fault) {
    var best = (self, fault)
    while let smaller = best.0.smaller(test) { best = smaller }
    return best
  }

  private func smaller<Fault>(_ test: (TwinCase) -> Fault?) -> (TwinCase, Fault)? {
    for plan in smallerPlans {
      var candidate = self
      candidate.plan = plan
      if let fault = test(candidate) { return (candidate, fault) }
    }
    for name in TwinDataset.names {
      let count = dataset.tables[name]?.rows.count ?? 0
      var size = (count + 1) / 2
      while size > 0 {
        for start in stride(from: 0, to: count, by: size) {
          let rows = start..<min(start + size, count)
          guard let smaller = try? dataset.without(rows: rows, of: name) else { continue }
          var candidate = self
          candidate.dataset = smaller
          if let fault = test(candidate) { return (candidate, fault) }
        }
        size /= 2
      }
    }
    return nil
  }

  /// The plan without a step, and with a smaller one.
  private var smallerPlans: [TwinPlan] {
    var plans: [TwinPlan] = []
    for index in plan.steps.indices.reversed() {
      var rest = plan
      rest.steps.remove(at: index)
      plans.append(rest)
    }
    for (index, step) in plan.steps.enumerated() {
      for smaller in step.smaller {
        var rest = plan
        rest.steps[index] = smaller
        plans.append(rest)
      }
    }
    return plans
  }
}

extension TwinStep {
  /// The same step with a part left out.
  fileprivate var smaller: [TwinStep] {
    func less<T>(_ values: [T]) -> [[T]] {
      guard values.count > 1 else { return [] }
      return values.indices.map { index in
        var rest = values
        rest.remove(at: index)
        return rest
      }
    }
    func plans(_ plan: TwinPlan) -> [TwinPlan] {
      plan.steps.indices.map { index in
        var rest = plan
        rest.steps.remove(at: index)
        return rest
      }
    }
    switch self {
    case .select(let items): return less(items).map { .select($0) }
    case .group(let items): return less(items).map { .group($0) }
    case .aggregate(let items): return less(items).map { .aggregate($0) }
    case .sort(let keys): return less(keys).map { .sort($0) }
    case .top(let count, let keys): return less(keys).map { .top(count, $0) }
    case .distinct(let names): return less(names).map { .distinct($0) }
    case .unpivot(let names, let name, let value):
      return less(names).map { .unpivot($0, name: name, value: value) }
    case .join(let plan, let keys, let kind):
      return less(keys).map { .join(plan, keys: $0, kind) }
        + plans(plan).map { .join($0, keys: keys, kind) }
    case .append(let plan): return plans(plan).map { .append($0) }
    case .filter(let condition):
      return condition.operands.filter { $0.type == .boolean }.map { .filter($0) }
    case .derive(let column) where column.calls.isEmpty:
      return column.formula.operands.filter { $0.type == column.formula.type }.map {
        .derive(TwinColumnFormula(name: column.name, formula: $0))
      }
    default: return []
    }
  }
}
