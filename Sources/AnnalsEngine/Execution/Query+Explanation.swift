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
    let folder = ConstantFolder(bound: bound)
    return PlanRewriter(sources: sources).rewritten(
      plan.replacingExpressions { folder.folded($0) })
  }

  private func indented(_ lines: [String]) -> String {
    lines.map { "  " + $0 }.joined(separator: "\n")
  }
}
