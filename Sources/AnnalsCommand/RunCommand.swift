import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals run`.
struct RunCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "run", _superCommandName: AnnalsCommand.name,
    abstract: "Run a report script, or one of a bundle.",
    usage:
      "annals run SCRIPT|BUNDLE [--data DATASET] [--format FORMAT] [-o FILE] [--PARAMETER VALUE ...]",
    discussion: """
      What the script returns goes to standard output, all else to standard error. A terminal gets \
      tables fitted to its width; a pipe or file gets everything.

      `annals run SCRIPT --help` lists the script's own parameters.

      A bundle is a folder with a bundle.json, a file that ends in .annals, or the name of an installed \
      one, with or without a version: town-tolls@1.2.0. It is checked as a whole \
      before any of it runs, and may do what it asks for and you grant, no more.

      Exit status: 0 done, 1 the script failed, 2 the data is wrong, 3 not permitted, 5 a limit was \
      passed, 64 wrong usage, 130 interrupted.
      """,
    version: AnnalsCommand.version,
    helpNames: [])

  @Argument(help: "The script, a Lua file; or a bundle.")
  var script: String?

  @Option(
    name: .customLong("script"),
    help: ArgumentHelp("Which of a bundle's scripts; without it its first.", valueName: "name"))
  var scriptName: String?

  @OptionGroup
  var bundleFolders: BundleFolderOptions

  @OptionGroup
  var datasetOptions: DatasetOptions

  @Option(help: "How the report is written: text, csv, tsv, json, ndjson, markdown or arrow.")
  var format: OutputFormat?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write the report to a file, in the format of its ending.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write only the table of this number.", valueName: "number"))
  var table: Int?

  @Flag(
    name: .customLong("break"),
    help: "Open the console where the script fails, with the variables of that place.")
  var opensConsole = false

  @Option(
    help: ArgumentHelp(
      "Write how long each plan took to a file, as a line of JSON each.", valueName: "file"))
  var timings: String?

  @OptionGroup
  var permissionOptions: PermissionOptions

  @OptionGroup
  var limitOptions: LimitOptions

  @OptionGroup
  var clockOptions: ClockOptions

  @Flag(name: [.short, .long], help: "Show this help, or that of the script.")
  var help = false

  @Argument(parsing: .allUnrecognized, help: "Parameters of the script, as --name value.")
  var parameters: [String] = []

  /// What a parameter of a script can't be called.
  static let optionNames =
    [
      "script", "bundles", "data", "profile", "format", "output", "table", "threads", "break",
      "timings", "allow-read", "allow-write", "allow-env", "trusted", "require-walls",
      "limit-memory",
      "limit-time", "limit-output", "now", "seed", "help", "o", "h",
    ] + FileOptions.optionNames

  func perform() throws {
    guard script != nil else {
      if help { throw CleanExit.helpRequest(Self.self) }
      throw CommandError.usage("a script is needed", fix: "annals run SCRIPT")
    }
    let interrupt = ConsoleInterrupt()
    Interrupts.handle { interrupt.raise() }
    let (target, run) = try prepared(interrupt)
    guard !help else { return try showHelp(of: target, run) }
    try report(target, run, interrupt)
  }

  /// The parameters that the script declares, without any grant and in the usual time.
  func declarationsForCompletion() throws -> [ParameterDeclaration] {
    var command = self
    command.help = true
    command.permissionOptions.withdraw()
    let (target, run) = try command.prepared(ConsoleInterrupt())
    return try command.declarations(of: target, run)
  }

  /// Finds the script, opens the dataset, and checks what a bundle asks for and needs.
  private func prepared(_ interrupt: ConsoleInterrupt) throws -> (RunTarget, ScriptRun) {
    let target = try RunTarget.find(
      script ?? "", script: scriptName, folders: try bundleFolders.folders())
    let grants = target.bundle.map {
      BundleGrants(manifest: $0.manifest, permissions: permissionOptions, limits: limitOptions)
    }
    try grants?.check(starts: !help)
    var limits = try limitOptions.limits()
    grants?.lower(&limits)
    try clockOptions.apply(to: &limits, isTrusted: permissionOptions.trusted)
    limits.threadCount = try datasetOptions.threadCount()
    let dataset = try datasetOptions.open(
      threadCount: limits.threadCount, stop: interrupt.script.flag)
    if !help, let bundle = target.bundle { try BundleNeeds.check(dataset, for: bundle.manifest) }
    var run = ScriptRun(
      dataset: dataset, limits: limits, permissions: try permissionOptions.permissions(),
      interrupt: interrupt.script)
    run.layout = TableLayout(width: StandardStream.output.terminalWidth)
    run.reservedNames = Self.optionNames
    target.addModules(to: &run)
    return (target, run)
  }

  /// Runs the script behind walls until it has declared its parameters.
  private func declarations(
    of target: RunTarget, _ run: ScriptRun
  ) throws(CommandError) -> [ParameterDeclaration] {
    var walls = Walls()
    walls.readableFolders = target.fileFolders
    try permissionOptions.raise(walls)
    let backstop = OverdueScript.backstop(for: run.limits, removing: [])
    defer { backstop?.cancel() }
    return try Self.caught { () throws(ScriptError) in try run.declarations(target.script) }
  }

  private func showHelp(of target: RunTarget, _ run: ScriptRun) throws(CommandError) {
    let help = ScriptHelp(
      script: target.script, path: target.usage, declarations: try declarations(of: target, run))
    try StandardOutput.write(VisibleText.lines(help.text))
  }

  private func report(
    _ target: RunTarget, _ run: ScriptRun, _ interrupt: ConsoleInterrupt
  ) throws {
    var run = run
    let script = target.script
    let limits = run.limits
    let reportFile = try ReportWriter.beginFile(output)
    let timingsFile = try ReportWriter.beginFile(timings)
    let openFiles = [reportFile, timingsFile].compactMap { $0 }
    let console =
      try opensConsole
      ? FailureConsole(
        files: ConsoleFiles(
          permissionOptions, modules: target.fileFolders, dataset: datasetOptions.data,
          current: false),
        interrupt: interrupt, threadCount: limits.threadCount, openFiles: openFiles) : nil
    var walls = Walls()
    walls.readableFolders = target.fileFolders
    walls.outputFolders = openFiles.map(\.folderPath)
    try permissionOptions.raise(walls)
    let backstop = OverdueScript.backstop(for: limits, removing: openFiles)
    defer { backstop?.cancel() }
    let writer = ReportWriter(
      format: try ReportWriter.format(format, for: output), tableNumber: table, file: reportFile)
    let arguments = try ScriptArguments.read(parameters)
    let printed = PrintedText(waits: format != nil || output != nil)
    let planTimings = PlanTimings()
    if timings != nil { run.onPlan = { planTimings.take($0, at: $1) } }
    let report: Report
    do {
      let end: () -> Void = { backstop?.cancel() }
      report =
        try console?.report(run, script, arguments, printed: printed, onEnd: end)
        ?? Self.caught { () throws(ScriptError) in
          defer { end() }
          return try run.report(script, parameters: arguments) { printed.append($0) }
        }
    } catch {
      printed.finish(hasReport: true)
      throw error
    }
    printed.finish(hasReport: !report.items.isEmpty)
    guard printed.isWhole else { throw StandardOutput.failure }
    if printed.isEmpty, report.items.isEmpty, permissionOptions.allowWrite.isEmpty {
      StandardStream.error.write(
        "annals: nothing was printed or returned; a script shows what it returns: `return t`\n")
    }
    if let timingsFile { try planTimings.write(to: timingsFile) }
    if !report.items.isEmpty { try writer.write(report) }
  }

  private static func caught<Result>(
    _ body: () throws(ScriptError) -> Result
  ) throws(CommandError) -> Result {
    do throws(ScriptError) { return try body() } catch { throw .script(error) }
  }

  /// Beside the script, in `lib` there, and in the scripts' own library here.
  static func moduleFolders(besides path: String) -> [String] {
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let folder = parent.isEmpty ? "/" : parent
    return [folder, folder + "/lib", "Scripts/lib"]
  }
}
