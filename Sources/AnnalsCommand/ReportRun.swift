import Annals
import AnnalsPlatform

/// The run of a report script as the command line asks for it.
struct ReportRun {
  let target: RunTarget
  private let options: RunOptions
  private let parameters: [String]
  private let interrupt: ConsoleInterrupt
  private let run: ScriptRun

  /// Checks what a bundle asks for and needs, and opens the dataset.
  ///
  /// - Parameter open: Opens it, after all that can be wrong without it.
  init(
    of target: RunTarget, _ options: RunOptions, parameters: [String],
    _ interrupt: ConsoleInterrupt, open: (ScriptLimits) throws -> Dataset
  ) throws {
    let grants = target.bundle.map {
      BundleGrants(
        manifest: $0.manifest, permissions: options.permissionOptions, limits: options.limitOptions)
    }
    try grants?.check(starts: !options.help)
    var limits = try options.limitOptions.limits()
    grants?.lower(&limits)
    try options.sessionOptions.tellTime(to: &limits, isTrusted: options.permissionOptions.trusted)
    limits.threadCount = try options.sessionOptions.threadCount()
    let dataset = try open(limits)
    if !options.help, let bundle = target.bundle {
      try BundleNeeds.check(dataset, for: bundle.manifest)
    }
    var run = ScriptRun(
      dataset: dataset, limits: limits, permissions: try options.permissionOptions.permissions(),
      interrupt: interrupt.script)
    run.layout = TableLayout(width: StandardStream.output.terminalWidth)
    run.reservedNames = RunOptions.optionNames
    target.addModules(to: &run)
    self.target = target
    self.options = options
    self.parameters = parameters
    self.interrupt = interrupt
    self.run = run
  }

  /// Runs the script behind walls until it has declared its parameters.
  func declarations() throws(CommandError) -> [ParameterDeclaration] {
    var walls = Walls()
    walls.readableFolders = target.fileFolders
    try options.permissionOptions.raise(walls)
    let backstop = OverdueScript.backstop(for: run.limits)
    defer { backstop?.cancel() }
    return try Self.caught { () throws(ScriptError) in try run.declarations(target.script) }
  }

  /// Runs the script behind walls, and writes what it gives.
  func report() throws {
    let reportFile = try ReportWriter.beginFile(options.output)
    let timingsFile = try ReportWriter.beginFile(options.timings)
    let openFiles = [reportFile, timingsFile].compactMap { $0 }
    let console =
      try options.opensConsole
      ? FailureConsole(
        files: ConsoleFiles(
          options.permissionOptions, modules: target.fileFolders,
          dataset: options.sessionOptions.data, current: false),
        interrupt: interrupt, threadCount: run.limits.threadCount) : nil
    var walls = Walls()
    walls.readableFolders = target.fileFolders
    walls.outputFolders = openFiles.map(\.folderPath)
    try options.permissionOptions.raise(walls)
    let backstop = OverdueScript.backstop(for: run.limits)
    defer { backstop?.cancel() }
    let limits = WritingLimits(run.limits)
    let writer = ReportWriter(
      format: try ReportWriter.format(options.format, for: options.output),
      tableNumber: options.table, file: reportFile, limits: limits)
    let printed = PrintedText(waits: options.format != nil || options.output != nil)
    let planTimings = PlanTimings()
    let report: Report
    do {
      report = try self.report(console, printed, planTimings) { backstop?.cancel() }
    } catch {
      printed.finish(hasReport: true)
      throw error
    }
    printed.finish(hasReport: !report.items.isEmpty)
    guard printed.isWhole else { throw StandardOutput.failure }
    try limits.count(printed.byteCount)
    if printed.byteCount == 0, report.items.isEmpty, options.permissionOptions.allowWrite.isEmpty {
      StandardStream.error.write(
        "annals: nothing was printed or returned; a script shows what it returns: `return t`\n")
    }
    if let timingsFile { try planTimings.write(to: timingsFile) }
    if !report.items.isEmpty { try writer.write(report) }
  }

  /// - Parameter onEnd: Called when the script has ended, also where the console opens afterwards.
  private func report(
    _ console: FailureConsole?, _ printed: PrintedText, _ timings: PlanTimings,
    onEnd: @escaping () -> Void
  ) throws -> Report {
    var run = run
    if options.timings != nil { run.onPlan = { timings.take($0, at: $1) } }
    let arguments = try ScriptArguments.read(parameters)
    if let console {
      return try console.report(run, target.script, arguments, printed: printed, onEnd: onEnd)
    }
    return try Self.caught { () throws(ScriptError) in
      defer { onEnd() }
      return try run.report(target.script, parameters: arguments) { printed.append($0) }
    }
  }

  private static func caught<Result>(
    _ body: () throws(ScriptError) -> Result
  ) throws(CommandError) -> Result {
    do throws(ScriptError) { return try body() } catch { throw .script(error) }
  }
}
