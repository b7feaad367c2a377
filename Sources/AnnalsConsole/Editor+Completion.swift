/// Tab.
extension Editor {
  /// Candidates beyond these are not listed.
  private static let candidateLimit = 10_000

  /// Completes what is before the cursor as far as there is one way, and opens a menu where there are
  /// several. At the start of a further line it indents.
  mutating func complete() {
    let start = text.lineStart(of: text.cursor)
    if start > 0, text.part(start..<text.cursor).utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      return replace(text.cursor..<text.cursor, with: "  ")
    }
    guard let found = candidates() else { return notice = "nothing fits here" }
    let typed = text.part(found.range)
    if found.candidates.count == 1 {
      let only = found.candidates[0].text
      return only == typed ? notice = "nothing more fits here" : replace(found.range, with: only)
    }
    let common = Self.commonStart(of: found.candidates)
    // Candidates may differ from what was typed, but they take its place only if they go on with it.
    let goesOn = common.lowercased().hasPrefix(typed.lowercased())
    if goesOn, common.utf8.count > typed.utf8.count { replace(found.range, with: common) }
    open(found)
  }

  /// Keys while the menu is open.
  mutating func choose(_ key: Key, in menu: CandidateMenu) -> EditorEvent? {
    var menu = menu
    switch key {
    case .named(.tab, let modifiers): step(modifiers.contains(.shift) ? -1 : 1, in: &menu)
    case .named(.down, _), .control("n"): step(1, in: &menu)
    case .named(.up, _), .control("p"): step(-1, in: &menu)
    case .named(.escape, _), .control("g"):
      put(menu.original, in: menu)
      text.move(to: menu.cursorBefore)
      mode = .editing
    case .named(.enter, []) where menu.selected != nil: close(menu)
    default:
      close(menu)
      let event = edit(key, after: .other, goal: nil)
      if menu.selected == nil, event == nil { goOn(after: key) }
      return event
    }
    return nil
  }

  private mutating func step(_ direction: Int, in menu: inout CandidateMenu) {
    let before = menu.chosen
    menu.step(direction)
    _ = text.replace(menu.start..<menu.start + before.utf8.count, with: menu.chosen)
    mode = .choosing(menu)
  }

  private mutating func put(_ original: String, in menu: CandidateMenu) {
    _ = text.replace(menu.start..<menu.start + menu.chosen.utf8.count, with: original)
  }

  /// What is selected stays, as one change.
  private mutating func close(_ menu: CandidateMenu) {
    mode = .editing
    guard menu.selected != nil else { return }
    let chosen = menu.chosen
    put(menu.original, in: menu)
    text.move(to: menu.cursorBefore)
    replace(menu.start..<menu.start + menu.original.utf8.count, with: chosen)
  }

  /// The menu follows what is typed, as long as several candidates fit.
  private mutating func goOn(after key: Key) {
    guard case .editing = mode else { return }
    switch key {
    case .text, .named(.backspace, []): break
    default: return
    }
    if let found = candidates() { open(found) }
  }

  private mutating func open(_ found: Completions) {
    let offset = text.cursor
    guard let again = found.range.upperBound == offset ? found : candidates() else { return }
    mode = .choosing(
      CandidateMenu(
        again.candidates, start: again.range.lowerBound, original: text.part(again.range),
        cursorBefore: offset))
  }

  /// What the assistant offers; nil if nothing, or if its range is none of this text.
  private func candidates() -> Completions? {
    var found = assistant.completions(in: text.text, at: text.cursor)
    found.candidates = Array(found.candidates.prefix(Self.candidateLimit))
    let range = found.range
    guard !found.candidates.isEmpty, range.lowerBound >= 0, range.upperBound <= text.count,
      text.isBoundary(range.lowerBound), text.isBoundary(range.upperBound)
    else { return nil }
    return found
  }

  private static func commonStart(of candidates: [Completions.Candidate]) -> String {
    guard var common = candidates.first.map({ $0.text[...] }) else { return "" }
    for candidate in candidates.dropFirst() {
      common = common.prefix(zip(common, candidate.text).prefix { $0 == $1 }.count)
    }
    return String(common)
  }
}
