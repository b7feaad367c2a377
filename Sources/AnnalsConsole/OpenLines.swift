/// Whether something is open in a text by its brackets and words, remembered along its lines, so that
/// a line more costs that line.
struct OpenLines {
  private var nesting = LuaNesting()
  /// The end of the lines that were looked at, behind their last line break.
  private var end = 0

  /// Forgets what a change may have made another.
  mutating func forget(_ change: TextChange) {
    if change.start < end { self = OpenLines() }
  }

  /// Whether a text leaves something open.
  mutating func isOpen(in text: String) -> Bool {
    let bytes = text.utf8.span
    for place in end..<max(end, bytes.count) where bytes[place] == UInt8(ascii: "\n") {
      nesting.take(Self.line(end..<place, of: text))
      end = place + 1
    }
    var whole = nesting
    whole.take(Self.line(end..<max(end, bytes.count), of: text))
    return whole.isOpen
  }

  private static func line(_ range: Range<Int>, of text: String) -> String {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    return String(text[start..<text.utf8.index(start, offsetBy: range.count)])
  }
}
