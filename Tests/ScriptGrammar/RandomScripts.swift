import AnnalsEngine
import AnnalsEvents
import AnnalsReports
import AnnalsScripting

/// Runs random texts on a dataset. Whatever they are, they end with a result or an error, and give
/// back what memory they took.
public struct RandomScripts {
  private let dataset: Dataset

  public init(datasetAt path: String) throws { dataset = try Dataset.open(path) }

  /// Runs a script, and a plain one after it, which must give what it always gives.
  ///
  /// - Returns: Whether it ran to its end.
  public func run(script text: String) -> Bool {
    var limits = ScriptLimits()
    limits.timeout = .milliseconds(300)
    limits.heapByteCount = 32 << 20
    limits.totalByteCount = 64 << 20
    limits.outputByteCount = 1 << 16
    let script = Script(name: "random.lua", source: Array(text.utf8))
    let done = (try? ScriptRun(dataset: dataset, limits: limits).report(script) { _ in }) != nil
    let plain = Script(name: "plain.lua", source: Array("return tostring(#data.events)".utf8))
    do {
      let report = try ScriptRun(dataset: dataset).report(plain) { _ in }
      guard case .text("\(dataset.catalog["events"]?.table.rowCount ?? -1)") = report.items.first
      else { preconditionFailure("a plain script gives something else after this one") }
    } catch {
      preconditionFailure("a plain script fails after this one: \(error)")
    }
    return done
  }

  /// Types and computes a formula in a column, as a filter and over groups.
  ///
  /// - Returns: Whether any of these could be computed.
  public func run(formula text: String) -> Bool {
    let budget = MemoryBudget(byteLimit: 64 << 20)
    let done = compute(text, budget)
    precondition(budget.byteCount == 0, "all memory is given back")
    return done
  }

  private func compute(_ text: String, _ budget: MemoryBudget) -> Bool {
    let bindings = Bindings(["n": .value(.integer(3)), "set": .set([.text("killing"), .null])])
    let context = RunContext(threadCount: 1, budget: budget)
    var done = 0
    func attempt(_ make: (Query) throws(EngineError) -> Query) {
      do throws(EngineError) {
        let query = try make(try Query("events", of: dataset.catalog))
        _ = query.explanation
        let table = try query.run(context)
        for row in 0..<min(table.rowCount, 3) { _ = table.values(row: row) }
        done += 1
      } catch {
        precondition(!error.summary.isEmpty, "an error says what is wrong")
      }
    }
    attempt { query throws(EngineError) in
      try query.selecting([text], bindings, verb: "select", needsNames: false)
    }
    attempt { query throws(EngineError) in try query.filtered(by: text, bindings) }
    attempt { query throws(EngineError) in
      try query.grouped(by: ["type"], bindings).selecting(
        [text], bindings, verb: "select", needsNames: false)
    }
    return done > 0
  }
}
