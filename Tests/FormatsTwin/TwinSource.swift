/// Gives bytes piece by piece; an empty piece is the end.
package final class TwinSource {
  private let bytes: [UInt8]
  private let pieceByteCount: Int
  private var position = 0

  package init(_ bytes: [UInt8], pieceByteCount: Int = 1 << 16) {
    self.bytes = bytes
    self.pieceByteCount = max(pieceByteCount, 1)
  }

  func next() -> [UInt8] {
    let end = min(position + pieceByteCount, bytes.count)
    defer { position = end }
    return Array(bytes[position..<end])
  }
}
