import AnnalsReports

/// Lays an edited text out on the screen: the rows around the cursor, with what stands below them.
struct TextView {
  /// What is shown.
  struct Content {
    var text: String
    var cursor: Int
    /// Text after the end that is only offered.
    var ghost = ""
    /// Bytes to be marked.
    var found: Range<Int>?
    /// Rows below the text.
    var below: [[Cell]] = []
    /// If set, the cursor stands in the last row below, in this column.
    var cursorBelow: Int?
    /// Whether the pair of the bracket at the cursor is marked.
    var marksPair = true
  }

  private let prompt: String
  private let size: ScreenSize
  private let promptWidth: Int
  private var rows: RowStarts
  private var styles = LuaStyles()
  /// The first row that is shown.
  private var top = 0

  /// A prompt leaves so many columns to the text, or is left out.
  private static let leastWidth = 8

  init(prompt: String, size: ScreenSize) {
    let prompt = VisibleText.line(prompt)
    let width = DisplayWidth.of(prompt)
    let isShown = size.columns >= width + Self.leastWidth
    self.prompt = isShown ? prompt : ""
    self.size = size
    promptWidth = isShown ? width : 0
    rows = RowStarts(width: size.columns - promptWidth - 1)
  }

  /// How many columns may be written: all but the last, so that no terminal ever wraps by itself and the
  /// cursor has a place after a full row.
  var columns: Int { size.columns - 1 }

  /// Forgets what a change may have moved.
  mutating func forget(_ change: TextChange) {
    rows.forget(from: change.start)
    styles.forget(change)
  }

  /// Forgets all about the text, but not how far it is scrolled.
  mutating func forgetAll() {
    rows = RowStarts(width: rows.width)
    styles = LuaStyles()
  }

  /// Where the cursor goes from an offset by one row up or down; nil where there is no such row.
  mutating func offset(
    _ direction: Int, rowsFrom offset: Int, column: Int, in text: String
  ) -> Int? {
    let row = rows.row(of: offset, in: text) + direction
    guard let range = rows.range(of: row, in: text) else { return nil }
    // The end of a row that goes on in the next is the next one's start.
    let goesOn = rows.row(of: range.upperBound, in: text) != row
    return RowStarts.offset(at: column, in: range, of: text, goesOn: goesOn)
  }

  /// The column of an offset in its row.
  mutating func column(of offset: Int, in text: String) -> Int {
    let row = rows.row(of: offset, in: text)
    let start = rows.range(of: row, in: text)?.lowerBound ?? 0
    return RowStarts.column(of: offset, from: start, in: text)
  }

  /// The screen for a content.
  mutating func frame(_ content: Content) -> Frame {
    let least = content.cursorBelow == nil ? 1 : 0
    let belowCount = min(content.below.count, size.rows - least)
    let textCount = size.rows - belowCount
    let cursorRow = rows.row(of: content.cursor, in: content.text)
    scroll(to: cursorRow, count: max(1, textCount), in: content.text)
    var frame = Frame(rows: [], cursorRow: cursorRow - top, cursorColumn: 0)
    frame.cursorColumn = promptWidth + column(of: content.cursor, in: content.text)
    frame.rows = textRows(content, count: textCount)
    frame.rows += content.below.suffix(belowCount).map { Array($0.prefix(columns)).trimmed }
    if let column = content.cursorBelow {
      frame.cursorRow = frame.rows.count - 1
      frame.cursorColumn = column
    }
    frame.cursorColumn = min(frame.cursorColumn, size.columns - 1)
    return frame
  }

  private mutating func scroll(to row: Int, count: Int, in text: String) {
    if row < top { top = row }
    if row >= top + count { top = row - count + 1 }
    // No row stays empty below the text while there are rows above it.
    if top > 0, rows.range(of: top + count - 1, in: text) == nil {
      top = max(0, min(top, rows.knownCount - count))
    }
  }

  private mutating func textRows(_ content: Content, count: Int) -> [[Cell]] {
    var ranges: [Range<Int>] = []
    while ranges.count < count, let range = rows.range(of: top + ranges.count, in: content.text) {
      ranges.append(range)
    }
    guard let first = ranges.first, let last = ranges.last else { return [] }
    let parts = styles.parts(
      of: first.lowerBound..<last.upperBound, in: content.text,
      cursor: content.marksPair ? content.cursor : nil)
    var painted: [[Cell]] = []
    var part = 0
    for range in ranges {
      var cells = gutter(ofRowAt: range.lowerBound, in: content.text)
      appendText(of: range, content, parts, &part, to: &cells)
      painted.append(cells)
    }
    if !content.ghost.isEmpty, last.upperBound == content.text.utf8.count {
      appendGhost(content.ghost, to: &painted, count: count)
    }
    return painted.map(\.trimmed)
  }

  private func appendText(
    of range: Range<Int>, _ content: Content, _ parts: [(range: Range<Int>, style: Style)],
    _ part: inout Int, to cells: inout [Cell]
  ) {
    let bytes = content.text.utf8.span
    var offset = range.lowerBound
    while offset < range.upperBound {
      while part < parts.count, parts[part].range.upperBound <= offset { part += 1 }
      var style =
        part < parts.count && parts[part].range.contains(offset) ? parts[part].style : .plain
      if let found = content.found, found.contains(offset) { style = .found }
      let glyph = Glyph.at(offset, in: content.text, bytes: bytes)
      _ = cells.append(glyph, at: offset, of: content.text, style, upTo: columns)
      offset += glyph.byteCount
    }
  }

  /// The prompt, a mark before a further line of the block, or blanks before the rest of a long line.
  private func gutter(ofRowAt start: Int, in text: String) -> [Cell] {
    var cells: [Cell] = []
    if start == 0 {
      cells.append(prompt, .prompt, upTo: promptWidth)
    } else {
      let isLine = text.utf8.span[start - 1] == UInt8(ascii: "\n")
      let mark = isLine && promptWidth >= 2 ? "… " : ""
      cells = Array(repeating: .blank, count: promptWidth - mark.count)
      cells.append(mark, .hint, upTo: promptWidth)
    }
    while cells.count < promptWidth { cells.append(.blank) }
    return cells
  }

  private func appendGhost(_ ghost: String, to painted: inout [[Cell]], count: Int) {
    let bytes = ghost.utf8.span
    let limit = min(columns, promptWidth + rows.width)
    var (row, offset) = (painted.count - 1, 0)
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "\n") {
        offset += 1
      } else {
        let glyph = Glyph.at(offset, in: ghost, bytes: bytes)
        if painted[row].append(glyph, at: offset, of: ghost, .ghost, upTo: limit) {
          offset += glyph.byteCount
          continue
        }
        guard painted[row].count > promptWidth else { return }
      }
      guard painted.count < count else { return }
      painted.append(Array(repeating: .blank, count: promptWidth))
      row += 1
    }
  }
}
