package import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import AnnalsLua

/// One Lua state with the data in it. Confined to the thread that made it.
final class ScriptSession {
  let state: LuaState
  /// What `data` is, and where tables without a dataset of their own look references up.
  var dataset: Dataset
  let types: ScriptTypes
  let functions: ScriptFunctions
  let files: ScriptFiles
  let permissions: ScriptPermissions
  let modules: ScriptModules
  /// What verbs have read.
  let formulas = FormulaMemory()
  /// How tables look when they are printed.
  var layout: TableLayout
  /// What `params` is given, and what it declared.
  var parameters = ParameterCall()
  /// Whether tables remember the plan that they were computed by.
  var keepsExplanations = false
  private let context: RunContext
  private let onPlan: PlanObserver?
  private var runDepth = 0
  /// What plans and Lua's heap held when garbage was last collected, or less since.
  private var keptByteCount = 0
  /// The rows of tables that references lead to, by dataset and table.
  private var sources: [ObjectIdentifier: (catalog: Catalog, tables: [String: RowSource])] = [:]

  /// Plans may nest so deep: a function in a plan may itself read a table.
  private static let runDepthLimit = 16

  init(
    dataset: Dataset, permissions: ScriptPermissions, files: ScriptFiles, limits: LuaLimits,
    settings: LuaSettings, context: RunContext, onPlan: PlanObserver?, layout: TableLayout,
    output: @escaping (Span<UInt8>) -> Void
  ) throws(LuaError) {
    self.dataset = dataset
    self.permissions = permissions
    self.files = files
    self.layout = layout
    state = try LuaState(
      limits: limits, settings: settings, isTrusted: permissions.isTrusted, output: output)
    modules = ScriptModules(files: files.modules, state: state)
    types = try ScriptTypes(state)
    functions = ScriptFunctions()
    let interrupter = try state.makeInterrupter()
    var context = context
    let outer = context.stop
    context.stop = StopFlag(alsoWhile: { interrupter.isRung || outer.isRaised })
    context.host = functions
    self.context = context
    self.onPlan = onPlan
    functions.session = self
  }

  func close() { state.close() }

  /// What plans and tables reserve. The heap of the script counts against it.
  var budget: MemoryBudget {
    context.budget.count(besides: state.heapByteCount)
    return context.budget
  }

  /// What a plan may use.
  ///
  /// - Parameter position: The script line that asked for it.
  func planContext(at position: String?) -> RunContext {
    releaseUnused()
    var context = context
    if let onPlan { context.observer = { onPlan($0, position) } }
    return context
  }

  /// - Throws: ``EngineError/stopped`` once the run is to end.
  func checkIsRunning() throws(EngineError) {
    if context.stop.isRaised { throw .stopped }
  }

  var catalog: Catalog { dataset.catalog }

  /// Has Lua let go of what nobody can reach any more, if the run has come to hold much more since it
  /// last did: to Lua a table is small, however many rows it has.
  func releaseUnused() {
    keptByteCount = min(keptByteCount, heldByteCount)
    if heldByteCount - keptByteCount > context.budget.byteLimit / 16 {
      state.collectGarbage()
      keptByteCount = heldByteCount
    }
    context.budget.count(besides: state.heapByteCount)
  }

  private var heldByteCount: Int { context.budget.byteCount + state.heapByteCount }

  /// Calls a function of the script while plans hold memory, which leaves its heap less.
  func besidesPlans<Result>(_ body: () throws(LuaError) -> Result) throws(LuaError) -> Result {
    let left = context.budget.byteLimit - context.budget.byteCount
    let outer = state.lentByteCount
    state.lentByteCount = max(state.limits.heapByteCount - max(left, 0), 0)
    defer {
      state.lentByteCount = outer
      context.budget.count(besides: state.heapByteCount)
    }
    return try body()
  }

