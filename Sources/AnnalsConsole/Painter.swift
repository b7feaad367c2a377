/// Writes what turns the screen from one frame into the next: the cells that differ, and the moves between
/// them.
///
/// All moves are relative to the cursor, save those within a row, so it need not know where on the screen
/// the frame stands. It needs a frame that is no higher than the screen.
struct Painter {
  private let hasColours: Bool
  private var output = ""
  private var row = 0
  private var column = 0
  private var style = Style.plain
  /// Whether terminals differ in how wide what was just written is.
  private var isColumnUncertain = false

  /// So many equal cells are written again where a move would take as much.
  private static let gap = 4

  init(hasColours: Bool) { self.hasColours = hasColours }

  /// The bytes that paint a frame over another.
  mutating func paint(_ new: Frame, over old: Frame) -> String {
    (output, row, column, style) = ("", old.cursorRow, old.cursorColumn, .plain)
    isColumnUncertain = false
    for (index, cells) in new.rows.enumerated() {
      let isNew = index >= old.rows.count
      paintRow(cells, over: isNew ? [] : old.rows[index], at: index, isNew: isNew)
    }
    if new.rows.count < old.rows.count {
      move(toRow: new.rows.count, column: 0)
      output += "\u{1B}[J"
    }
    move(toRow: new.cursorRow, column: new.cursorColumn)
    return output
  }

  /// The bytes that clear a frame and leave the cursor where it began.
  mutating func clear(_ old: Frame) -> String {
    (output, row, column, style) = ("", old.cursorRow, old.cursorColumn, .plain)
    isColumnUncertain = false
    move(toRow: 0, column: 0)
    return output + "\u{1B}[J"
  }

  /// The bytes that leave the cursor at the start of the row after a frame.
  mutating func leave(_ old: Frame) -> String {
    (output, row, column, style) = ("", old.cursorRow, old.cursorColumn, .plain)
    isColumnUncertain = false
    move(toRow: old.rows.count - 1, column: 0)
    return output + "\r\n"
  }

  private mutating func paintRow(_ new: [Cell], over old: [Cell], at index: Int, isNew: Bool) {
    if isNew {
      // Only a line break makes a row at the lower end of the screen.
      move(toRow: index - 1, column: column)
      output += "\r\n"
      (row, column, isColumnUncertain) = (index, 0, false)
    }
    var next = 0
    while var start = Self.difference(from: next, new, old) {
      let isNear = row == index && column < start && start - column <= Self.gap
      if isNear, !isColumnUncertain, !new[column].text.isEmpty { start = column }
      next = Self.runEnd(from: start, new, old)
      move(toRow: index, column: start)
      for cell in new[start..<next] { write(cell) }
    }
    if new.count < old.count {
      move(toRow: index, column: new.count)
      set(.plain)
      output += "\u{1B}[K"
    }
    set(.plain)
  }

  /// The first cell from `start` on that differs; where the old row has ended, plain blanks stand.
  private static func difference(from start: Int, _ new: [Cell], _ old: [Cell]) -> Int? {
    new.indices.dropFirst(start).first { isChanged($0, new, old) }
  }

  /// The end of what is written in one go: no stretch of equal cells in it is longer than the gap.
  private static func runEnd(from start: Int, _ new: [Cell], _ old: [Cell]) -> Int {
    var end = start + 1
    for index in new.indices.dropFirst(start) where isChanged(index, new, old) {
      if index > end + gap { break }
      end = index + 1
    }
    // A wide grapheme is written whole.
    if end < new.count, new[end - 1].isWide { end += 1 }
    return end
  }

  private static func isChanged(_ index: Int, _ new: [Cell], _ old: [Cell]) -> Bool {
    new[index] != (index < old.count ? old[index] : .blank)
  }

  private mutating func write(_ cell: Cell) {
    guard !cell.text.isEmpty else { return }
    if isColumnUncertain { move(toRow: row, column: column) }
    set(cell.style)
    output += cell.text
    column += cell.isWide ? 2 : 1
    isColumnUncertain = cell.text.utf8.count > 1 && !Self.isCertain(cell.text)
  }

  /// Whether every terminal gives a grapheme as many cells as we do.
  private static func isCertain(_ text: String) -> Bool {
    let bytes = text.utf8.span
    let scalar = SimpleScalar(at: 0, in: bytes)
    return scalar.width > 0 && scalar.byteCount == bytes.count
  }

  private mutating func set(_ new: Style) {
    let before = style.rendition(hasColours: hasColours)
    let after = new.rendition(hasColours: hasColours)
    style = new
    if before == after { return }
    if after.isEmpty {
      output += "\u{1B}[m"
    } else {
      output += before.isEmpty ? "\u{1B}[\(after)m" : "\u{1B}[0;\(after)m"
    }
  }

  private mutating func move(toRow newRow: Int, column newColumn: Int) {
    if newRow < row { output += Self.sequence(row - newRow, "A") }
    if newRow > row { output += Self.sequence(newRow - row, "B") }
    if isColumnUncertain {
      output += Self.sequence(newColumn + 1, "G")
    } else if newColumn != column {
      if newColumn == 0 {
        output += "\r"
      } else if newColumn == column - 1 {
        output += "\u{8}"
      } else {
        output += Self.sequence(abs(newColumn - column), newColumn > column ? "C" : "D")
      }
    }
    (row, column, isColumnUncertain) = (newRow, newColumn, false)
  }

  private static func sequence(_ count: Int, _ last: String) -> String {
    count == 1 ? "\u{1B}[\(last)" : "\u{1B}[\(count)\(last)"
  }
}
