/// Loops over the bits of a batch, 64 rows at a time. `count` is a number of words.
enum Words {
  static func fill(_ target: Buffer<UInt64>, _ word: UInt64, count: Int) {
    var target = target.mutableSpan
    for index in 0..<count { target[index] = word }
  }

  static func and(
    _ left: Buffer<UInt64>, _ right: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int
  ) {
    let left = left.span
    let right = right.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = left[index] & right[index] }
  }

  static func andNot(
    _ left: Buffer<UInt64>, _ right: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int
  ) {
    let left = left.span
    let right = right.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = left[index] & ~right[index] }
  }

  static func or(
    _ left: Buffer<UInt64>, _ right: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int
  ) {
    let left = left.span
    let right = right.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = left[index] | right[index] }
  }

  // Plain form:  while word != 0 { the lowest bit's place is written, the bit taken away }
  // Trick:       the places of four bits are written whether there are so many or not, since the
  //              processor can't guess when a loop over a few bits ends.
  // Measured:    q3 1.17x at 10 million rows of a mapped file (pairs by turns).
  // Remove when: the plain form comes within 1.1x on that question.
  /// Writes the places of the bits of a word, counted from `start` on, to `end` and on. There must be
  /// room for four, or as many as there are bits.
  ///
  /// - Returns: The end of what was written.
  @inline(__always)
  static func writePlaces(
    of word: UInt64, from start: Int, to places: inout MutableSpan<Int32>, at end: Int
  ) -> Int {
    let first = Int32(truncatingIfNeeded: start)
    var rest = word
    for index in 0..<4 {
      places[end &+ index] = first &+ Int32(truncatingIfNeeded: rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
    let next = end &+ word.nonzeroBitCount
    var place = end &+ 4
    while place < next {
      places[place] = first &+ Int32(truncatingIfNeeded: rest.trailingZeroBitCount)
      rest &= rest &- 1
      place &+= 1
    }
    return next
  }

  static func not(_ source: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int) {
    let source = source.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = ~source[index] }
  }
}
