/// A change of a text, with what it takes to undo it.
struct TextEdit: Hashable {
  /// Where it begins, in bytes.
  var offset: Int
  var removed: String
  var inserted: String
  /// Where the cursor was before.
  var cursorBefore: Int

  /// What was there before, now.
  var removedRange: Range<Int> { offset..<offset + removed.utf8.count }
  /// What is there after it.
  var insertedRange: Range<Int> { offset..<offset + inserted.utf8.count }
  var byteCount: Int { removed.utf8.count + inserted.utf8.count }
}
