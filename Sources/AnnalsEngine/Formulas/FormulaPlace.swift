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
    let marks =
      String(repeating: " ", count: before.count)
      + String(repeating: "^", count: max(part.count, 1))
    return (line, marks)
  }
}
