/// Where the rows of the screen begin in a text: after each line break, and where a row is full.
///
/// Rows are found as far as somebody asks, and stay known until the text before them changes, so that a key in
/// a large text costs what is on the screen.
struct RowStarts {
  /// Cells of a row.
  let width: Int
  /// In bytes; the first is 0.
  private var starts = [0]
  /// Whether no row follows the known ones.
  private var isWhole = false

  init(width: Int) { self.width = max(1, width) }

  /// How many rows are known.
  var knownCount: Int { starts.count }

  /// Forgets what a change at an offset may have moved.
  mutating func forget(from offset: Int) {
    isWhole = false
    while starts.count > 1, starts[starts.count - 1] >= offset { starts.removeLast() }
    // What follows may go into the row before, if the first grapheme after the break became smaller.
    if starts.count > 1 { starts.removeLast() }
  }

  /// The row in which an offset lies. The end of a full row is the start of the next.
  mutating func row(of offset: Int, in text: String) -> Int {
    let bytes = text.utf8.span
    while !isWhole, starts[starts.count - 1] <= offset { findNext(in: text, bytes) }
    var (low, high) = (0, starts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The bytes of a row without its line break; nil if there is no such row.
  mutating func range(of row: Int, in text: String) -> Range<Int>? {
    let bytes = text.utf8.span
    while !isWhole, starts.count <= row + 1 { findNext(in: text, bytes) }
    guard row >= 0, row < starts.count else { return nil }
    let start = starts[row]
    let end = row + 1 < starts.count ? starts[row + 1] : bytes.count
    let hasBreak = end > start && bytes[end - 1] == UInt8(ascii: "\n")
    return start..<(hasBreak ? end - 1 : end)
  }

  private mutating func findNext(in text: String, _ bytes: Span<UInt8>) {
    let end = Self.end(ofRowAt: starts[starts.count - 1], width: width, in: text, bytes)
    if let end { starts.append(end) } else { isWhole = true }
  }

  /// Where the row after the one at `start` begins; nil if that is the last.
  static func end(
    ofRowAt start: Int, width: Int, in text: String, _ bytes: Span<UInt8>
  ) -> Int? {
    var (offset, column) = (start, 0)
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") { return offset + 1 }
      // What stands in most texts, without a look at what graphemes are.
      let isPlain = byte >= 0x20 && byte < 0x7F
      if isPlain, offset + 1 >= bytes.count || bytes[offset + 1] < 0x80 {
        guard column < width else { return offset }
        column += 1
        offset += 1
        continue
      }
      let glyph = Glyph.at(offset, in: text, bytes: bytes)
      if column > 0, column + glyph.width > width { return offset }
      column += glyph.width
      offset += glyph.byteCount
    }
    return nil
  }

  /// The cell at which an offset of a row that begins at `start` lies.
  static func column(of offset: Int, from start: Int, in text: String) -> Int {
    let bytes = text.utf8.span
    var (place, column) = (start, 0)
    while place < offset, place < bytes.count {
      let glyph = Glyph.at(place, in: text, bytes: bytes)
      column += glyph.width
      place += glyph.byteCount
    }
    return column
  }

  /// The boundary in a row that is nearest to a cell from the left; if the row goes on in the next, one
  /// before its end.
  static func offset(
    at column: Int, in range: Range<Int>, of text: String, goesOn: Bool
  ) -> Int {
    let bytes = text.utf8.span
    var (place, reached) = (range.lowerBound, 0)
    while place < range.upperBound {
      let glyph = Glyph.at(place, in: text, bytes: bytes)
      let end = place + glyph.byteCount
      guard reached + glyph.width <= column, !goesOn || end < range.upperBound else { break }
      reached += glyph.width
      place = end
    }
    return place
  }
}
