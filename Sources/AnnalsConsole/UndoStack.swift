/// What was done to a text, to be undone and done again.
///
/// Typing joins to one change for each word, with the blanks after it.
struct UndoStack {
  private var done: [TextEdit] = []
  private var undone: [TextEdit] = []
  private var isTyping = false
  private var byteCount = 0

  /// Older changes are forgotten beyond this.
  private static let byteLimit = 64 << 20

  /// Keeps a change; `isTyped` if it may join the one before.
  mutating func add(_ edit: TextEdit, isTyped: Bool) {
    guard edit.byteCount > 0 else { return }
    undone = []
    let joins = isTyped && isTyping
    isTyping = isTyped
    byteCount += edit.byteCount
    if joins, let last = done.last, Self.joins(edit, last) {
      done[done.count - 1].inserted += edit.inserted
    } else {
      done.append(edit)
    }
    while byteCount > Self.byteLimit, done.count > 1 { byteCount -= done.removeFirst().byteCount }
  }

  /// What is typed next is a change of its own.
  mutating func separate() { isTyping = false }

  /// Takes the last change back. Returns false if there is none.
  mutating func undo(in text: inout EditedText) -> Bool {
    guard let edit = done.popLast() else { return false }
    isTyping = false
    byteCount -= edit.byteCount
    _ = text.replace(edit.insertedRange, with: edit.removed)
    text.move(to: edit.cursorBefore)
    undone.append(edit)
    return true
  }

  /// Does what was undone last again. Returns false if there is none.
  mutating func redo(in text: inout EditedText) -> Bool {
    guard let edit = undone.popLast() else { return false }
    byteCount += edit.byteCount
    _ = text.replace(edit.removedRange, with: edit.inserted)
    done.append(edit)
    return true
  }

  private static func joins(_ edit: TextEdit, _ last: TextEdit) -> Bool {
    guard edit.removed.isEmpty, edit.offset == last.insertedRange.upperBound else { return false }
    let endsWord = last.inserted.utf8.last.map(isBlank) ?? true
    let beginsWord = edit.inserted.utf8.first.map { !isBlank($0) } ?? true
    return !(endsWord && beginsWord)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A
  }
}
