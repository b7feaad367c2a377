import AnnalsConsole
import SeededRandom

/// Types random bytes into an editor and compares the screen that it has painted piece by piece with one that
/// is painted as a whole.
package struct ScreenCheck {
  private var random: SeededRandom
  private var editor: EditorScreen
  private var terminal: TerminalTwin
  private var size: ScreenSize
  private var problem: String?

  /// What stands above the input and must stay.
  private static let above = "#"

  /// A session that depends on its seed alone.
  package init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    editor = EditorScreen(
      assistant: SimpleAssistant(),
      history: ["annals.help()", "for i = 1, 3 do\n  print(i)\nend", "s = \"東京 Алматы\" -- 👍🏽"],
      hasColours: !random.once(in: 4))
    size = ScreenSize(columns: 1, rows: 1)
    terminal = TerminalTwin(columns: 1, rows: 1)
    startScreen()
    editor.begin(prompt: random.pick(["> ", "annals> ", "", "東> "]), size: size)
    terminal.write(editor.paint())
  }

  /// Types once. Returns what is wrong afterwards; nil if nothing is.
  package mutating func step() -> String? {
    if random.once(in: 40) {
      startScreen()
      editor.begin(on: size)
    }
    let bytes = RandomKeys.bytes(&random)
    editor.take(bytes.span)
    if random.once(in: 3) { editor.flush() }
    while let event = editor.next() { take(event) }
    terminal.write(editor.paint())
    return difference().map { "after \(bytes) in \(size): \($0)" }
  }

  private mutating func startScreen() {
    problem = problem ?? terminal.problem
    size = ScreenSize(
      columns: Int.random(in: 1...50, using: &random), rows: Int.random(in: 1...12, using: &random))
    terminal = TerminalTwin(
      columns: size.columns, rows: size.rows, filledWith: Self.above,
      cursorRow: Int.random(in: 0..<size.rows, using: &random))
  }

  private mutating func take(_ event: EditorEvent) {
    switch event {
    case .send(let block):
      _ = editor.keep(block)
      startBlock(isDropped: false)
    case .endOfInput, .interrupted: startBlock(isDropped: true)
    case .suspend, .clearScreen:
      terminal.write(editor.leave())
      startScreen()
      editor.begin(on: size)
    }
  }

  private mutating func startBlock(isDropped: Bool) {
    terminal.write(editor.finish(isDropped: isDropped))
    startScreen()
    editor.begin(prompt: "> ", size: size)
  }

  private func difference() -> String? {
    if let problem = problem ?? terminal.problem { return problem }
    var whole = TerminalTwin(columns: size.columns, rows: size.rows)
    var copy = editor
    whole.write(copy.repaint())
    if let problem = whole.problem { return "painted as a whole: \(problem)" }
    let top = terminal.cursorRow - whole.cursorRow
    guard top >= 0, terminal.cursorColumn == whole.cursorColumn else {
      return "the cursor stands at \(terminal.cursorRow), \(terminal.cursorColumn)"
    }
    let isSame = terminal.rows[top...].elementsEqual(whole.rows.prefix(size.rows - top))
    guard isSame else {
      return "\(terminal.lines[top...]) is not \(whole.lines)"
    }
    let isUntouched = terminal.rows[..<top].joined().allSatisfy { $0.text == Self.above }
    return isUntouched ? nil : "written above the input: \(terminal.lines[..<top])"
  }
}
