import AnnalsReports

/// What a pager shows of a text: some lines of it, and a line that tells where they are.
struct PagerView: Hashable {
  /// The text's lines.
  private let whole: [String]
  /// The lines, broken where they are wider than the screen.
  private var lines: [String] = []
  /// Where each of ``lines`` begins.
  private var starts: [Start] = []
  private var size: ScreenSize
  /// The first line that is shown.
  private(set) var top = 0
  /// What is looked for.
  private var wanted = ""
  /// What is being typed to be looked for.
  private var typed: String?
  private var message: String?

  /// A place in the text.
  private struct Start: Hashable, Comparable {
    let line: Int
    /// In bytes.
    let offset: Int

    static func < (left: Start, right: Start) -> Bool {
      (left.line, left.offset) < (right.line, right.offset)
    }
  }

  init(_ text: String, size: ScreenSize) {
    self.size = size
    var whole = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if whole.last == "" { whole.removeLast() }
    self.whole = whole
    breakLines()
  }

  /// The screen has another size: what stood at its top stays there.
  mutating func resize(_ size: ScreenSize) {
    let before = top < starts.count ? starts[top] : Start(line: 0, offset: 0)
    self.size = size
    breakLines()
    top = 0
    move(by: starts.lastIndex { $0 <= before } ?? 0)
  }

  private mutating func breakLines() {
    (lines, starts) = ([], [])
    for (number, line) in whole.enumerated() {
      var offset = 0
      for piece in DisplayWidth.pieces(of: line, limit: size.columns) {
        lines.append(piece)
        starts.append(Start(line: number, offset: offset))
        offset += piece.utf8.count
      }
    }
  }

  /// The rows of the screen from the top; the last one tells where it is.
  var rows: [String] {
    let shown = lines[top..<min(top + pageCount, lines.count)]
    let blanks = Array(repeating: "", count: pageCount - shown.count)
    return shown + blanks + [DisplayWidth.cut(status, to: size.columns - 1)]
  }

  /// Takes a key. Returns whether the pager stays.
  mutating func take(_ key: Key) -> Bool {
    message = nil
    if typed != nil { return takeTyped(key) }
    switch key {
    case .control("c"), .control("d"), .named(.escape, _): return false
    case .named(.down, _), .named(.enter, _): move(by: 1)
    case .named(.up, _): move(by: -1)
    case .named(.pageDown, _): move(by: pageCount)
    case .named(.pageUp, _): move(by: -pageCount)
    case .named(.home, _): top = 0
    case .named(.end, _): move(by: lines.count)
    case .text(let text):
      for character in text where !press(character) { return false }
    default: break
    }
    return true
  }

  private var pageCount: Int { max(1, size.rows - 1) }

  private var status: String {
    if let typed { return "/" + typed }
    if let message { return message }
    let last = min(top + pageCount, lines.count)
    return "lines \(top + 1)–\(last) of \(lines.count)  space b ↑ ↓ / n, q leaves"
  }

  private mutating func press(_ character: Character) -> Bool {
    switch character {
    case "q": return false
    case " ", "f": move(by: pageCount)
    case "b": move(by: -pageCount)
    case "j": move(by: 1)
    case "k": move(by: -1)
    case "g": top = 0
    case "G": move(by: lines.count)
    case "/": typed = ""
    case "n": find(after: top + 1)
    default: break
    }
    return true
  }

  private mutating func takeTyped(_ key: Key) -> Bool {
    switch key {
    case .text(let text): typed = (typed ?? "") + text
    case .named(.backspace, _): if typed?.isEmpty == false { typed?.removeLast() }
    case .named(.enter, _):
      if let typed, !typed.isEmpty { wanted = typed }
      typed = nil
      find(after: top)
    case .control("c"), .named(.escape, _): typed = nil
    default: break
    }
    return true
  }

  private mutating func find(after line: Int) {
    guard !wanted.isEmpty else { return }
    let places = Array(line..<max(line, lines.count)) + Array(0..<min(line, lines.count))
    guard let found = places.first(where: { lines[$0].contains(wanted) }) else {
      message = "not found: " + wanted
      return
    }
    top = min(found, max(0, lines.count - pageCount))
  }

  private mutating func move(by count: Int) {
    top = max(0, min(top + count, lines.count - pageCount))
  }
}
