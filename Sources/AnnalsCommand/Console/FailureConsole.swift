import Annals
import AnnalsConsole
import AnnalsPlatform

/// Opens the console where a script has failed, with the variables of the function at hand. The walls
/// around the script stay as they are.
struct FailureConsole {
  let files: ConsoleFiles
  private let assistant = ConsoleAssistant()
  private let editor: LineEditor
  private let interrupt: ConsoleInterrupt
  private let threadCount: Int

  /// Lines of the script that are shown on either side of the one that failed.
  private static let contextCount = 2

  /// To be made before the walls are there: the history is opened here.
  init(files: ConsoleFiles, interrupt: ConsoleInterrupt, threadCount: Int) {
    self.files = files
    self.interrupt = interrupt
    self.threadCount = threadCount
    editor = LineEditor(assistant: assistant)
  }

  /// The report of a script.
  ///
  /// - Parameter onEnd: Called when the script is done or has failed, before the console opens.
  /// - Throws: ``ConsoleEnd`` with the status of the failure, once the console that it opened is left.
  func report(
    _ run: ScriptRun, _ script: Script, _ parameters: [(name: String, text: String?)],
    printed: PrintedText, onEnd: () -> Void
  ) throws -> Report {
    let output = ConsoleOutput()
    var hasFailed = false
    let print: (Span<UInt8>) -> Void = { piece in
      if hasFailed { output.print(piece) } else { printed.append(piece) }
    }
    let outcome: Result<Report, ConsoleEnd>
    do throws(ScriptError) {
      outcome = try run.console(output: print) { session throws(ScriptError) in
        do throws(ScriptError) {
          defer { onEnd() }
          return .success(try session.run(script, parameters: parameters))
        } catch {
          guard Self.isWorthLooking(error) else { throw error }
          hasFailed = true
          printed.finish(hasReport: true)
          open(session, output, at: error, of: script)
          return .failure(ConsoleEnd(status: CommandError.script(error).status))
        }
      }
    } catch {
      throw CommandError.script(error)
    }
    return try outcome.get()
  }

  /// Limits and interrupts end a run for good, and where nothing has run there is nothing to see.
  private static func isWorthLooking(_ error: ScriptError) -> Bool {
    guard case .failed(let kind, _, _, _, _) = error else { return false }
    return kind != "syntax"
  }

  private func open(
    _ session: ConsoleSession, _ output: ConsoleOutput, at error: ScriptError, of script: Script
  ) {
    let console = Console(
      session, files: files, editor: editor, output: output, interrupt: interrupt,
      threadCount: threadCount)
    assistant.console = console
    let message = "annals: " + error.description
    output.writeRemark(StandardStream.error.isTerminal ? VisibleText.lines(message) : message)
    if console.isInteractive {
      let locals = (try? DotCommand.locals(in: console)) ?? ""
      let parts = [Self.lines(around: error, of: script), locals].filter { !$0.isEmpty }
      output.writeRemark(
        VisibleText.lines(parts.map { "\n" + $0 }.joined())
          + "\nRead and set them by name; `.help` lists the commands, Ctrl-D leaves.")
    }
    _ = console.converse()
  }

  /// The line that failed and those around it, with their numbers; nothing if it is not of the script.
  private static func lines(around error: ScriptError, of script: Script) -> String {
    guard case .failed(_, _, let at?, _, _) = error, at.hasPrefix(script.name + ":"),
      let number = Int(at.dropFirst(script.name.count + 1))
    else { return "" }
    let source = String(decoding: script.source, as: UTF8.self)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(number - 1) else { return "" }
    let first = max(1, number - contextCount)
    let last = min(lines.count, number + contextCount)
    return AlignedLines.text(
      (first...last).map { line in
        [line == number ? "→" : "", String(line), String(lines[line - 1])]
      }, right: [1])
  }
}
