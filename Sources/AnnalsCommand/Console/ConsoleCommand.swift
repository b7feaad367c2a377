import Annals
import AnnalsConsole
import AnnalsPlatform
import ArgumentParser

/// `annals console`.
struct ConsoleCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "console", _superCommandName: AnnalsCommand.name,
    abstract: "Explore a dataset in Lua, one line after another.",
    usage: "annals console [--data DATASET] [SCRIPT [--PARAMETER VALUE ...]]",
    discussion: """
      What is typed runs as Lua and is answered: `data.events` shows a table. `.help` lists the \
      commands of the console. With a script, that runs first, and what it set stays.

      There are no limits of time and output; Ctrl-C stops what runs. Files, programs and the network \
      are out of reach of Lua as in `annals run`; the commands read and write in the current folder.

      Lines from a pipe or file are run one after another. Exit status: 0 done, 1 a line failed, \
      2 the data is wrong, 64 wrong usage, 130 interrupted.
      """,
    version: AnnalsCommand.version)

  @OptionGroup
  var sessionOptions: SessionOptions

  @Option(help: LimitOptions.memoryHelp)
  var limitMemory: String?

  @OptionGroup
  var permissionOptions: PermissionOptions

  @Argument(help: "A script to run first, a Lua file.")
  var script: String?

  @Argument(parsing: .allUnrecognized, help: "Parameters of the script, as --name value.")
  var parameters: [String] = []

  func perform() throws {
    let script = try self.script.map { path throws(CommandError) in try ScriptFinder.read(path) }
    let arguments = try ScriptArguments.read(parameters)
    var limits = try limits()
    try sessionOptions.tellTime(to: &limits, isTrusted: permissionOptions.trusted)
    let interrupt = ConsoleInterrupt()
    Interrupts.handle { interrupt.raise() }
    let dataset = try sessionOptions.open(
      threadCount: limits.threadCount, stop: interrupt.script.flag)
    var run = ScriptRun(
      dataset: dataset, limits: limits, permissions: try permissionOptions.permissions(),
      interrupt: interrupt.script)
    run.moduleFolders = RunTarget.folders(besides: self.script ?? "")
    let files = try ConsoleFiles(
      permissionOptions, modules: run.moduleFolders, dataset: sessionOptions.data)
    // The editor opens its history before the walls are there.
    let assistant = ConsoleAssistant()
    let editor = LineEditor(assistant: assistant)
    try permissionOptions.raise(files.walls)
    let output = ConsoleOutput()
    let status: ExitStatus
    do throws(ScriptError) {
      status = try run.console(output: { output.print($0) }) { session throws(ScriptError) in
        let console = Console(
          session, files: files, editor: editor, output: output, interrupt: interrupt,
          threadCount: limits.threadCount)
        assistant.console = console
        return console.run(first: script, arguments)
      }
    } catch {
      throw CommandError.script(error)
    }
    guard status == .done else { throw ConsoleEnd(status: status) }
  }

  private func limits() throws(CommandError) -> ScriptLimits {
    var limits = ScriptLimits.standard
    limits.timeout = nil
    limits.outputByteCount = Int.max
    try LimitOptions.limitMemory(of: &limits, to: limitMemory)
    limits.threadCount = try sessionOptions.threadCount()
    return limits
  }
}

/// How a console ended that has already said why.
struct ConsoleEnd: Error {
  let status: ExitStatus
}
