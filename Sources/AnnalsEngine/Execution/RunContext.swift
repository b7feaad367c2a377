/// What a run of a query may use, and who may stop it.
public struct RunContext: Sendable {
  /// How many threads work at a time, at least 1. Results are the same for any number.
  public var threadCount: Int
  /// How many rows an expression is evaluated for at a time. Results are the same for any number.
  package var batchSize = 8192
  /// How many rows a thread takes at a time; a multiple of 64.
  package var rangeSize = 65_536
  /// The batch size for so many rows: small tables need little working memory.
  func batchSize(for rowCount: Int) -> Int { max(1, min(batchSize, rowCount)) }

  /// Off only to show that rewriting changes nothing.
  package var rewritesPlans = true
  public var budget: MemoryBudget
  /// Ends the run once it is raised. All that is handed the budget asks it.
  public var stop: StopFlag {
    get { budget.stop }
    set { budget.stop = newValue }
  }
  /// The functions that `hostFilter` steps call; nil where there are none.
  package var host: (any HostFunctions)?
  /// Told when a plan begins and how it ends. Plans that functions of the host run are told
  /// of within the one that calls them.
  package var observer: (@Sendable (PlanEvent) -> Void)?

  public init(threadCount: Int, budget: MemoryBudget, stop: StopFlag = StopFlag()) {
    self.threadCount = max(threadCount, 1)
    self.budget = budget
    self.budget.stop = stop
  }
}

/// What happens to a plan.
package enum PlanEvent: Hashable, Sendable {
  case begins
  /// - Parameters:
  ///   - rowsIn: Of the tables that it reads.
  ///   - rowsOut: Of the table that it gave.
  case ends(rowsIn: Int, rowsOut: Int)
  case fails
}

/// Functions of the host that plans call, by number.
package protocol HostFunctions: Sendable {
  /// Whether the function returns true for each row, in order, on the calling thread.
  ///
  /// - Parameter columns: Of the slots that the step names.
  /// - Throws: ``EngineError/stopped`` if a function failed; the host keeps the reason.
  func matches(
    function: Int, columns: [Column], rowCount: Int, budget: MemoryBudget
  ) throws(EngineError) -> Bitmap
}
