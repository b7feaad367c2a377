import AnnalsPlatform

/// Gives the bytes of a file piece by piece; an empty piece is the end.
package struct ByteSource {
  private let nextPiece: () throws(FormatsError) -> [UInt8]

  /// - Parameter nextPiece: Called until it gives an empty piece.
  package init(_ nextPiece: @escaping () throws(FormatsError) -> [UInt8]) {
    self.nextPiece = nextPiece
  }

  /// Bytes in memory, in pieces of a given size.
  package init(_ bytes: [UInt8], pieceByteCount: Int = 1 << 16) {
    var position = 0
    self.init { () throws(FormatsError) -> [UInt8] in
      let end = min(position + max(pieceByteCount, 1), bytes.count)
      defer { position = end }
      return Array(bytes[position..<end])
    }
  }

  /// A file, opened here and read as it is asked for.
  package init(path: String, access: FileAccess = .all) throws(FormatsError) {
    let reader: FileReader
    do { reader = try FileReader(path: path, access: access) } catch {
      throw .platform(cause: error)
    }
    self.init { () throws(FormatsError) -> [UInt8] in
      do throws(PlatformError) {
        return try reader.next()
      } catch {
        throw .platform(cause: error)
      }
    }
  }

  func next() throws(FormatsError) -> [UInt8] { try nextPiece() }
}
