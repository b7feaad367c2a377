/// Two texts line by line, as people read what changed: `-` was expected, `+` was found.
struct LineDifference {
  let expected: [Substring]
  let found: [Substring]
  /// Whether two lines pass for the same.
  let isSame: (Substring, Substring) -> Bool

  /// Lines that are shown around those that differ.
  private static let contextCount = 2
  /// Of each text so many lines are compared from the first that differs on, and so many are shown.
  private static let comparedCount = 500
  private static let shownCount = 80
  /// Characters of a line that are shown.
  private static let width = 300

  /// The lines that differ; nil if all pass for the same.
  var text: String? {
    let start = zip(expected, found).prefix { isSame($0, $1) }.count
    if start == expected.count, start == found.count { return nil }
    let edits = edits(from: start)
    let before = expected[max(start - Self.contextCount, 0)..<start]
    var lines = ["line \(start - before.count + 1)"] + before.map { Self.line(" ", $0) }
    lines += edits.lines.prefix(Self.shownCount)
    let more = max(edits.lines.count - Self.shownCount, 0)
    if more > 0 || edits.isCut { lines.append("… and more") }
    return lines.joined(separator: "\n")
  }

  /// The lines from one on, each with its mark, up to a few behind the last that differs.
  private func edits(from start: Int) -> (lines: [String], isCut: Bool) {
    let left = Array(expected[start...].prefix(Self.comparedCount))
    let right = Array(found[start...].prefix(Self.comparedCount))
    let changes = right.difference(from: left) { isSame($0, $1) }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var hunk = LineHunk()
    var (old, new) = (0, 0)
    while old < left.count || new < right.count {
      if removed.contains(old) {
        hunk.change(Self.line("-", left[old]))
        old += 1
      } else if inserted.contains(new) {
        hunk.change(Self.line("+", right[new]))
        new += 1
      } else {
        if new < right.count { hunk.keep(Self.line(" ", right[new]), number: start + new + 1) }
        (old, new) = (old + 1, new + 1)
      }
    }
    let isCut = max(expected.count, found.count) - start > Self.comparedCount
    return (hunk.lines, isCut)
  }

  private static func line(_ mark: String, _ line: Substring) -> String {
    let hasEnd = line.utf8.last == 0x0A
    let text = hasEnd ? line.dropLast() : line
    let shown = text.count > width ? text.prefix(width) + "…" : text
    return mark + shown + (hasEnd ? "" : " (without a line break)")
  }

  /// Lines with marks, of which those are left out that stand far from a change.
  private struct LineHunk {
    private(set) var lines: [String] = []
    /// Lines since the last change that are not shown yet, with the number of the first behind them.
    private var waiting: [String] = []
    private var nextNumber = 0
    private var isAfterChange = 0

    mutating func change(_ line: String) {
      let kept = waiting.suffix(contextCount)
      if kept.count < waiting.count { lines.append("line \(nextNumber - kept.count)") }
      lines += kept + [line]
      waiting = []
      isAfterChange = contextCount
    }

    mutating func keep(_ line: String, number: Int) {
      nextNumber = number + 1
      if isAfterChange > 0 {
        lines.append(line)
        isAfterChange -= 1
      } else {
        waiting.append(line)
      }
    }
  }
}
