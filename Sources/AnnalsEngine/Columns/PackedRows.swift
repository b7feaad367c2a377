/// Row numbers of a table as bytes, so that a column of texts can hold any number of them: four bytes
/// each, the lowest first. The highest bit of a word says that the row's number was added to others
/// (or alone) on its way. A row may occur several times.
enum PackedRows {
  static let byteCount = 4
  static let addedBit: UInt32 = 1 << 31

  /// The words behind some bytes.
  static func forEach(
    _ bytes: Span<UInt8>, _ body: (UInt32) throws(EngineError) -> Void
  ) throws(EngineError) {
    var index = 0
    while index + byteCount <= bytes.count {
      var word: UInt32 = 0
      for offset in 0..<byteCount { word |= UInt32(bytes[index + offset]) << UInt32(offset * 8) }
      try body(word)
      index += byteCount
    }
  }

  static func append(_ word: UInt32, to bytes: GrowingBuffer<UInt8>) throws(EngineError) {
    for offset in 0..<byteCount {
      try bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(offset * 8)))
    }
  }
}
