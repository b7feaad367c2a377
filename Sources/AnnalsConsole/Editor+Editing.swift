/// Keys while nothing is open.
extension Editor {
  mutating func edit(_ key: Key, after deed: Deed, goal: Int?) -> EditorEvent? {
    if case .text = key {} else { undoStack.separate() }
    switch key {
    case .text(let new): type(new)
    case .paste(let new): replace(text.cursor..<text.cursor, with: new)
    case .control(let letter): return control(letter, after: deed, goal: goal)
    case .alt(let letter): alt(letter, after: deed)
    case .named(let name, let modifiers): return press(name, modifiers, after: deed, goal: goal)
    }
    return nil
  }

  private mutating func control(_ letter: Character, after deed: Deed, goal: Int?) -> EditorEvent? {
    switch letter {
    case "a": text.move(to: text.lineStart(of: text.cursor))
    case "b": return press(.left, [], after: deed, goal: goal)
    case "c": return interrupt()
    case "d": return endOrDelete()
    case "e": return press(.end, [], after: deed, goal: goal)
    case "f": return press(.right, [], after: deed, goal: goal)
    case "h": return press(.backspace, [], after: deed, goal: goal)
    case "k": killLine(after: deed)
    case "l": return .clearScreen
    case "n": return press(.down, [], after: deed, goal: goal)
    case "p": return press(.up, [], after: deed, goal: goal)
    case "r": beginSearch()
    case "t": transpose()
    case "u": kill(lineStartOrBreak..<text.cursor, after: deed, isBefore: true)
    case "w":
      kill(text.blankDelimitedStart(before: text.cursor)..<text.cursor, after: deed, isBefore: true)
    case "y": yank()
    case "z": return .suspend
    case "_", "/": undo()
    default: break
    }
    return nil
  }

  private mutating func alt(_ letter: Character, after deed: Deed) {
    switch letter {
    case "b", "B": text.move(to: text.wordStart(before: text.cursor))
    case "f", "F": moveByWordOrTake()
    case "d", "D": kill(text.cursor..<text.wordEnd(after: text.cursor), after: deed)
    case "u", "U": changeWord { $0.uppercased() }
    case "l", "L": changeWord { $0.lowercased() }
    case "c", "C": changeWord { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
    case "y", "Y": yankOlder(after: deed)
    case "<": text.move(to: 0)
    case ">": text.move(to: text.count)
    case "/": if !undoStack.redo(in: &text) { notice = "nothing to do again" }
    default: break
    }
  }

  private mutating func press(
    _ name: Key.Name, _ modifiers: Key.Modifiers, after deed: Deed, goal: Int?
  ) -> EditorEvent? {
    let isByWord = !modifiers.isDisjoint(with: [.alt, .control])
    switch name {
    case .enter: return isByWord || modifiers.contains(.shift) ? breakLine() : enter()
    case .tab: complete()
    case .backspace:
      isByWord
        ? kill(text.wordStart(before: text.cursor)..<text.cursor, after: deed, isBefore: true)
        : replace(text.before(text.cursor)..<text.cursor, with: "")
    case .delete: replace(text.cursor..<text.after(text.cursor), with: "")
    case .left:
      text.move(to: isByWord ? text.wordStart(before: text.cursor) : text.before(text.cursor))
    case .right where isByWord: moveByWordOrTake()
    case .right: if !takeOffer() { text.move(to: text.after(text.cursor)) }
    case .home: text.move(to: isByWord ? 0 : text.lineStart(of: text.cursor))
    case .end where isByWord: text.move(to: text.count)
    case .end: if !takeOffer() { text.move(to: text.lineEnd(of: text.cursor)) }
    case .up: moveByRow(-1, goal: goal)
    case .down: moveByRow(1, goal: goal)
    case .pageUp: walkHistory(-1)
    case .pageDown: walkHistory(1)
    case .escape: break
    }
    return nil
  }

  private mutating func moveByRow(_ direction: Int, goal: Int?) {
    let column = goal ?? view.column(of: text.cursor, in: text.text)
    guard
      let offset = view.offset(direction, rowsFrom: text.cursor, column: column, in: text.text)
    else { return walkHistory(direction) }
    text.move(to: offset)
    goalColumn = column
  }

  /// Goes to an older or newer block, the cursor at its end.
  private mutating func walkHistory(_ step: Int) {
    guard let block = walk.go(step, leaving: text.text, in: history.blocks) else { return }
    recall(block)
  }

  /// Right at the end of the text takes what is offered. Returns false if nothing is.
  private mutating func takeOffer() -> Bool {
    guard text.isAtEnd, let rest = offer() else { return false }
    replace(text.count..<text.count, with: rest)
    return true
  }

  private mutating func moveByWordOrTake() {
    guard text.isAtEnd, let rest = offer() else {
      return text.move(to: text.wordEnd(after: text.cursor))
    }
    let offered = EditedText(rest)
    replace(text.count..<text.count, with: offered.part(0..<offered.wordEnd(after: 0)))
  }

  private mutating func undo() {
    if !undoStack.undo(in: &text) { notice = "nothing to undo" }
  }

  /// What was dropped can be yanked.
  private mutating func interrupt() -> EditorEvent {
    killRing.push(text.text)
    return .interrupted
  }

  private mutating func endOrDelete() -> EditorEvent? {
    if text.isEmpty { return .endOfInput }
    replace(text.cursor..<text.after(text.cursor), with: "")
    return nil
  }
}
