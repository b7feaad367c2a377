import AnnalsReports

/// A search in the history from the newest block back.
struct HistorySearch {
  var query = ""
  /// The found block's place in the history; its count before anything is found.
  var position: Int
  /// Where the query stands in it, in bytes.
  var found: Range<Int>?
  /// Whether the query is in no (further) block.
  var isMissing = false
  /// What was edited before.
  let saved: EditedText
  let savedUndo: UndoStack

  private var label: String { isMissing ? "no older block: " : "search: " }

  /// The row below the block.
  func row(columns: Int) -> [Cell] {
    var cells: [Cell] = []
    cells.append(label, .hint, upTo: columns)
    cells.append(shownQuery(columns: columns), .plain, upTo: columns)
    let help = "  Enter takes it, Ctrl-R an older one, Esc none"
    if cells.count + help.utf8.count <= columns { cells.append(help, .hint, upTo: columns) }
    return cells
  }

  /// The cell after the query.
  func cursorColumn(columns: Int) -> Int {
    min(columns, label.utf8.count + DisplayWidth.of(shownQuery(columns: columns)))
  }

  /// The end of the query, as much as fits.
  private func shownQuery(columns: Int) -> String {
    let room = max(1, columns - label.utf8.count)
    var shown = VisibleText.line(String(query.suffix(room)))
    while DisplayWidth.of(shown) > room { shown.removeFirst() }
    return shown
  }
}
