/// Typing and line breaks.
extension Editor {
  /// Blanks of one step of indentation.
  private static let indentation = 2

  mutating func type(_ new: String) {
    replace(text.cursor..<text.cursor, with: new, isTyped: true)
  }

  /// Sends the block if it is complete, else begins a new line of it.
  mutating func enter() -> EditorEvent? {
    outdent()
    let block = text.text
    let isBlank = block.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    return isBlank || assistant.isComplete(block) ? .send(block) : breakLine()
  }

  /// Begins a new line, as far in as this one, and further if something is left open on it.
  mutating func breakLine() -> EditorEvent? {
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
