/// Cutting, putting in again, and changing words.
extension Editor {
  /// Cuts a range; what is cut right after something else joins it.
  mutating func kill(_ range: Range<Int>, after deed: Deed, isBefore: Bool = false) {
    lastDeed = .kill
    guard !range.isEmpty else { return }
    let part = text.part(range)
    if case .kill = deed { killRing.extend(part, before: isBefore) } else { killRing.push(part) }
    replace(range, with: "")
  }

  /// Up to the end of the line, or its break at the end.
  mutating func killLine(after deed: Deed) {
    let end = text.lineEnd(of: text.cursor)
    kill(text.cursor..<(end == text.cursor ? text.after(end) : end), after: deed)
  }

  /// The start of the line, or that of its break if the cursor stands there.
  var lineStartOrBreak: Int {
    let start = text.lineStart(of: text.cursor)
    return start == text.cursor ? text.before(start) : start
  }

  mutating func yank() {
    guard let part = killRing.current else { return notice = "nothing was cut" }
    let start = text.cursor
    replace(start..<start, with: part)
    lastDeed = .yank(start..<text.cursor)
  }

  /// Puts in what was cut before, in place of what was put in just now.
  mutating func yankOlder(after deed: Deed) {
    guard case .yank(let range) = deed else { return }
    killRing.rotate()
    guard let part = killRing.current else { return }
    replace(range, with: part)
    lastDeed = .yank(range.lowerBound..<text.cursor)
  }

  /// Exchanges the graphemes around the cursor, or the last two of a line at its end.
  mutating func transpose() {
    let isLineEnd = text.cursor == text.lineEnd(of: text.cursor)
    let middle = isLineEnd ? text.before(text.cursor) : text.cursor
    let (start, end) = (text.before(middle), text.after(middle))
    guard text.lineStart(of: middle) <= start, start < middle, middle < end else { return }
    replace(start..<end, with: text.part(middle..<end) + text.part(start..<middle))
  }

  /// Changes what lies between the cursor and the end of its word or the next.
  mutating func changeWord(_ change: (String) -> String) {
    let start = text.wordStart(after: text.cursor)
    let end = text.wordEnd(after: start)
    replace(start..<end, with: change(text.part(start..<end)))
  }
}
