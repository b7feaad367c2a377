public import AnnalsEngine
public import AnnalsEvents
import AnnalsFormats
import AnnalsLua
public import AnnalsReports

/// What a run of a script may use.
public struct ScriptLimits: Sendable {
  /// Bytes of Lua's heap.
  public var heapByteCount = 1 << 30
  /// Bytes of all together: the working memory and the results of plans, and Lua's heap.
  public var totalByteCount = 8 << 30
  /// Wall clock time; nil is without end.
  public var timeout: Duration? = .seconds(60)
  /// Bytes that the script may print.
  public var outputByteCount = 64 << 20
  /// How many threads plans use. Results are the same for any number.
  public var threadCount = 1
  /// The time that scripts are told, to the second. It stands still, so that a report comes out the same
  /// each time. Does not hold for trusted scripts.
  public var now = Timestamp(microseconds: 1_640_995_200_000_000)
  /// What `math.random` starts from. Does not hold for trusted scripts.
  public var seed: Int64 = 1

  public init() {}

  public static let standard = ScriptLimits()
}

extension Timestamp {
  /// Seconds since 1970, rounded down.
  fileprivate var wholeSeconds: Int64 {
    let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return rest < 0 ? seconds - 1 : seconds
  }
}

/// One run of a script over a dataset.
public struct ScriptRun {
  private let dataset: Dataset
  /// What it may use.
  package let limits: ScriptLimits
  private let permissions: ScriptPermissions
  let interrupt: ScriptInterrupt
  /// Where `require` looks for modules, in this order; folders that are not there are passed over.
  public var moduleFolders: [String] = []
  /// Modules in memory by their paths; where it is set, ``moduleFolders`` are folders of these paths, and
  /// no file is looked at.
  public var moduleTexts: [String: [UInt8]]?
  /// How tables look when the script prints them.
  package var layout = TableLayout()
  /// Told of each plan that runs.
  package var onPlan: PlanObserver?
  /// Options of the program, which a parameter may not be called.
  package var reservedNames: [String] = []

  /// - Parameter interrupt: What ends the run from elsewhere.
  public init(
    dataset: Dataset, limits: ScriptLimits = .standard, permissions: ScriptPermissions = .none,
    interrupt: ScriptInterrupt = ScriptInterrupt()
  ) {
    self.dataset = dataset
    self.limits = limits
    self.permissions = permissions
    self.interrupt = interrupt
  }

  /// Runs a script and computes what it returns.
  ///
  /// Lua runs on a thread of its own with a large stack; the caller waits.
  ///
  /// - Parameters:
  ///   - parameters: Names and texts, as they were given; read by what the script declares. Without a
  ///     text a boolean is true.
  ///   - output: Receives what the script prints.
  public func report(
    _ script: Script, parameters: [(name: String, text: String?)] = [],
    output: @escaping (Span<UInt8>) -> Void
  ) throws(ScriptError) -> Report {
    try run(script, parameters, stopsAtParameters: false, output).report
  }

  /// Runs a script up to `params` and gives what it declares there; empty if it declares nothing.
  public func declarations(_ script: Script) throws(ScriptError) -> [ParameterDeclaration] {
    try run(script, [], stopsAtParameters: true) { _ in }.declarations
  }

  private func run(
    _ script: Script, _ parameters: [(name: String, text: String?)], stopsAtParameters: Bool,
    _ output: @escaping (Span<UInt8>) -> Void
  ) throws(ScriptError) -> (report: Report, declarations: [ParameterDeclaration]) {
    let parameterCall = ParameterCall(
      given: parameters, reservedNames: reservedNames, stops: stopsAtParameters)
    do throws(LuaError) {
      let report = try onLuaThread { () throws(LuaError) in
        let session = try session(output)
        defer { session.close() }
        let report = try session.report(of: script, parameterCall)
        try parameterCall.checkUnused()
        return report
      }
      return (report, parameterCall.declarations)
    } catch {
      if parameterCall.hasStopped { return (Report(), parameterCall.declarations) }
      if let wrong = parameterCall.failure { throw wrong }
      throw ScriptError(error)
    }
  }

