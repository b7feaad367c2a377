/// What was run: how many plans, of which verbs, and how they ended.
package struct TwinTally: Sendable {
  private var planCount = 0
  private var refusedVerbs = 0
  private var verbs: [String: Int] = [:]
  private var endings: [String: Int] = [:]

  package init() {}

  package mutating func note(_ twinCase: TwinCase, _ ending: TwinCheck.Ending) {
    planCount += 1
    refusedVerbs += twinCase.refusedCount
    for verb in Set(twinCase.plan.steps.map(\.verb)) { verbs[verb, default: 0] += 1 }
    switch ending {
    case .table: endings["a table", default: 0] += 1
    case .failed(let kind): endings["an error: \(kind)", default: 0] += 1
    case .refused: endings["refused before it ran", default: 0] += 1
    case .tooLarge: endings["left out, too many rows", default: 0] += 1
    }
  }

  package var lines: [String] {
    func counts(_ counts: [String: Int]) -> [String] {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "  \($0.value) \($0.key)" }
    }
    return ["\(planCount) plans agree; \(refusedVerbs) verbs were refused while they were made"]
      + ["plans that ended in"] + counts(endings) + ["plans with"] + counts(verbs)
  }
}
