/// A range in parts, between which long work asks whether to go on.
struct Parts: Sequence, IteratorProtocol {
  /// How many numbers a part has; the last may have less.
  static let length = 1 << 16

  private var start: Int
  private let end: Int

  init(of range: Range<Int>) {
    start = range.lowerBound
    end = range.upperBound
  }

  init(below count: Int) { self.init(of: 0..<Swift.max(count, 0)) }

  mutating func next() -> Range<Int>? {
    guard start < end else { return nil }
    let part = start..<start + Swift.min(Parts.length, end - start)
    start = part.upperBound
    return part
  }
}
