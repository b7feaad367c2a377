package import AnnalsPlatform

/// Reads blocks of text from whoever sits at the console.
///
/// A terminal gets the full editor; a pipe, a file and a dumb terminal are read by plain lines.
package final class LineEditor {
  /// Whether somebody types at a terminal that the editor can draw on.
  package let isInteractive: Bool
  private var screen: EditorScreen
  private var plain: PlainReader
  private var file: HistoryFile?
  private var openingProblem: PlatformError?
  /// Whether the terminal is gone.
  private var isAtEnd = false

  /// Milliseconds after which an escape character stands for its own key.
  private static let escapeTime = 30

  /// - Parameters:
  ///   - assistant: Answers what depends on more than the text.
  ///   - historyPath: The file that keeps earlier blocks; nil for none.
  ///   - hasColours: Whether Lua is shown in colours.
  package init(
    assistant: any LineAssistant, historyPath: String? = LineEditor.standardHistoryPath,
    hasColours: Bool = Environment.value("NO_COLOR") == nil
  ) {
    isInteractive = RawTerminal.isPossible
    var history = BlockHistory()
    if isInteractive, let historyPath {
      do throws(PlatformError) {
        let file = try HistoryFile(path: historyPath)
        history = file.load()
        self.file = file
      } catch {
        openingProblem = error
      }
    }
    screen = EditorScreen(assistant: assistant, history: history, hasColours: hasColours)
    let hasPrompts = StandardStream.input.isTerminal && StandardStream.output.isTerminal
    plain = PlainReader(
      assistant: assistant, read: { StandardStream.input.read() },
      isReady: { !StandardStream.input.isTerminal && StandardStream.input.isReady },
      write: { if hasPrompts { StandardStream.output.write($0) } })
  }

  /// `annals/history` in the user's folder for states; nil if there is no home.
  package static var standardHistoryPath: String? { HistoryFile.standardPath }

  /// The blocks that were sent, the newest last.
  package var history: [String] { screen.history }

  /// Why the history can't be kept, if so.
  package var historyProblem: PlatformError? { openingProblem ?? file?.problem }

  /// Reads a block.
  ///
  /// - Parameters:
  ///   - prompt: Stands before its first line.
  ///   - text: What is there to edit from the start; only on a terminal.
  package func readBlock(prompt: String, text: String = "") -> BlockInput {
    guard isInteractive, let terminal = RawTerminal() else {
      return plain.readBlock(prompt: prompt)
    }
    defer { terminal.leave() }
    screen.begin(prompt: prompt, text: text, size: size)
    beginLine()
    while true {
      while let event = screen.next() {
        if let input = answer(event, terminal) { return input }
      }
      if isAtEnd { return finish(.endOfInput) }
      show(screen.paint())
      wait(on: terminal)
    }
  }

  /// Does what a key asked for; gives the block if it is finished.
  private func answer(_ event: EditorEvent, _ terminal: RawTerminal) -> BlockInput? {
    switch event {
    case .send(let block):
      if screen.keep(block) { file?.add(block) }
      return finish(.block(block))
    case .endOfInput: return finish(.endOfInput)
    case .interrupted: return finish(.interrupted)
    case .suspend:
      show(screen.leave())
      terminal.stop()
      beginLine()
    case .clearScreen:
      show("\u{1B}[H\u{1B}[2J")
      screen.begin(on: size)
    }
    return nil
  }

  private func finish(_ input: BlockInput) -> BlockInput {
    show(screen.finish(isDropped: input == .interrupted))
    return input
  }

  /// Waits for keys, for another size, and for the process to go on.
  private func wait(on terminal: RawTerminal) {
    let wake = terminal.wait(milliseconds: screen.isWaiting ? Self.escapeTime : nil)
    if wake.contains(.resized) { show(screen.resize(size)) }
    if wake.contains(.resumed) { beginLine() }
    if wake.contains(.expired) { screen.flush() }
    guard wake.contains(.input) else { return }
    // All that is there is taken before anything is painted.
    repeat {
      guard let bytes = StandardStream.input.read() else { return isAtEnd = true }
      screen.take(bytes.span)
    } while terminal.wait(milliseconds: 0).contains(.input)
  }

  /// Puts the cursor at the start of a line of its own, after what others have written without a line
  /// break, which a mark then shows to be missing.
  private func beginLine() {
    let size = size
    screen.begin(on: size)
    let blanks = String(repeating: " ", count: size.columns - 1)
    show("\u{1B}[2m⏎\u{1B}[m" + blanks + "\r\u{1B}[K")
  }

  private var size: ScreenSize {
    let size = StandardStream.output.terminalSize
    return ScreenSize(columns: size?.columns ?? 80, rows: size.map(\.rows) ?? 24)
  }

  private func show(_ output: String) {
    if !output.isEmpty { StandardStream.output.write(output) }
  }
}
