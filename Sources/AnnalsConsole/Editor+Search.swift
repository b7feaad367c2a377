/// Ctrl-R.
extension Editor {
  mutating func beginSearch() {
    mode = .searching(
      HistorySearch(position: history.blocks.count, saved: text, savedUndo: undoStack))
  }

  /// Keys while a search is open: text makes the query longer, and a key that means nothing to the search takes
  /// the block and edits it.
  mutating func search(_ key: Key, in search: HistorySearch) -> EditorEvent? {
    var search = search
    switch key {
    case .text(let new), .paste(let new):
      search.query += new.prefix { $0 != "\n" && $0 != "\r\n" }
      find(in: &search, before: search.found == nil ? history.blocks.count : search.position + 1)
    case .named(.backspace, _), .control("h"):
      search.query = String(search.query.dropLast())
      find(in: &search, before: history.blocks.count)
    case .control("r"): find(in: &search, before: search.position)
    case .control("s"): findNewer(in: &search)
    case .named(.escape, _), .control("g"), .control("c"): leave(search)
    case .named(.enter, []): take(search)
    default:
      take(search)
      return edit(key, after: .other, goal: nil)
    }
    return nil
  }

  private mutating func find(in search: inout HistorySearch, before position: Int) {
    show(history.newest(before: position, holding: search.query), in: &search)
  }

  private mutating func findNewer(in search: inout HistorySearch) {
    show(history.oldest(from: search.position + 1, holding: search.query), in: &search)
  }

  private mutating func show(
    _ match: (position: Int, offset: Int)?, in search: inout HistorySearch
  ) {
    search.isMissing = match == nil && !search.query.isEmpty
    if let match {
      let length = search.query.utf8.count
      search.position = match.position
      search.found = match.offset..<match.offset + length
      recall(history.blocks[match.position], cursor: match.offset)
    } else if search.query.isEmpty {
      search.found = nil
      restore(search)
    }
    mode = .searching(search)
  }

  private mutating func restore(_ search: HistorySearch) {
    recall(search.saved.text, cursor: search.saved.cursor)
    undoStack = search.savedUndo
  }

  /// Goes back to what was edited before.
  private mutating func leave(_ search: HistorySearch) {
    mode = .editing
    restore(search)
  }

  /// Edits what was found.
  private mutating func take(_ search: HistorySearch) {
    mode = .editing
    guard search.found != nil else { return restore(search) }
    walk.jump(to: search.position, leaving: search.saved.text)
  }
}