  private var modules: ModuleFiles {
    moduleTexts.map { ModuleFiles($0, folders: moduleFolders) } ?? ModuleFiles(moduleFolders)
  }

  /// A state with the dataset in it, which the interrupt ends. To be made and used on a thread with a
  /// large stack.
  func session(_ output: @escaping (Span<UInt8>) -> Void) throws(LuaError) -> ScriptSession {
    var luaLimits = LuaLimits()
    luaLimits.heapByteCount = limits.heapByteCount
    luaLimits.timeout = limits.timeout
    luaLimits.outputByteCount = limits.outputByteCount
    var settings = LuaSettings()
    settings.clockStart = limits.now.wholeSeconds
    settings.seed = limits.seed
    let context = RunContext(
      threadCount: limits.threadCount, budget: MemoryBudget(byteLimit: limits.totalByteCount),
      stop: interrupt.flag)
    let session = try ScriptSession(
      dataset: dataset, permissions: permissions,
      files: try ScriptFiles(permissions, modules: modules), limits: luaLimits,
      settings: settings, context: context, onPlan: onPlan, layout: layout, output: output)
    do throws(LuaError) {
      interrupt.interrupts(try session.state.makeInterrupter())
      try session.install()
    } catch {
      // What is installed already holds the session.
      session.close()
      throw error
    }
    return session
  }
}

/// The call of `params` in a run: what was given, and what the script declared.
final class ParameterCall {
  private let given: [(name: String, text: String?)]
  let reservedNames: [String]
  private let stops: Bool
  private(set) var declarations: [ParameterDeclaration] = []
  /// The values by name.
  private(set) var resolved: [String: Value] = [:]
  private(set) var failure: ScriptError?
  private(set) var hasStopped = false
  private var wasCalled = false

  init(
    given: [(name: String, text: String?)] = [], reservedNames: [String] = [], stops: Bool = false
  ) {
    self.given = given
    self.reservedNames = reservedNames
    self.stops = stops
  }

  /// The values for the declarations of the script.
  func values(_ found: [ParameterDeclaration]) throws(LuaError) -> [String: Value] {
    guard !wasCalled else {
      throw LuaError(
        "misuse", "`params` can be called only once", fix: "declare all parameters in one call")
    }
    wasCalled = true
    declarations = found
    if stops {
      hasStopped = true
      throw LuaError("parameters", "the script stops here")
    }
    do throws(ScriptError) {
      resolved = try ParameterValues(
        declarations: found, given: given, programOptions: reservedNames
      ).resolved()
      return resolved
    } catch {
      failure = error
      throw LuaError("parameters", error.description)
    }
  }

  /// Refuses what was given to a script that declares nothing.
  func checkUnused() throws(LuaError) {
    guard !wasCalled, let first = given.first else { return }
    failure = ParameterValues.unknown(first.name, [], reservedNames)
    throw LuaError("parameters", "unknown parameter")
  }
}

extension ScriptError {
  init(_ error: LuaError) {
    switch error.kind {
    case .interrupted: self = .interrupted
    case .time: self = .limit(error, setBy: "--limit-time")
    case .memory, .host("memory"): self = .limit(error, setBy: "--limit-memory")
    case .output: self = .limit(error, setBy: "--limit-output")
    case .instructions: self = .limit(message: error.message, at: error.at, fix: error.fix)
    default:
      self = .failed(
        kind: error.kind.name, message: error.message, at: error.at,
        fix: error.fix ?? Self.fix(of: error.message), traceback: error.traceback)
    }
  }

  /// What to do about an error of Lua's own: globals that many would expect are not there.
  private static func fix(of message: String) -> String? {
    let words = message.split(separator: "'", omittingEmptySubsequences: false)
    guard words.count == 3, words[0].hasSuffix("a nil value (global ") else { return nil }
    let name = String(words[1])
    if Model.table(name) != nil { return "write `data.\(name)`" }
    return name == "io" ? "`annals.read` reads a table, `t:save` writes one" : nil
  }

  private static func limit(_ error: LuaError, setBy option: String) -> ScriptError {
    .limit(message: error.message, at: error.at, fix: "allow more with `\(option)`")
  }
}