  /// Runs a query and gives its finished table.
  ///
  /// - Parameter position: The script line that is named if it fails; nil is the line at hand.
  func run(_ query: Query, at position: String?) throws(LuaError) -> Table {
    guard runDepth < Self.runDepthLimit else {
      throw LuaError(
        "depth", "functions in plans are nested more than \(Self.runDepthLimit) deep")
    }
    runDepth += 1
    defer { runDepth -= 1 }
    do throws(EngineError) {
      return try query.run(planContext(at: position))
    } catch {
      throw luaError(error, at: position)
    }
  }

  /// The engine's error as scripts see it.
  func luaError(_ error: EngineError, at position: String? = nil) -> LuaError {
    if case .stopped = error {
      if let pending = functions.takeFailure() { return pending }
      do throws(LuaError) {
        try state.checkLimits()
      } catch {
        var limit = error
        limit.at = limit.at ?? position
        return limit
      }
      return LuaError(kind: .interrupted, message: "interrupted")
    }
    let marked = error.place.map { place in
      let marked = place.marked
      return "\n  in:  " + marked.line + "\n       " + marked.marks
    }
    var result = LuaError(error.kind, error.summary + (marked ?? ""), fix: error.fix)
    result.at = position
    return result
  }

  /// Calls the engine, and turns its error into one that scripts see.
  func engine<Result>(
    _ body: () throws(EngineError) -> Result
  ) throws(LuaError) -> Result {
    do throws(EngineError) { return try body() } catch { throw luaError(error) }
  }

  /// How files of the script are read.
  var readingOptions: ReadingOptions {
    ReadingOptions(threadCount: context.threadCount, stop: context.stop)
  }

  /// Opens or makes a dataset, and turns what is wrong into an error that scripts see.
  func reading<Result>(
    _ body: () throws(EventsError) -> Result
  ) throws(LuaError) -> Result {
    releaseUnused()
    do throws(EventsError) {
      return try body()
    } catch .formats(cause: .engine(cause: .stopped)), .engine(cause: .stopped) {
      throw luaError(.stopped)
    } catch {
      throw LuaError(error)
    }
  }

  /// Writes a table to a file, in the format of its ending.
  func write(_ table: Table, to path: String, access: FileAccess) throws(LuaError) {
    do throws(FormatsError) {
      try TableFile.write(table, to: path, access: access, budget: budget, stop: context.stop)
    } catch .engine(cause: .stopped) {
      throw luaError(.stopped)
    } catch {
      throw LuaError(error)
    }
  }

  /// The rows of a table of a dataset, for references into it.
  func source(of table: String, in catalog: Catalog) throws(LuaError) -> RowSource {
    let dataset = ObjectIdentifier(catalog)
    if let known = sources[dataset]?.tables[table] { return known }
    let query = try engine { () throws(EngineError) in try Query(table, of: catalog) }
    guard let rows = catalog[table]?.table else {
      throw LuaError("unknown_table", "the dataset has no table `\(table)`")
    }
    let source = RowSource(session: self, table: rows, query: query)
    sources[dataset, default: (catalog, [:])].tables[table] = source
    return source
  }
}

/// Is told what happens to each plan of a run, and the script line that asked for it.
package typealias PlanObserver = @Sendable (PlanEvent, String?) -> Void

/// How a script's tables look when it prints them.
package struct TableLayout: Sendable {
  /// The width of the terminal; nil where the output is none.
  package var width: Int?

  package init(width: Int? = nil) { self.width = width }
}

extension EngineError {
  /// What scripts see as `kind`.
  var kind: String {
    switch self {
    case .formula(.unknownColumn, _), .formula(.unknownPathColumn, _), .unknownColumn:
      "unknown_column"
    case .formula: "formula"
    case .row: "row"
    case .misuse: "misuse"
    case .refusedAddition: "refused_addition"
    case .column: "data"
    case .outOfMemory: "memory"
    case .stopped: "stopped"
    }
  }
}
