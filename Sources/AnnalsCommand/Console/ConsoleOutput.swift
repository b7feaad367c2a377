import Annals
import AnnalsConsole
import AnnalsPlatform

/// Where a console writes: answers to standard output, all else to standard error.
final class ConsoleOutput {
  /// Whether all that was written arrived.
  private(set) var isWhole = true
  let isTerminal = StandardStream.output.isTerminal
  private let hasColours =
    StandardStream.error.isTerminal && Environment.value("NO_COLOR") == nil
    && Environment.value("TERM") != "dumb"
  let notice = RunningNotice.onTerminal()

  /// How many cells a line of the terminal has; nil if there is no terminal.
  var width: Int? { StandardStream.output.terminalWidth }

  /// How many lines the terminal has; nil if there is no terminal.
  var height: Int? { StandardStream.output.terminalSize.flatMap { $0.rows > 0 ? $0.rows : nil } }

  /// Writes what a script prints.
  func print(_ piece: Span<UInt8>) {
    notice?.hide()
    if isTerminal {
      write(VisibleText.lines(String(decoding: piece)))
    } else {
      write(piece)
    }
  }

  /// Writes a part of an answer.
  func write(_ bytes: Span<UInt8>) {
    notice?.hide()
    isWhole = StandardStream.output.write(bytes) && isWhole
  }

  /// Writes lines of an answer that hold nothing that acts on a terminal.
  func write(_ text: String) { write(Array(text.utf8).span) }

  /// Writes an answer that is there as a whole: in a pager, where it is longer than the screen.
  func show(_ text: String) {
    let lineCount = text.utf8.count { $0 == UInt8(ascii: "\n") }
    if let height, lineCount >= height {
      notice?.stop()
      if Pager.show(text) { return }
    }
    write(text)
  }

  /// Writes what went wrong.
  func writeError(_ message: String) {
    notice?.hide()
    let shown = StandardStream.error.isTerminal ? VisibleText.lines(message) : message
    let label = hasColours ? "\u{1B}[31merror:\u{1B}[0m " : "error: "
    StandardStream.error.write(label + shown + "\n")
  }

  /// Says that Ctrl-C was heard, in place of the mark that the terminal has made of it.
  func writeInterrupted() {
    writeRemark((StandardStream.error.isTerminal ? "\r\u{1B}[K" : "") + "interrupted")
  }

  /// Writes a remark that is no answer.
  func writeRemark(_ text: String) {
    notice?.hide()
    StandardStream.error.write(text + "\n")
  }
}
