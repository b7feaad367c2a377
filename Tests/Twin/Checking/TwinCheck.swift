import AnnalsEngine
package import SeededRandom

/// Compares the engine with the twin for one random plan.
package struct TwinCheck: Sendable {
  /// How a plan is run: everything here must show in no result.
  package struct Setting: Sendable, CustomStringConvertible {
    let batch: Int
    let threads: Int
    let isRewritten: Bool

    package var description: String {
      "batches of \(batch), \(threads) threads, \(isRewritten ? "" : "not ")rewritten"
    }

    var context: RunContext {
      var context = RunContext(threadCount: threads, budget: TwinDataset.budget)
      context.batchSize = batch
      // Small tables shall be shared out as well.
      if threads > 1 { context.rangeSize = 64 }
      context.rewritesPlans = isRewritten
      return context
    }
  }

  package struct Difference: Error, Sendable {
    package let setting: Setting
    package let text: String
  }

  /// How a plan ended where both agree.
  package enum Ending: Sendable {
    case table
    case failed(String)
    /// The engine refused it before it ran; the twin does not judge that.
    case refused
    case tooLarge
  }

  /// Every batch size and number of threads once, in an order of the seed's choice, rewritten or not.
  package static func settings(_ random: inout SeededRandom) -> [Setting] {
    let threads = [1, 2, 3, 4].shuffled(using: &random)
    let isRewritten = [true, true, false, false].shuffled(using: &random)
    return [1, 7, 1000, 2048].enumerated().map { index, batch in
      Setting(batch: batch, threads: threads[index], isRewritten: isRewritten[index])
    }
  }

  /// - Throws: ``Difference`` for the first setting that gives something else.
  package static func check(
    _ plan: TwinPlan, _ dataset: TwinDataset, _ settings: [Setting]
  ) throws(Difference) -> Ending {
    let expected = TwinInterpreter(dataset).outcome(plan)
    if case .tooLarge = expected { return .tooLarge }
    var runsAtOnce = false
    if case .pivot? = plan.steps.last { runsAtOnce = true }
    var query: Query?
    for setting in settings {
      let found: TwinOutcome
      do throws(EngineError) {
        if query == nil || runsAtOnce {
          query = try plan.query(dataset.catalog, setting.context)
        }
        found = try outcome(of: query, setting.context)
      } catch {
        guard case .row(let problem, let row, _) = error else {
          if query == nil || runsAtOnce { return .refused }
          throw Difference(setting: setting, text: "the engine refuses: \(error.summary)")
        }
        found = .failed(name(problem), row: row)
      }
      // What a constant condition leaves out, a rewritten plan need not compute, and so not fail by.
      if setting.isRewritten, plan.hasConstantConditions, case .table = found,
        case .failed = expected
      {
        continue
      }
      if let text = difference(found, expected, setting.isRewritten) {
        throw Difference(setting: setting, text: text)
      }
    }
    if case .failed(let kind, _) = expected { return .failed(kind) }
    return .table
  }

  private static func outcome(
    of query: Query?, _ context: RunContext
  ) throws(EngineError) -> TwinOutcome {
    guard let query else { return .tooLarge }
    let table = try query.run(context)
    return .table(
      TwinTable(
        table.schema.fields.map { TwinColumn($0.name, $0.type) },
        (0..<table.rowCount).map { table.values(row: $0) }))
  }

  private static func name(_ problem: RowProblem) -> String {
    switch problem {
    case .integerOverflow: "integerOverflow"
    case .dayOutOfRange: "dayOutOfRange"
    case .notConvertible: "notConvertible"
    case .notWhole: "notWhole"
    case .differsWithinKey: "differsWithinKey"
    case .malformedPattern: "malformedPattern"
    case .patternTooSlow: "patternTooSlow"
    }
  }

  // MARK: Comparing

  /// What differs, or nil.
  ///
  /// A rewritten plan may count the rows of another table where one fails: the kind must be the same.
  private static func difference(
    _ found: TwinOutcome, _ expected: TwinOutcome, _ isRewritten: Bool
  ) -> String? {
    switch (found, expected) {
    case (.table(let found), .table(let expected)): return difference(found, expected)
    case (.failed(let kind, let row), .failed(let other, let otherRow)):
      if kind == other, isRewritten || row == otherRow { return nil }
      return "the engine fails by \(kind) in row \(row), the twin by \(other) in row \(otherRow)"
    case (.failed(let kind, let row), _): return "the engine alone fails by \(kind) in row \(row)"
    case (_, .failed(let kind, let row)): return "the twin alone fails by \(kind) in row \(row)"
    default: return nil
    }
  }

  private static func difference(_ found: TwinTable, _ expected: TwinTable) -> String? {
    let names = (found.columns.map(\.name), expected.columns.map(\.name))
    guard names.0 == names.1 else {
      return "the engine has columns \(names.0), the twin \(names.1)"
    }
    for (row, values) in zip(found.rows, expected.rows).enumerated() {
      for (index, column) in found.columns.enumerated()
      where !TwinOrder.isIdentical(values.0[index], values.1[index]) {
        return "row \(row + 1), `\(column.name)`: the engine has \(values.0[index]), the twin "
          + "\(values.1[index])"
      }
    }
    guard found.rows.count != expected.rows.count else { return nil }
    return "the engine has \(found.rows.count) rows, the twin \(expected.rows.count)"
  }
}
