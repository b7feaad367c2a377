/// A text with a cursor, which always stands between two graphemes.
///
/// Offsets count bytes of UTF-8. Line breaks are line feeds: carriage returns that are put in become such.
struct EditedText {
  private(set) var text: String
  private(set) var cursor: Int
  /// Where the text changed since ``takeChange()``; nil if it did not.
  private var change: TextChange?

  /// A text with the cursor at its end.
  init(_ text: String = "") {
    self.text = Self.unified(text)
    cursor = self.text.utf8.count
    change = TextChange(start: 0, tail: 0, count: cursor)
  }

  var isEmpty: Bool { text.isEmpty }
  var count: Int { text.utf8.count }
  var isAtEnd: Bool { cursor == count }

  /// Where the text changed since the last call.
  mutating func takeChange() -> TextChange? {
    defer { change = nil }
    return change
  }

  /// Puts text in the place of a range, and the cursor behind it. Returns what was done.
  mutating func replace(_ range: Range<Int>, with new: String) -> TextEdit {
    let range = clamped(range)
    let new = Self.unified(new)
    let indices = index(range.lowerBound)..<index(range.upperBound)
    let edit = TextEdit(
      offset: range.lowerBound, removed: String(text[indices]), inserted: new,
      cursorBefore: cursor)
    text.replaceSubrange(indices, with: new)
    let end = range.lowerBound + new.utf8.count
    let now = TextChange(start: range.lowerBound, tail: count - end, count: count)
    change = now.joined(with: change)
    move(to: end)
    return edit
  }

  /// Moves the cursor to an offset, or behind the grapheme in which that lies.
  mutating func move(to offset: Int) { cursor = boundary(atOrAfter: offset) }

  /// The part of the text in a range.
  func part(_ range: Range<Int>) -> String {
    let range = clamped(range)
    return String(text[index(range.lowerBound)..<index(range.upperBound)])
  }

  /// The start of the grapheme before an offset; 0 at the start.
  func before(_ offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    if isPlain(offset - 1), isPlain(offset) { return offset - 1 }
    return self.offset(text.index(before: index(offset)))
  }

  /// The end of the grapheme after an offset; the text's end at its end.
  func after(_ offset: Int) -> Int {
    guard offset < count else { return count }
    if isPlain(offset), isPlain(offset + 1) { return offset + 1 }
    return self.offset(text.index(after: index(offset)))
  }

  /// The start of the line in which an offset lies.
  func lineStart(of offset: Int) -> Int {
    let bytes = text.utf8.span
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }

  /// The end of the line in which an offset lies, before its line break.
  func lineEnd(of offset: Int) -> Int {
    let bytes = text.utf8.span
    var end = min(offset, bytes.count)
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  /// The start of the word before an offset.
  func wordStart(before offset: Int) -> Int {
    var start = offset
    while start > 0, !isWord(before: start) { start = before(start) }
    while start > 0, isWord(before: start) { start = before(start) }
    return start
  }

  /// The start of the word after an offset; the offset itself within one.
  func wordStart(after offset: Int) -> Int {
    var start = offset
    while start < count, !isWord(after: start) { start = after(start) }
    return start
  }

  /// The end of the word after an offset.
  func wordEnd(after offset: Int) -> Int {
    var end = wordStart(after: offset)
    while end < count, isWord(after: end) { end = after(end) }
    return end
  }

  /// The start of what stands between blanks before an offset.
  func blankDelimitedStart(before offset: Int) -> Int {
    let bytes = text.utf8.span
    var start = offset
    while start > 0, Self.isBlank(bytes[start - 1]) { start -= 1 }
    while start > 0, !Self.isBlank(bytes[start - 1]) { start -= 1 }
    return boundary(atOrAfter: start)
  }

  private func isWord(before offset: Int) -> Bool { isWord(after: before(offset)) }

  private func isWord(after offset: Int) -> Bool {
    guard offset < count else { return false }
    let scalar = text.unicodeScalars[index(offset)]
    if scalar.isASCII { return scalar == "_" || scalar.properties.isAlphabetic || isDigit(scalar) }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A
  }

  /// Whether an offset stands between graphemes.
  func isBoundary(_ offset: Int) -> Bool { boundary(atOrAfter: offset) == offset }

  private func boundary(atOrAfter offset: Int) -> Int {
    let offset = min(max(offset, 0), count)
    if offset == 0 || offset == count || (isPlain(offset - 1) && isPlain(offset)) { return offset }
    let index = index(offset)
    return index.samePosition(in: text) != nil ? offset : self.offset(text.index(after: index))
  }

  /// Whether an offset is the text's end or that of an ASCII character; between two of them is always
  /// a boundary of graphemes.
  private func isPlain(_ offset: Int) -> Bool {
    let bytes = text.utf8.span
    return offset >= bytes.count || bytes[offset] < 0x80
  }

  private func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: offset)
  }

  private func offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.startIndex, to: index)
  }

  private func clamped(_ range: Range<Int>) -> Range<Int> {
    let upper = min(max(range.upperBound, 0), count)
    return min(max(range.lowerBound, 0), upper)..<upper
  }

  private static func unified(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var wasReturn = false
    for byte in text.utf8 {
      if byte == 0x0D || byte != 0x0A || !wasReturn { bytes.append(byte == 0x0D ? 0x0A : byte) }
      wasReturn = byte == 0x0D
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
