import AnnalsEngine
import CAnnalsKernels

/// Memory that kernels read and write by index; only a debug build checks the index.
///
/// SAFETY: The one who makes a lane keeps the buffer behind it alive and in its place as long as the
/// lane is used. A kernel's comment says why its indexes lie within. The tests and fuzz targets run
/// with the check on.
/// Measured: only as part of the whole reader, in `Documentation/decisions/0008-reading-csv.md`.
@safe struct Lane<Element: BitwiseCopyable & Sendable> {
  fileprivate let base: UnsafeMutablePointer<Element>
  fileprivate let count: Int

  @inline(__always) init(_ buffer: Buffer<Element>) {
    unsafe base = buffer.unsafeBase
    count = buffer.count
  }

  /// The values and the room behind them, until the buffer grows.
  @inline(__always) init(_ buffer: GrowingBuffer<Element>) {
    unsafe base = buffer.unsafeBase
    count = buffer.capacity
  }

  @inline(__always) @unsafe fileprivate init(base: UnsafeMutablePointer<Element>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  @inline(__always) subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count, "an index lies within its lane")
      return unsafe base[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count, "an index lies within its lane")
      unsafe base[index] = newValue
    }
  }

  /// Copies `length` values of another lane to `index`.
  @inline(__always) func copy(from other: Lane, _ start: Int, length: Int, to index: Int) {
    assert(length >= 0 && start >= 0 && start + length <= other.count, "the values are there")
    assert(index >= 0 && index + length <= count, "there is room for the values")
    unsafe (base + index).update(from: other.base + start, count: length)
  }

  /// Runs `body` on some of the values as a span.
  func withSpan<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the values are there")
    // SAFETY: the range was checked, and the span does not outlive the call.
    return try body(
      unsafe Span(_unsafeStart: UnsafePointer(base + range.lowerBound), count: range.count))
  }

  /// Runs `body` on the memory from a value on.
  @inline(__always) @unsafe func withMemory<Result>(
    from index: Int, _ body: (UnsafeMutablePointer<Element>) -> Result
  ) -> Result {
    assert(index >= 0 && index <= count, "an index lies within its lane")
    return unsafe body(base + index)
  }
}

extension Lane {
  /// Asks for a value to be brought near; nothing is read.
  @inline(__always) func prefetch(_ index: Int) {
    assert(index >= 0 && index < count, "an index lies within its lane")
    unsafe annals_prefetch(base + index)
  }
}

extension Lane<UInt8> {
  /// How many bytes behind the last one of a text can be read, though they mean nothing.
  static var padding: Int { 64 }

  /// The eight bytes from an index on, the first one lowest.
  @inline(__always) func word(_ index: Int) -> UInt64 {
    assert(index >= 0 && index + 8 <= count, "a word lies within its lane")
    return UInt64(
      littleEndian: unsafe UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
  }

  /// The bytes of a text of at most 32, as words with zeros behind its end; 32 can be read from its
  /// start on.
  @inline(__always) func shortText(
    _ start: Int, _ length: Int
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    assert(length >= 0 && length <= 32, "the text is short")
    assert(start >= 0 && start + 32 <= count, "the bytes are there")
    return unsafe annals_short_text_at(base + start, Int64(length)).words
  }

  /// Whether a text of at most 32 bytes stands in another lane too; so many can be read from both on.
  @inline(__always) func isEqual(_ start: Int, to other: Lane, _ place: Int, length: Int) -> Bool {
    assert(length >= 0 && length <= 32, "the texts are short")
    assert(start >= 0 && start + 32 <= count, "the bytes are there")
    assert(place >= 0 && place + 32 <= other.count, "the bytes are there")
    return unsafe annals_short_texts_are_equal(base + start, other.base + place, Int64(length))
  }

  /// Where a byte stands next from `index` on; `end` if it does not. Eight bytes behind `end` can be
  /// read.
  ///
  /// Plain form:  while index < end, self[index] != byte { index += 1 }
  /// Trick:       a byte of the word that is zero borrows from its highest bit; the lowest such bit
  ///              is always right.
  @inline(__always) func position(of byte: UInt8, from index: Int, to end: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let pattern = UInt64(byte) &* ones
    var index = index
    while index < end {
      let difference = word(index) ^ pattern
      let hits = (difference &- ones) & ~difference & (ones &* 0x80)
      if hits != 0 { return Swift.min(index &+ hits.trailingZeroBitCount / 8, end) }
      index &+= 8
    }
    return end
  }

  /// As ``copy(from:_:length:to:)``, where 16 bytes behind both can be read and written.
  @inline(__always) func copyPadded(from other: Lane, _ start: Int, length: Int, to index: Int) {
    assert(length >= 0 && start >= 0 && start + length + 16 <= other.count, "the bytes are there")
    assert(index >= 0 && index + length + 16 <= count, "there is room for the bytes")
    var done = 0
    repeat {
      let bytes = unsafe UnsafeRawPointer(other.base + start + done)
        .loadUnaligned(as: SIMD16<UInt8>.self)
      unsafe UnsafeMutableRawPointer(base + index + done)
        .storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      done &+= 16
    } while done < length
  }

  /// The lane from an index on.
  @inline(__always) func dropping(_ dropped: Int) -> Lane {
    assert(dropped >= 0 && dropped <= count, "an index lies within its lane")
    return unsafe Lane(base: base + dropped, count: count - dropped)
  }
}
