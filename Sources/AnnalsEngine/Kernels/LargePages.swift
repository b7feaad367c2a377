import Glibc

/// How large blocks of memory ask for large pages.
enum LargePages {
  /// Bytes from which on a block asks for them: it is sure to hold some then.
  private static let least = 4 << 20
  private static let smallPage = 4096

  // Plain form:  nothing; memory comes page by page as it is first written.
  // Trick:       advise the system to hand it out in pages of 2 MiB. One fault then stands for 512, and
  //              looking things up at random misses the processor's table of pages less.
  // Measured:    at 1e7 rows the top two of 1e5 groups take 157 against 262 ms, sums by six columns
  //              3.6 against 4.5 s, at two threads 3.4 against 5.4 s; a buffer that grows loses by it,
  //              since pages that move in part are split (482 against 395 ms).
  // Remove when: the system does so unasked, or leaving it out comes within 1.1x on those questions.
  /// Advises the system on a block that is not yet written. It may do as it likes.
  static func ask(for start: UnsafeMutableRawPointer, byteCount: Int) {
    guard byteCount >= least else { return }
    let offset = Int(bitPattern: 0 &- UInt(bitPattern: start)) & (smallPage - 1)
    // SAFETY: the pages lie whole within memory of the caller's, and advice changes no value in them.
    unsafe madvise(start + offset, (byteCount - offset) & -smallPage, MADV_HUGEPAGE)
  }
}
