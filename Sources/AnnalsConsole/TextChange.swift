/// Which part of a text may be another than before: all but a beginning and an end.
struct TextChange {
  /// Bytes from the start that are as they were.
  var start: Int
  /// Bytes before the end that are as they were.
  var tail: Int
  /// How many bytes the text has now.
  var count: Int

  /// What two changes have left as it was, of which this is the later.
  func joined(with earlier: TextChange?) -> TextChange {
    guard let earlier else { return self }
    return TextChange(
      start: min(start, earlier.start), tail: min(tail, earlier.tail), count: count)
  }
}
