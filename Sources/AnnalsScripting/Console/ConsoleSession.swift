package import AnnalsEngine
package import AnnalsEvents
import AnnalsLua
package import AnnalsReports

/// A session of the console: one Lua state that stays from one block of input to the next, through every
/// error, interrupt and limit.
///
/// Only the thread that ``ScriptRun/console(output:_:)`` runs it on may use it.
package final class ConsoleSession {
  let session: ScriptSession
  private let interrupt: ScriptInterrupt
  private let limits: ScriptLimits
  private let luaLimits: LuaLimits
  /// The last call of `params` that declared something.
  private var lastParameters: ParameterCall?
  /// The names of the variables that the last script has left, which blocks can read and set.
  private(set) var variableNames: [String] = []

  /// How many of the last values stay reachable: `_` and `_1` to `_9`.
  package static let keptCount = 10

  init(_ session: ScriptSession, interrupt: ScriptInterrupt, limits: ScriptLimits) {
    self.session = session
    self.interrupt = interrupt
    self.limits = limits
    luaLimits = session.state.limits
    session.keepsExplanations = true
  }

  /// What `data` is.
  package var dataset: Dataset { session.dataset }

  /// How tables look when a script prints them.
  package var layout: TableLayout {
    get { session.layout }
    set { session.layout = newValue }
  }

  /// What the last script declared with `params`, and the values it got.
  package var parameters: [(declaration: ParameterDeclaration, value: Value)] {
    guard let call = lastParameters else { return [] }
    return call.declarations.map { ($0, call.resolved[$0.name] ?? .null) }
  }

  /// Bytes that Lua's heap and the plans hold now, and may hold.
  package var memory: (heap: Int, heapLimit: Int, plans: Int, plansLimit: Int) {
    (
      session.state.heapByteCount, limits.heapByteCount, session.budget.byteCount,
      limits.totalByteCount
    )
  }

  // MARK: Evaluating

  /// Whether a block can be run as it is: not if it only stops too early.
  package func isComplete(_ block: String) -> Bool {
    try? begin()
    return !Self.stopsEarly { () throws(LuaError) in try load(block, name: "input") }
  }

  /// A block as it is run: whole as an expression, or as statements, which may return.
  package func reading(of block: String) -> (isExpression: Bool, statements: String) {
    if compiles("return " + block) { return (true, block) }
    if !compiles(block), let split = splitBeforeLastExpression(block) { return (false, split) }
    return (false, block)
  }

  /// Runs a block: as an expression if it is one, else as it is.
  ///
  /// All budgets start anew. Tables are not computed yet; that is for who shows them.
  ///
  /// - Parameter name: What places in the block are called.
  /// - Returns: A value for each result; none of a statement.
  package func evaluate(_ block: String, name: String) throws(ScriptError) -> [ConsoleAnswer] {
    try caught { () throws(LuaError) in
      try begin()
      session.parameters = ParameterCall()
      defer { noteParameters() }
      let function = try load(block, name: name)
      return try session.state.call(function).map { ConsoleAnswer($0, session) }
    }
  }

  /// Runs a script in this session. The globals that it sets stay, and so do its variables, until another
  /// script runs: those of the function that failed, or of the script itself at its end.
  package func run(
    _ script: Script, parameters: [(name: String, text: String?)]
  ) throws(ScriptError) -> Report {
    let call = ParameterCall(given: parameters)
    defer {
      noteParameters()
      variableNames = (try? session.state.variableNames()) ?? []
    }
    do throws(LuaError) {
      try begin(timeout: limits.timeout)
      let report = try session.reportKeepingVariables(of: script, call)
      try call.checkUnused()
      return report
    } catch {
      if let wrong = call.failure { throw wrong }
      throw ScriptError(error)
    }
  }

  /// Keeps the first of some answers as `_`; the values that were kept before move on to `_1` and so
  /// on, and the eldest is let go.
  package func keep(_ answers: [ConsoleAnswer]) throws(ScriptError) {
    guard let first = answers.first else { return }
    try caught { () throws(LuaError) in
      let globals = try session.state.globals()
      for index in stride(from: Self.keptCount - 1, to: 0, by: -1) {
        let before = try session.state.get(Self.keptName(index - 1), of: globals)
        try session.state.setGlobal(Self.keptName(index), to: before)
      }
      try session.state.setGlobal(Self.keptName(0), to: first.value)
    }
  }

  /// Makes another dataset `data`. Tables of the one before stay usable.
  package func open(_ dataset: Dataset) throws(ScriptError) {
    try caught { () throws(LuaError) in
      try begin()
      session.dataset = dataset
      try session.installData()
    }
  }

  /// - Throws: ``ScriptError/interrupted`` once somebody has interrupted what runs.
  package func checkInterrupt() throws(ScriptError) {
    try caught { () throws(LuaError) in try session.state.checkLimits() }
  }

  /// The name of a value that was kept, counted back from the last one.
  package static func keptName(_ index: Int) -> String { index == 0 ? "_" : "_\(index)" }

  // MARK: Parts

  /// Starts anew: an interrupt or limit that ended what ran before is forgotten.
  func begin(timeout: Duration? = nil) throws(LuaError) {
    interrupt.flag.lower()
    var limits = luaLimits
    limits.timeout = timeout
    try session.state.beginRun(limits: limits)
  }

  /// The compiled block. It ends with a line break, since a text in quotes whose line ends is wrong, and
  /// one that only stops too early is not.
  ///
  /// - Throws: `syntax` as Lua has it for the block as it stands, unless it is an expression that only
  ///   stops too early.
  private func load(_ block: String, name: String) throws(LuaError) -> LuaReference {
    let function = try compile(block, name: name)
    if !variableNames.isEmpty { try session.state.showVariables(to: function) }
    return function
  }

  private func compile(_ block: String, name: String) throws(LuaError) -> LuaReference {
    do throws(LuaError) {
      return try session.state.load(LuaText("return " + block + "\n"), chunkName: name)
    } catch {
      guard error.kind == .syntax else { throw error }
      if Self.stopsEarly(error) { throw error }
    }
    do throws(LuaError) {
      return try session.state.load(LuaText(block + "\n"), chunkName: name)
    } catch {
      // A name alone seems to stop too early.
      guard error.kind == .syntax, let split = splitBeforeLastExpression(block) else { throw error }
      return try session.state.load(LuaText(split + "\n"), chunkName: name)
    }
  }

  /// A block of statements that ends with an expression, with the `return` that it lacks before the
  /// expression, which begins a line; nil if it is no such block.
  private func splitBeforeLastExpression(_ block: String) -> String? {
    let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
    for count in 1..<max(1, min(lines.count, Self.longestExpression)) {
      let split =
        lines.dropLast(count).joined(separator: "\n") + "\nreturn "
        + lines.suffix(count).joined(separator: "\n")
      if compiles(split) { return split }
    }
    return nil
  }

  private func compiles(_ text: String) -> Bool {
    (try? session.state.load(LuaText(text + "\n"), chunkName: "input")) != nil
  }

  /// How many lines an expression at the end of a block may have.
  private static let longestExpression = 20

  private func noteParameters() {
    if !session.parameters.declarations.isEmpty { lastParameters = session.parameters }
  }

  private static func stopsEarly(_ body: () throws(LuaError) -> LuaReference) -> Bool {
    do throws(LuaError) {
      _ = try body()
      return false
    } catch {
      return error.kind == .syntax && stopsEarly(error)
    }
  }

  private static func stopsEarly(_ error: LuaError) -> Bool { error.message.hasSuffix("<eof>") }

  func caught<Result>(
    _ body: () throws(LuaError) -> Result
  ) throws(ScriptError) -> Result {
    do throws(LuaError) { return try body() } catch { throw ScriptError(error) }
  }
}

extension ScriptRun {
  /// Opens a session on a thread of its own with a large stack, hands it to `body`, and closes it.
  ///
  /// - Parameter output: Receives what scripts print.
  package func console<Result>(
    output: @escaping (Span<UInt8>) -> Void,
    _ body: (ConsoleSession) throws(ScriptError) -> Result
  ) throws(ScriptError) -> Result {
    try onLuaThread { () throws(ScriptError) in
      let session: ScriptSession
      do throws(LuaError) { session = try self.session(output) } catch {
        throw ScriptError(error)
      }
      defer { session.close() }
      return try body(ConsoleSession(session, interrupt: interrupt, limits: limits))
    }
  }
}
