import AnnalsEngine

/// Rows one after another that have all their fields, and nothing wrong with their form.
struct FieldRun {
  /// From where the positions count.
  let bytes: Lane<UInt8>
  let positions: Lane<UInt32>
  /// Where in `positions` the end of the first field is; the one before it is the end of what was
  /// before.
  let first: Int
  /// How many fields a row has.
  let stride: Int
  let rowCount: Int
  /// -1 where quotes mean nothing, or are taken off already.
  let quote: Int
  /// Whether an LF behind the CR that ended a line may still stand before a row.
  let mayStartWithLineFeed: Bool

  /// The bytes of a field between its quotes, where it has any.
  ///
  /// A field starts behind the end of the one before and ends before its own, so that its bytes lie
  /// within those that were indexed; eight more can always be read.
  @inline(__always) func field(_ row: Int, _ field: Int) -> FieldBytes {
    let index = first &+ row &* stride &+ field
    var start = Int(positions[index &- 1] &+ 1)
    var end = Int(positions[index])
    if field == 0, mayStartWithLineFeed, start < end, bytes[start] == 0x0A { start &+= 1 }
    let isQuoted = start < end && Int(bytes[start]) == quote
    if isQuoted {
      start &+= 1
      end &-= 1
    }
    return FieldBytes(start: start, end: end, isQuoted: isQuoted)
  }

  /// No less than the bytes of all fields.
  var byteCount: Int {
    Int(positions[first &+ rowCount &* stride &- 1]) &- Int(positions[first &- 1] &+ 1)
  }

  /// Whether a quoted field holds quotes, which are doubled.
  @inline(__always) func hasQuote(_ bytes: FieldBytes) -> Bool {
    let quote = UInt8(truncatingIfNeeded: quote)
    return self.bytes.position(of: quote, from: bytes.start, to: bytes.end) < bytes.end
  }

  /// Copies a quoted field with one of each two quotes, and returns how many bytes that are. Behind
  /// them there is padding.
  @inline(__always) func copyUnescaped(
    _ bytes: FieldBytes, to target: Lane<UInt8>, _ start: Int
  ) -> Int {
    let quote = UInt8(truncatingIfNeeded: quote)
    var (index, count) = (bytes.start, 0)
    while index < bytes.end {
      let next = self.bytes.position(of: quote, from: index, to: bytes.end)
      let length = min(next &+ 1, bytes.end) &- index
      target.copyPadded(from: self.bytes, index, length: length, to: start &+ count)
      count &+= length
      index = next &+ 2
    }
    return count
  }
}

/// Where the bytes of a field stand; a quoted one may hold doubled quotes.
struct FieldBytes {
  let start: Int
  let end: Int
  let isQuoted: Bool

  @inline(__always) var isEmpty: Bool { start == end }
  @inline(__always) var count: Int { end &- start }
}
