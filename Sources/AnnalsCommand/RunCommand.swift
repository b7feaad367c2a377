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

      A bundle is a folder with a bundle.json, a file that ends in .annals, a program that carries one, or the \
      name of an installed one, with or without a version: town-tolls@1.2.0. It is checked as a whole \
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

  @Option(help: InstalledBundles.folderHelp)
  var bundles: [String] = []

  @OptionGroup
  var options: RunOptions

  @Argument(parsing: .allUnrecognized, help: "Parameters of the script, as --name value.")
  var parameters: [String] = []

  func perform() throws {
    guard script != nil else {
      if options.help { throw CleanExit.helpRequest(Self.self) }
      throw CommandError.usage("a script is needed", fix: "annals run SCRIPT")
    }
    let interrupt = ConsoleInterrupt()
    Interrupts.handle { interrupt.raise() }
    let run = try reportRun(interrupt)
    guard options.help else { return try run.report() }
    let help = ScriptHelp(
      script: run.target.script, usage: "annals run \(run.target.usage) [--data DATASET]",
      declarations: try run.declarations())
    try StandardOutput.write(VisibleText.lines(help.text))
  }

  /// The parameters that the script declares, without any grant and in the usual time.
  func declarationsForCompletion() throws -> [ParameterDeclaration] {
    var command = self
    command.options.help = true
    command.options.permissionOptions.withdraw()
    return try command.reportRun(ConsoleInterrupt()).declarations()
  }

  /// Finds the script and opens the dataset.
  private func reportRun(_ interrupt: ConsoleInterrupt) throws -> ReportRun {
    let target = try RunTarget.find(
      script ?? "", script: scriptName, folders: InstalledBundles.folders(adding: bundles))
    return try ReportRun(of: target, options, parameters: parameters, interrupt) { limits in
      try options.sessionOptions.open(threadCount: limits.threadCount, stop: interrupt.script.flag)
    }
  }
}
