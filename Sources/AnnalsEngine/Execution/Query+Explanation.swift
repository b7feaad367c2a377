extension Query {
  /// The plan as it was asked for, and as it runs.
  public var explanation: String {
    let asked = PlanText(sources: sources).lines(plan)
    let runs = PlanText(sources: sources).lines(rewrittenPlan)
    guard asked != runs else { return "plan\n" + indented(asked) }
    return "asked for\n" + indented(asked) + "\nruns as\n" + indented(runs)
  }

  /// The plan with constants folded, and filters and limits where they save most.
  var rewrittenPlan: Plan {
    PlanRewriter(sources: sources, folded: ConstantFolder(bound: bound).folded).rewritten(plan)
  }

  private func indented(_ lines: [String]) -> String {
    lines.map { "  " + $0 }.joined(separator: "\n")
  }
}
