/// Bytes that stand still in memory that somebody else owns, such as a mapped file.
///
/// Buffers may stand on parts of it; it lives until the last of them is gone.
@safe package final class SharedMemory: @unchecked Sendable {
  package let byteCount: Int
  private let base: UnsafeRawPointer
  private let owner: any AnyObject & Sendable

  /// - Parameters:
  ///   - start: So many bytes must be readable from here, and nobody may write them, as long as
  ///     `owner` lives.
  @unsafe package init(start: UnsafeRawPointer, byteCount: Int, owner: any AnyObject & Sendable) {
    precondition(byteCount >= 0, "a count is not negative")
    self.byteCount = byteCount
    self.owner = owner
    unsafe base = start
  }

  /// The bytes of a buffer that nobody writes any more.
  package convenience init<Element>(_ buffer: Buffer<Element>) {
    // SAFETY: a buffer's memory stays where it is as long as the buffer lives.
    unsafe self.init(
      start: buffer.start, byteCount: buffer.count * MemoryLayout<Element>.stride, owner: buffer)
  }

  /// All bytes.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self) get {
      // SAFETY: `base` holds `byteCount` bytes as long as `owner` lives, and the span borrows `self`.
      let start = unsafe base.assumingMemoryBound(to: UInt8.self)
      let span = unsafe Span(_unsafeStart: start, count: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Where some of the bytes stand; nil if they don't all lie within.
  @unsafe func pointer(at offset: Int, count: Int) -> UnsafeRawPointer? {
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      return nil
    }
    return unsafe base + offset
  }
}
