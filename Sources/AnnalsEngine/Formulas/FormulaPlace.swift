/// A part of a formula's text, for messages.
public struct FormulaPlace: Hashable, Sendable {
  /// The whole formula as it was written.
  public let formula: String
  /// Bytes of its UTF-8 form.
  public let range: Range<Int>

  package init(formula: String, range: Range<Int>) {
    self.formula = formula
    self.range = range
  }

  /// The part itself.
  public var text: String {
    let bytes = Array(formula.utf8)
    let start = min(max(range.lowerBound, 0), bytes.count)
    let end = min(max(range.upperBound, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The formula with a line under it that marks the part. A formula of several lines is shown by
  /// the line in which the part begins.
  package var marked: (line: String, marks: String) {
    let bytes = Array(formula.utf8)
    let start = min(range.lowerBound, bytes.count)
    let lineStart = (bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 }) ?? 0
    let lineEnd = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let end = min(max(range.upperBound, start), lineEnd)
    let line = String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self)
    let before = String(decoding: bytes[lineStart..<start], as: UTF8.self)
    let part = String(decoding: bytes[start..<end], as: UTF8.self)
    return Self.window(Array(line), from: before.count, count: max(part.count, 1))
  }

  /// How many characters of a line are shown.
  private static let widest = 100
  /// How many of them stand before the marked part, if so many there are.
  private static let lead = 30

  /// The line with its marks, of which `…` stands for what is left out at either end.
  private static func window(
    _ line: [Character], from start: Int, count: Int
  ) -> (line: String, marks: String) {
    let first = max(0, min(start - lead, line.count - widest))
    let end = min(line.count, first + widest)
    let shown = (first > 0 ? "…" : "") + String(line[first..<end]) + (end < line.count ? "…" : "")
    let space = start - first + (first > 0 ? 1 : 0)
    let marks = min(count, max(end - start, 1))
    return (shown, String(repeating: " ", count: space) + String(repeating: "^", count: marks))
  }
}
