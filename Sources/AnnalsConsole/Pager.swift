import AnnalsPlatform

/// Shows a text that is longer than the screen, page by page, until somebody leaves it.
package enum Pager {
  /// Shows lines that hold nothing that acts on a terminal; nothing is left of them afterwards.
  ///
  /// - Returns: Whether there was a terminal to show them on.
  package static func show(_ text: String) -> Bool {
    guard RawTerminal.isPossible, let terminal = RawTerminal() else { return false }
    defer { terminal.leave() }
    StandardStream.output.write("\u{1B}[?1049h")
    defer { StandardStream.output.write("\u{1B}[?1049l") }
    var view = PagerView(text, size: size)
    var decoder = KeyDecoder()
    while true {
      paint(view)
      let wake = terminal.wait(milliseconds: decoder.isWaiting ? escapeTime : nil)
      if wake.contains(.resized) { view.resize(size) }
      var keys: [Key] = wake.contains(.expired) ? decoder.flush() : []
      if wake.contains(.input) {
        guard let bytes = StandardStream.input.read() else { return true }
        keys += decoder.keys(from: bytes.span)
      }
      for key in keys where !view.take(key) { return true }
    }
  }

  /// Milliseconds after which an escape character stands for its own key.
  private static let escapeTime = 30

  private static var size: ScreenSize {
    let size = StandardStream.output.terminalSize
    return ScreenSize(columns: size?.columns ?? 80, rows: size?.rows ?? 24)
  }

  private static func paint(_ view: PagerView) {
    let rows = view.rows.map { $0 + "\u{1B}[K" }
    StandardStream.output.write("\u{1B}[H" + rows.joined(separator: "\r\n"))
  }
}
