import AnnalsConsole
import ConsoleTwin

/// Somebody who types into the editor and looks at the screen.
struct Typist {
  private(set) var editor: EditorScreen
  private(set) var terminal: TerminalTwin
  private(set) var events: [EditorEvent] = []

  init(
    columns: Int = 40, rows: Int = 8, history: [String] = [], hasColours: Bool = false,
    assistant: any LineAssistant = SimpleAssistant()
  ) {
    editor = EditorScreen(assistant: assistant, history: history, hasColours: hasColours)
    terminal = TerminalTwin(columns: columns, rows: rows)
    editor.begin(prompt: "> ", size: ScreenSize(columns: columns, rows: rows))
    terminal.write(editor.paint())
  }

  /// Types, and lets pass what ends an escape character.
  mutating func type(_ keys: String...) {
    for key in keys {
      editor.take(Array(key.utf8).span)
      editor.flush()
      while let event = editor.next() { events.append(event) }
    }
    terminal.write(editor.paint())
  }

  /// Ends the block, as after an event.
  mutating func finish(isDropped: Bool = false) {
    terminal.write(editor.finish(isDropped: isDropped))
  }

  var text: String { editor.text }

  /// The rows that show something.
  var lines: [String] { terminal.lines.reversed().drop { $0.isEmpty }.reversed() }

  /// The text with `|` where the cursor is, as found by typing there.
  var marked: String {
    var copy = self
    copy.type("|")
    return copy.text
  }

  /// Where the cursor stands, from 0.
  var cursor: [Int] { [terminal.cursorRow, terminal.cursorColumn] }

  /// The renditions of a row's cells, with the text that has each, from the left.
  func styles(ofRow row: Int) -> [String] {
    var result: [(text: String, rendition: [Int])] = []
    for cell in terminal.rows[row] {
      if let last = result.last, last.rendition == cell.rendition {
        result[result.count - 1].text += cell.text
      } else {
        result.append((cell.text, cell.rendition))
      }
    }
    return result.filter { !$0.rendition.isEmpty }.map {
      $0.text + " " + $0.rendition.map(String.init).joined(separator: ";")
    }
  }
}

/// What a terminal sends for keys.
enum Typed {
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let delete = "\u{1B}[3~"
  static let backspace = "\u{7F}"
  static let enter = "\r"
  static let tab = "\t"
  static let backTab = "\u{1B}[Z"
  static let escape = "\u{1B}"

  static func control(_ letter: Character) -> String {
    String(UnicodeScalar((letter.asciiValue ?? 0) & 0x1F))
  }

  static func alt(_ letter: String) -> String { "\u{1B}" + letter }

  static func paste(_ text: String) -> String { "\u{1B}[200~" + text + "\u{1B}[201~" }
}
