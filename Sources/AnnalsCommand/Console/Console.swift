import Annals
import AnnalsConsole
import AnnalsPlatform

/// The console: reads a block, runs it, shows what it gave, and begins again.
final class Console {
  let session: ConsoleSession
  let files: ConsoleFiles
  let editor: LineEditor
  let output: ConsoleOutput
  var settings = ConsoleSettings()
  /// The blocks of Lua that were typed, in order; messages call them `input 1` and so on.
  private(set) var blocks: [String] = []
  /// Set by what ends the console.
  var isOver = false
  /// What has been done without an error.
  var recording: ConsoleRecording
  /// The file that a recording goes to; nil if none is under way.
  var recordingFile: AtomicFile?
  /// What the next line begins with.
  var draft = ""
  private let interrupt: ConsoleInterrupt
  private let threadCount: Int
  private var hasFailed = false

  private static let prompt = "> "

  init(
    _ session: ConsoleSession, files: ConsoleFiles, editor: LineEditor, output: ConsoleOutput,
    interrupt: ConsoleInterrupt, threadCount: Int
  ) {
    self.session = session
    self.files = files
    self.editor = editor
    self.output = output
    self.interrupt = interrupt
    self.threadCount = threadCount
    recording = ConsoleRecording(dataset: session.dataset.name)
  }

  /// Whether somebody sits at both ends.
  var isInteractive: Bool { StandardStream.input.isTerminal && output.isTerminal }

  var printer: AnswerPrinter {
    AnswerPrinter(session: session, settings: settings, output: output)
  }

  /// Runs a script, if there is one, and then what is typed, to the end.
  ///
  /// - Returns: Done; of lines from a pipe, whether one of them failed or was interrupted.
  func run(first script: Script?, _ parameters: [(name: String, text: String?)]) -> ExitStatus {
    if isInteractive {
      let greeting = ConsoleGreeting(session: session, width: output.width ?? 80)
      output.write(greeting.text(isFirst: editor.history.isEmpty))
    }
    if let script {
      perform { () throws(CommandError) in try run(script, parameters) }
      recording.steps.append(.command(".run " + script.name))
    }
    return converse()
  }

  /// Runs what is typed, to the end.
  ///
  /// - Returns: Done; of lines from a pipe, whether one of them failed or was interrupted.
  func converse() -> ExitStatus {
    if isInteractive, let problem = editor.historyProblem {
      output.writeRemark("what is typed is not kept: " + problem.description)
    }
    while !isOver, output.isWhole {
      switch read() {
      case .block(let block): take(block)
      case .endOfInput: isOver = true
      case .interrupted: continue
      }
    }
    if recordingFile != nil { perform { () throws(CommandError) in try endRecording() } }
    guard output.isWhole else {
      output.writeError(StandardOutput.failure.description)
      return .scriptFailed
    }
    return hasFailed && !isInteractive ? .scriptFailed : .done
  }

  /// Waits for a block. Key by key no interrupt comes in that could be meant for the program.
  private func read() -> BlockInput {
    let text = draft
    draft = ""
    guard !editor.isInteractive else { return editor.readBlock(prompt: Self.prompt, text: text) }
    return interrupt.reading { editor.readBlock(prompt: Self.prompt) }
  }

  /// Whether what was typed can be taken as it is.
  func isComplete(_ text: String) -> Bool {
    DotCommand.isOne(text) || session.isComplete(text)
  }

  /// Runs a block of Lua, or a command.
  func take(_ block: String) {
    guard block.contains(where: { !$0.isWhitespace }) else { return }
    let started = monotonicSeconds()
    if DotCommand.isOne(block) {
      perform { () throws(CommandError) in
        try DotCommand.run(block, in: self)
        if DotCommand.named(in: block)?.changesData == true {
          recording.steps.append(.command(block.trimmed))
        }
      }
    } else {
      blocks.append(block)
      perform { () throws(CommandError) in try evaluate(block) }
      remarkOnCommand(block)
      if settings.isTimed { output.writeRemark(Self.shown(monotonicSeconds() - started)) }
    }
  }

  /// Runs a script in this session and shows what it returns.
  func run(
    _ script: Script, _ parameters: [(name: String, text: String?)]
  ) throws(CommandError) {
    let report = try Self.caught { () throws(ScriptError) in
      try session.run(script, parameters: parameters)
    }
    try printer.print(report)
  }

  /// The value of an expression.
  func value(of expression: String) throws(CommandError) -> ConsoleAnswer? {
    try Self.caught { () throws(ScriptError) in
      try session.evaluate(expression, name: "expression").first
    }
  }

  /// Opens a dataset, until it is there or Ctrl-C comes.
  func opening(_ path: String) throws(CommandError) -> Dataset {
    interrupt.script.flag.lower()
    return try DatasetFinder.open(path, threadCount: threadCount, stop: interrupt.script.flag)
  }

  static func caught<Result>(
    _ body: () throws(ScriptError) -> Result
  ) throws(CommandError) -> Result {
    do throws(ScriptError) { return try body() } catch { throw .script(error) }
  }

  private func evaluate(_ block: String) throws(CommandError) {
    let answers = try Self.caught { () throws(ScriptError) in
      try session.evaluate(block, name: "input \(blocks.count)")
    }
    for answer in answers { try printer.print(answer) }
    try Self.caught { () throws(ScriptError) in try session.keep(answers) }
    let (isExpression, text) = session.reading(of: block)
    recording.steps.append(isExpression ? .expression(text) : .statement(text))
  }

  /// Tells who types `help` or `quit` alone, which Lua does not know, how commands begin.
  private func remarkOnCommand(_ block: String) {
    guard isInteractive, let command = DotCommand.meant(by: block),
      !session.globalNames().contains(where: { $0.text == command.name })
    else { return }
    output.writeRemark("commands begin with a dot: `.\(command.name)`")
  }

  /// Does something, and says why if it fails.
  private func perform(_ body: () throws(CommandError) -> Void) {
    output.notice?.start()
    defer { output.notice?.stop() }
    do throws(CommandError) {
      try body()
    } catch {
      hasFailed = true
      if case .script(.interrupted) = error { return output.writeInterrupted() }
      output.writeError(error.description)
    }
  }

  /// A time in the unit that suits it.
  private static func shown(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
    let hundredths = (milliseconds + 5) / 10
    let rest = hundredths % 100
    return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest) s"
  }
}
