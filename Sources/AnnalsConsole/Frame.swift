/// One cell of the screen.
struct Cell: Hashable {
  /// A grapheme; empty in the second cell of a wide one.
  var text: String
  var style: Style
  var isWide = false

  static let blank = Cell(text: " ", style: .plain)
  /// The second cell of a wide grapheme.
  static func rest(_ style: Style) -> Cell { Cell(text: "", style: style) }
}

/// What the screen shows from the first row of the input on.
struct Frame: Hashable {
  /// Without plain blanks at their ends; at least one row.
  var rows: [[Cell]]
  var cursorRow: Int
  var cursorColumn: Int

  /// The screen when nothing is written yet.
  static let empty = Frame(rows: [[]], cursorRow: 0, cursorColumn: 0)

  /// The frame on a terminal that has become narrower and has broken its rows anew.
  func reflowed(columns: Int) -> Frame {
    var result = Frame(rows: [], cursorRow: 0, cursorColumn: cursorColumn % max(1, columns))
    for (index, row) in rows.enumerated() {
      let length = max(row.count, index == cursorRow ? cursorColumn + 1 : 1)
      if index == cursorRow {
        result.cursorRow = result.rows.count + cursorColumn / max(1, columns)
      }
      result.rows += Array(repeating: [], count: (length + columns - 1) / max(1, columns))
    }
    return result
  }

  /// The rows as text, for people.
  var lines: [String] { rows.map { $0.map(\.text).joined() } }
}

extension [Cell] {
  /// Adds text without control characters, as much of it as fits up to a column.
  mutating func append(_ text: String, _ style: Style, upTo limit: Int) {
    let bytes = text.utf8.span
    var offset = 0
    while offset < bytes.count {
      let glyph = Glyph.at(offset, in: text, bytes: bytes)
      guard append(glyph, at: offset, of: text, style, upTo: limit) else { return }
      offset += glyph.byteCount
    }
  }

  /// Adds a grapheme; false if it does not fit.
  mutating func append(
    _ glyph: Glyph, at offset: Int, of text: String, _ style: Style, upTo limit: Int
  ) -> Bool {
    guard count + glyph.width <= limit else { return false }
    if glyph.byteCount == 1, glyph.isVisible {
      append(Cell(text: String(Unicode.Scalar(text.utf8.span[offset])), style: style))
      return true
    }
    let start = text.utf8.index(text.startIndex, offsetBy: offset)
    let end = text.utf8.index(start, offsetBy: glyph.byteCount)
    let shown = Glyph.shown(text[start..<end], isVisible: glyph.isVisible)
    if glyph.width == 2, glyph.isVisible {
      append(Cell(text: shown, style: style, isWide: true))
      append(.rest(style))
    } else {
      for character in shown.prefix(glyph.width) {
        append(Cell(text: String(character), style: style))
      }
    }
    return true
  }

  /// Without plain blanks at the end.
  var trimmed: [Cell] {
    var result = self
    while result.last == .blank { result.removeLast() }
    return result
  }
}
