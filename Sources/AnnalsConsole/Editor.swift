/// The editor without a terminal: keys in, frames and finished blocks out.
struct Editor {
  /// What keys mean at the moment.
  enum Mode {
    case editing
    case choosing(CandidateMenu)
    case searching(HistorySearch)
  }

  let assistant: any LineAssistant
  var history: BlockHistory
  var text = EditedText()
  var mode = Mode.editing
  var view = TextView(prompt: "", size: ScreenSize(columns: 80, rows: 24))
  var undoStack = UndoStack()
  var killRing = KillRing()
  var walk = HistoryWalk()
  /// Shown below the text until the next key.
  var notice: String?
  /// The column that Up and Down keep to.
  var goalColumn: Int?
  /// What the last key did, where the next depends on it.
  var lastDeed = Deed.other
  /// Blanks that a line break has put in by itself.
  var automaticIndentation: Range<Int>?
  /// Whether so many lines come at once that nobody types them: they bring their own blanks.
  var isPoured = false
  var openLines = OpenLines()

  private var prompt = ""
  private var size = ScreenSize(columns: 80, rows: 24)
  private var offered: String?
  private var isOfferKnown = false

  /// Deeds that the next key may go on with.
  enum Deed {
    case other, kill
    case yank(Range<Int>)
  }

  /// Hints are asked for texts up to so many bytes.
  static let hintLimit = 1 << 16
  /// A block may have so many bytes.
  static let byteLimit = 16 << 20

  init(assistant: any LineAssistant, history: BlockHistory = BlockHistory()) {
    self.assistant = assistant
    self.history = history
  }

  /// Begins a new block.
  mutating func begin(prompt: String, text: String = "", size: ScreenSize) {
    self.prompt = prompt
    walk = HistoryWalk(count: history.blocks.count)
    mode = .editing
    notice = nil
    recall(text)
    resize(size)
  }

  /// The terminal has another size.
  mutating func resize(_ size: ScreenSize) {
    self.size = size
    goalColumn = nil
    view = TextView(prompt: prompt, size: size)
  }

  /// Takes a key.
  mutating func take(_ key: Key) -> EditorEvent? {
    notice = nil
    isOfferKnown = false
    let deed = lastDeed
    let goal = goalColumn
    (lastDeed, goalColumn) = (.other, nil)
    let event: EditorEvent?
    switch mode {
    case .editing: event = edit(key, after: deed, goal: goal)
    case .choosing(let menu): event = choose(key, in: menu)
    case .searching(let search): event = self.search(key, in: search)
    }
    noteChange()
    return event
  }

  /// What stands in for the text on the screen after its end; nil if nothing is offered.
  mutating func offer() -> String? {
    if !isOfferKnown {
      isOfferKnown = true
      offered = nil
      if case .editing = mode, text.isAtEnd { offered = history.rest(after: text.text) }
    }
    return offered
  }

  /// The screen while the block is edited.
  mutating func frame() -> Frame {
    var content = TextView.Content(text: text.text, cursor: text.cursor)
    switch mode {
    case .editing:
      content.ghost = offer() ?? ""
      content.below = below(notice ?? hint()).map { [$0] } ?? []
    case .choosing(let menu):
      content.below = menu.rows(columns: view.columns, count: max(1, min(10, size.rows / 2)))
    case .searching(let search):
      content.found = search.found
      content.below = [search.row(columns: view.columns)]
      content.cursorBelow = search.cursorColumn(columns: view.columns)
      content.marksPair = false
    }
    return view.frame(content)
  }

  /// The screen when the block is finished: the text alone, with a mark after it if it was dropped.
  mutating func finalFrame(isDropped: Bool) -> Frame {
    var content = TextView.Content(text: text.text, cursor: text.count)
    content.marksPair = false
    var frame = view.frame(content)
    if isDropped { frame.rows[frame.rows.count - 1].append("^C", .hint, upTo: view.columns) }
    return frame
  }

  /// Puts another text in place of all, which is no change that could be undone.
  mutating func recall(_ new: String, cursor: Int? = nil) {
    text = EditedText(new)
    if let cursor { text.move(to: cursor) }
    undoStack = UndoStack()
    automaticIndentation = nil
    noteChange()
  }

  /// Puts text in place of a range as one change.
  mutating func replace(_ range: Range<Int>, with new: String, isTyped: Bool = false) {
    guard text.count - range.count + new.utf8.count <= Self.byteLimit else {
      notice = "left out: a block may have \(Self.byteLimit >> 20) MiB"
      return
    }
    undoStack.add(text.replace(range, with: new), isTyped: isTyped)
  }

  /// Tells the view where the text is another.
  mutating func noteChange() {
    guard let change = text.takeChange() else { return }
    view.forget(change)
    openLines.forget(change)
  }

  private func hint() -> String? {
    guard !text.isEmpty, text.count <= Self.hintLimit else { return nil }
    return assistant.hint(for: text.text, at: text.cursor)
  }

  private func below(_ line: String?) -> [Cell]? {
    guard let line, !line.isEmpty else { return nil }
    var cells: [Cell] = []
    cells.append(MenuText.line(line, columns: view.columns), .hint, upTo: view.columns)
    return cells
  }
}
