import Annals
import AnnalsPlatform
import ArgumentParser

/// What a program does that carries a bundle: it runs its reports, behind the same walls as
/// `annals run BUNDLE`.
struct StandaloneCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: OwnProgram.name,
    usage: "\(OwnProgram.name) [DATASET] [OPTIONS] [--PARAMETER VALUE ...]",
    helpNames: [])

  /// By which the program is all of annals.
  static let wholeProgramOption = "--annals"

  @Option(
    name: .customLong("script"),
    help: ArgumentHelp("Which of the reports; without it the first.", valueName: "name"))
  var scriptName: String?

  @OptionGroup
  var options: RunOptions

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var parameters: [String] = []

  /// Reads the arguments of the program, of which the first is the dataset unless it is an option.
  static func command(of arguments: [String]) throws -> StandaloneCommand {
    guard let first = arguments.first, !first.hasPrefix("-") else { return try parse(arguments) }
    var command = try parse(Array(arguments.dropFirst()))
    guard command.options.sessionOptions.data == nil else {
      throw CommandError.usage(
        "the dataset is given twice, as `\(first.shortened)` and by `--data`", fix: "give it once")
    }
    command.options.sessionOptions.data = first
    return command
  }

  func perform() throws {
    let interrupt = ConsoleInterrupt()
    Interrupts.handle { interrupt.raise() }
    let target = try RunTarget.script(
      scriptName, of: try Self.bundle(), at: OwnProgram.name, folders: [])
    let run = try ReportRun(of: target, options, parameters: parameters, interrupt) { limits in
      try dataset(limits.threadCount, interrupt)
    }
    guard options.help else { return try run.report() }
    try StandardOutput.write(VisibleText.lines(try help(of: run)))
  }

  /// What the program carries.
  private static func bundle() throws(CommandError) -> ReportBundle {
    do throws(BundlesError) {
      return try ProgramFile.ofThisProgram(named: OwnProgram.name).bundle()
    } catch {
      throw .data(error.description)
    }
  }

  /// Whether a dataset is named; none comes with the program.
  private var namesDataset: Bool {
    options.sessionOptions.data != nil || Environment.value("ANNALS_DATA") != nil
  }

  private func dataset(_ threadCount: Int, _ interrupt: ConsoleInterrupt) throws -> Dataset {
    if namesDataset {
      return try options.sessionOptions.open(
        threadCount: threadCount, stop: interrupt.script.flag)
    }
    guard options.help else {
      throw CommandError.usage("a dataset is needed", fix: "\(OwnProgram.name) DATASET")
    }
    // The script has to run to tell its parameters, and needs no row for that.
    return try DatasetAssembly([], budget: MemoryBudget(byteLimit: 1 << 20)).dataset()
  }

  // MARK: Help

  private func help(of run: ReportRun) throws -> String {
    let usage = OwnProgram.name + " DATASET" + (scriptName.map { " --script \($0)" } ?? "")
    var rest: [String] = []
    if let bundle = run.target.bundle {
      if bundle.manifest.scripts.count > 1 { rest.append("scripts:\n" + Self.scripts(of: bundle)) }
      rest.append(Self.optionsText)
      rest.append(
        """
        \(OwnProgram.name) carries \(bundle.packedName), and all of annals:
          \(OwnProgram.name) \(Self.wholeProgramOption) inspect DATASET
          \(OwnProgram.name) \(Self.wholeProgramOption) bundle inspect \(OwnProgram.name)
        """)
    }
    return ScriptHelp(
      script: run.target.script, usage: usage, declarations: try run.declarations(),
      hasDataset: namesDataset, rest: rest.joined(separator: "\n\n")
    ).text
  }

  private static func scripts(of bundle: ReportBundle) -> String {
    AlignedText.text(
      bundle.manifest.scripts.map { entry in
        let source = bundle.contents(of: entry.file) ?? []
        return ["  --script " + entry.name, Script(name: entry.file, source: source).title ?? ""]
      })
  }

  private static var optionsText: String {
    let lines = helpMessage().split(separator: "\n", omittingEmptySubsequences: false)
    let options = lines.drop { $0 != "OPTIONS:" }.dropFirst().filter { !$0.isEmpty }
    return (["options:"] + options).joined(separator: "\n")
  }
}
