import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals run`.
struct RunCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a report script.",
    usage: "annals run SCRIPT [--data DATASET] [--format FORMAT] [-o FILE] [--PARAMETER VALUE ...]",
    discussion: """
      What the script returns goes to standard output, all else to standard error. A terminal gets \
      tables fitted to its width; a pipe or file gets everything.

      `annals run SCRIPT --help` lists the script's own parameters.

      Exit status: 0 done, 1 the script failed, 2 the data is wrong, 5 a limit was passed, 64 wrong \
      usage, 130 interrupted.
      """,
    helpNames: [])

  @Argument(help: "The script, a Lua file.")
  var script: String?

  @Option(
    help: ArgumentHelp(
      "The dataset: a folder, a file, or a name. Without it that of $ANNALS_DATA, else the shipped one.",
      valueName: "dataset"))
  var data: String?

  @Option(help: "How the report is written: text, csv, tsv, json, ndjson or markdown.")
  var format: OutputFormat?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write the report to a file, in the format of its ending.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write only the table of this number.", valueName: "number"))
  var table: Int?

  @Option(
    help: ArgumentHelp(
      "How many threads work; without it $ANNALS_THREADS, else all cores. Results are the same.",
      valueName: "number"))
  var threads: Int?

  @Flag(name: [.short, .long], help: "Show this help, or that of the script.")
  var help = false

  @Argument(parsing: .allUnrecognized, help: "Parameters of the script, as --name value.")
  var parameters: [String] = []

  /// What a parameter of a script can't be called.
  static let optionNames = ["data", "format", "output", "table", "threads", "help", "o", "h"]

  func perform() throws {
    guard let path = script else {
      if help { throw CleanExit.helpRequest(Self.self) }
      throw CommandError.usage("a script is needed", fix: "annals run SCRIPT")
    }
    let script = try Self.script(at: path)
    let interrupt = ScriptInterrupt()
    Interrupts.handle { interrupt.interrupt() }
    var limits = ScriptLimits.standard
    limits.threadCount = try ThreadCount.find(threads)
    let dataset = try DatasetFinder.open(
      data, threadCount: limits.threadCount, stop: interrupt.flag)
    var run = ScriptRun(dataset: dataset, limits: limits, interrupt: interrupt)
    run.layout = TableLayout(width: StandardStream.output.terminalWidth)
    run.reservedNames = Self.optionNames
    if help {
      let declarations = try Self.caught { () throws(ScriptError) in try run.declarations(script) }
      let help = ScriptHelp(script: script, path: path, declarations: declarations)
      try StandardOutput.write(VisibleText.lines(help.text))
      return
    }
    let writer = ReportWriter(format: try chosenFormat(), tableNumber: table, path: output)
    let arguments = try ScriptArguments.read(parameters)
    let printed = PrintedText(waits: format != nil || output != nil)
    let report: Report
    do throws(CommandError) {
      report = try Self.caught { () throws(ScriptError) in
        try run.report(script, parameters: arguments) { printed.append($0) }
      }
    } catch {
      printed.finish(hasReport: true)
      throw error
    }
    printed.finish(hasReport: !report.items.isEmpty)
    guard printed.isWhole else { throw StandardOutput.failure }
    if !report.items.isEmpty { try writer.write(report) }
  }

  private static func caught<Result>(
    _ body: () throws(ScriptError) -> Result
  ) throws(CommandError) -> Result {
    do throws(ScriptError) { return try body() } catch { throw .script(error) }
  }

  /// A script's file is small; one that is not is no script.
  private static let scriptByteLimit = 16 << 20

  private static func script(at path: String) throws(CommandError) -> Script {
    do throws(PlatformError) {
      let source = try FileReader.contents(of: path, byteLimit: scriptByteLimit)
      return Script(name: path.split(separator: "/").last.map(String.init) ?? path, source: source)
    } catch {
      throw .usage(error.description, fix: nil)
    }
  }

  private func chosenFormat() throws(CommandError) -> OutputFormat {
    if let format { return format }
    guard let output else { return .text }
    guard let format = OutputFormat(path: output) else {
      throw .usage(
        "the ending of `\(output.shortened)` tells no format",
        fix: "give `--format`, or end it in .txt, .csv, .tsv, .json, .ndjson or .md")
    }
    return format
  }
}
