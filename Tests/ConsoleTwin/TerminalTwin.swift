import AnnalsReports

/// A small terminal: what its screen shows after the bytes that were written to it.
///
/// It knows the sequences that the console writes, and stops at any other.
package struct TerminalTwin {
  /// A cell; the second of a wide character has no text.
  package struct Cell: Hashable {
    /// What stands in it.
    package var text = " "
    /// The parameters that are set, such as `1` or `35`, in order.
    package var rendition: [Int] = []
  }

  /// How many cells a row has.
  package let columns: Int
  /// How many rows the screen has.
  package let rowCount: Int
  /// From the top.
  package private(set) var rows: [[Cell]]
  /// From 0.
  package private(set) var cursorRow: Int
  /// From 0.
  package private(set) var cursorColumn = 0
  /// What was written and means nothing to it; nil if all is well.
  package private(set) var problem: String?
  private var rendition: [Int] = []
  /// Whether the last column was written, so that the next character goes to the next row.
  private var isFull = false

  /// A screen full of one character, with the cursor at the start of a row.
  package init(columns: Int, rows: Int, filledWith text: String = " ", cursorRow: Int = 0) {
    self.columns = columns
    rowCount = rows
    self.rows = Array(
      repeating: Array(repeating: Cell(text: text), count: columns), count: rows)
    self.cursorRow = cursorRow
    for row in cursorRow..<rows { self.rows[row] = Array(repeating: Cell(), count: columns) }
  }

  /// The rows as text, without blanks at the end.
  package var lines: [String] {
    rows.map { row in
      var text = row.map(\.text).joined()
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
  }

  /// Takes what is written to the terminal.
  package mutating func write(_ output: String) {
    var scalars = Array(output.unicodeScalars)[...]
    var printed = ""
    while let scalar = scalars.popFirst() {
      if scalar.value >= 0x20, scalar.value != 0x7F {
        printed.unicodeScalars.append(scalar)
        continue
      }
      print(&printed)
      switch scalar.value {
      case 0x0D: place(cursorRow, 0)
      case 0x0A: feed()
      case 0x08: place(cursorRow, cursorColumn - 1)
      case 0x1B: takeSequence(&scalars)
      default: problem = "control \(scalar.value)"
      }
    }
    print(&printed)
  }

  private mutating func takeSequence(_ scalars: inout ArraySlice<Unicode.Scalar>) {
    guard scalars.popFirst() == "[" else { return problem = "no sequence" }
    var parameters = ""
    while let scalar = scalars.popFirst() {
      if scalar.value < 0x40 {
        parameters.unicodeScalars.append(scalar)
      } else {
        return act(Character(scalar), parameters)
      }
    }
    problem = "a sequence without an end"
  }

  private mutating func act(_ last: Character, _ parameters: String) {
    let count = Int(parameters) ?? 1
    switch last {
    case "A": place(cursorRow - count, cursorColumn)
    case "B": place(cursorRow + count, cursorColumn)
    case "C": place(cursorRow, cursorColumn + count)
    case "D": place(cursorRow, cursorColumn - count)
    case "G": place(cursorRow, count - 1)
    case "K" where parameters.isEmpty: erase(cursorRow, from: cursorColumn)
    case "J" where parameters.isEmpty:
      erase(cursorRow, from: cursorColumn)
      for row in rows.indices.dropFirst(cursorRow + 1) { erase(row, from: 0) }
    case "m": setRendition(parameters)
    default: problem = "sequence \(parameters)\(last)"
    }
  }

  private mutating func setRendition(_ parameters: String) {
    for part in parameters.isEmpty ? ["0"] : parameters.split(separator: ";") {
      let value = Int(part) ?? 0
      rendition = value == 0 ? [] : (rendition + [value]).sorted()
    }
  }

  /// Moves that leave the screen end at its edge, and are none that the console should make.
  private mutating func place(_ row: Int, _ column: Int) {
    if row < 0 || row >= rowCount || column < 0 || column >= columns {
      problem = "a move to \(row), \(column)"
    }
    cursorRow = min(max(row, 0), rowCount - 1)
    cursorColumn = min(max(column, 0), columns - 1)
    isFull = false
  }

  private mutating func feed() {
    isFull = false
    guard cursorRow == rowCount - 1 else { return cursorRow += 1 }
    rows.removeFirst()
    rows.append(Array(repeating: Cell(), count: columns))
  }

  private mutating func erase(_ row: Int, from column: Int) {
    if !rendition.isEmpty { problem = "erased with a rendition" }
    isFull = false
    for index in rows[row].indices.dropFirst(column) { put(Cell(), row, index) }
  }

  private mutating func print(_ text: inout String) {
    for character in text {
      let width = max(1, DisplayWidth.of(character))
      if isFull || cursorColumn + width > columns { problem = "a row that is too long" }
      if isFull || cursorColumn + width > columns { continue }
      put(Cell(text: String(character), rendition: rendition), cursorRow, cursorColumn)
      if width == 2 { put(Cell(text: "", rendition: rendition), cursorRow, cursorColumn + 1) }
      isFull = cursorColumn + width == columns
      cursorColumn = min(cursorColumn + width, columns - 1)
    }
    text = ""
  }

  /// Half of a wide character that is written over leaves the other half blank.
  private mutating func put(_ cell: Cell, _ row: Int, _ column: Int) {
    if rows[row][column].text.isEmpty, !cell.text.isEmpty, column > 0 {
      rows[row][column - 1].text = " "
    }
    if column + 1 < columns, rows[row][column + 1].text.isEmpty, !rows[row][column].text.isEmpty {
      rows[row][column + 1].text = " "
    }
    rows[row][column] = cell
  }
}
