/// Typing and line breaks.
extension Editor {
  /// Blanks of one step of indentation.
  private static let indentation = 2
  /// A larger block is only asked for its end where nothing is open by its brackets and words, so that its
  /// cost does not grow with the square of its lines.
  static let eagerLimit = 1 << 14

  mutating func type(_ new: String) {
    replace(text.cursor..<text.cursor, with: new, isTyped: true)
  }

  /// Sends the block if it is complete, else begins a new line of it.
  mutating func enter() -> EditorEvent? {
    outdent()
    return isComplete() ? .send(text.text) : breakLine()
  }

  private mutating func isComplete() -> Bool {
    if text.text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }) { return true }
    noteChange()
    if text.count > Self.eagerLimit, openLines.isOpen(in: text.text) { return false }
    return assistant.isComplete(text.text)
  }

  /// Begins a new line, as far in as this one, and further if something is left open on it.
  mutating func breakLine() -> EditorEvent? {
    guard !isPoured else {
      replace(text.cursor..<text.cursor, with: "\n")
      return nil
    }
    outdent()
    let start = text.lineStart(of: text.cursor)
    let line = text.part(start..<text.cursor)
    let blanks = line.prefix { $0 == " " || $0 == "\t" }
    let depth = LuaNesting.isOpen(in: line) ? Self.indentation : 0
    let new = "\n" + blanks + String(repeating: " ", count: depth)
    replace(text.cursor..<text.cursor, with: new)
    automaticIndentation = text.cursor - new.utf8.count + 1..<text.cursor
    return nil
  }

  /// A line that only closes what was open goes out by one step, if we have indented it.
  private mutating func outdent() {
    guard let indentation = automaticIndentation, indentation.count >= Self.indentation else {
      return
    }
    let start = text.lineStart(of: text.cursor)
    let line = text.part(start..<text.lineEnd(of: text.cursor))
    let blanks = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    guard start == indentation.lowerBound, blanks == indentation.count,
      LuaNesting.beginsWithEnd(line)
    else { return }
    automaticIndentation = nil
    let cursor = text.cursor
    replace(start..<start + Self.indentation, with: "")
    text.move(to: max(start, cursor - Self.indentation))
  }
}
