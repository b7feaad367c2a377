/// Bytes on their way to a sink.
struct OutputBuffer {
  /// How many bytes are gathered before they go on.
  static let pieceByteCount = 1 << 16

  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func flush<Failure: Error>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    if bytes.isEmpty { return }
    try sink(bytes.span)
    bytes.removeAll(keepingCapacity: true)
  }
}
