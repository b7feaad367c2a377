import AnnalsEngine

/// Turns bytes into others, a piece at a time.
protocol ByteDecoder: AnyObject {
  /// Takes `count` bytes and appends what they stand for.
  func decode(
    _ input: Lane<UInt8>, count: Int, into output: GrowingBuffer<UInt8>
  ) throws(FormatsError)

  /// Told when there are no more bytes.
  func finish() throws(FormatsError)
}
