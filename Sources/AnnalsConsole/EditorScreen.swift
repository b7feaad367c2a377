/// The editor with its screen, without a terminal: bytes of keys in, bytes that paint out.
///
/// What is painted begins in the row and at the start of the line where the cursor was at first, and never
/// takes more rows than the screen has.
package struct EditorScreen {
  private var editor: Editor
  private var decoder = KeyDecoder()
  /// Typed, and not looked at yet; the oldest last.
  private var pending: [Key] = []
  private var shown = Frame.empty
  private let hasColours: Bool

  /// So many lines at once come from a terminal that pastes without marking what it pastes.
  private static let pouredCount = 8

  /// - Parameters:
  ///   - history: Earlier blocks, the newest last.
  package init(assistant: any LineAssistant, history: [String] = [], hasColours: Bool) {
    self.init(assistant: assistant, history: BlockHistory(history), hasColours: hasColours)
  }

  init(assistant: any LineAssistant, history: BlockHistory, hasColours: Bool) {
    editor = Editor(assistant: assistant, history: history)
    self.hasColours = hasColours
  }

  /// What is edited, for those who test.
  package var text: String { editor.text.text }

  /// The blocks that were sent, the newest last.
  package var history: [String] { editor.history.blocks }

  /// Whether bytes are held back, whose meaning depends on what follows.
  package var isWaiting: Bool { decoder.isWaiting }

  /// Begins a block on a screen where nothing of it stands yet.
  package mutating func begin(prompt: String, text: String = "", size: ScreenSize) {
    shown = .empty
    editor.begin(prompt: prompt, text: text, size: size)
  }

  /// Keeps a block as the newest of the history. Returns false if it is empty or too large.
  package mutating func keep(_ block: String) -> Bool { editor.history.add(block) }

  /// Takes what was typed.
  package mutating func take(_ bytes: Span<UInt8>) { add(decoder.keys(from: bytes)) }

  /// Nothing was typed for a while: what is held back stands for itself.
  package mutating func flush() { add(decoder.flush()) }

  /// Does what was typed, up to the first key that leads to an event; the rest waits.
  package mutating func next() -> EditorEvent? {
    while let key = pending.popLast() {
      if let event = editor.take(key) { return event }
    }
    editor.isPoured = false
    return nil
  }

  /// What turns the screen into what it should be.
  package mutating func paint() -> String { paint(editor.frame()) }

  /// What turns an empty screen into what it should be, with all worked out anew.
  package mutating func repaint() -> String {
    shown = .empty
    editor.view.forgetAll()
    return paint()
  }

  /// What leaves the finished block alone on the screen, and the cursor in the line after it.
  ///
  /// - Parameter isDropped: Whether a mark shows that it is not used.
  package mutating func finish(isDropped: Bool) -> String {
    paint(editor.finalFrame(isDropped: isDropped)) + leave()
  }

  /// What leaves the cursor in the line after the screen as it is.
  package mutating func leave() -> String {
    var painter = Painter(hasColours: hasColours)
    defer { shown = .empty }
    return painter.leave(shown)
  }

  /// What clears the screen of a terminal that has another size now and has broken its rows anew.
  package mutating func resize(_ size: ScreenSize) -> String {
    var painter = Painter(hasColours: hasColours)
    let reflowed = shown.reflowed(columns: size.columns)
    begin(on: size)
    return painter.clear(reflowed)
  }

  /// Goes on where nothing stands of the block, on a screen of a size.
  package mutating func begin(on size: ScreenSize) {
    shown = .empty
    editor.resize(size)
  }

  private mutating func add(_ keys: [Key]) {
    if keys.count(where: { $0 == .named(.enter, []) }) >= Self.pouredCount {
      editor.isPoured = true
    }
    pending.insert(contentsOf: keys.reversed(), at: 0)
  }

  private mutating func paint(_ frame: Frame) -> String {
    var painter = Painter(hasColours: hasColours)
    defer { shown = frame }
    return painter.paint(frame, over: shown)
  }
}
