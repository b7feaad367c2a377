/// Reads a file from its beginning, a piece at a time.
package final class FileReader {
  private let file: OpenFile
  private var position = 0

  /// Opens a file.
  package convenience init(path: String, access: FileAccess = .all) throws(PlatformError) {
    self.init(try OpenFile(path: path, access: access))
  }

  /// Reads a file that is open.
  package init(_ file: OpenFile) { self.file = file }

  /// As the user gave it.
  package var path: String { file.path }

  /// How large the file was when it was opened.
  package var byteCount: Int { file.byteCount }

  /// The next bytes, at most `byteLimit` of them; empty at the end of the file.
  package func next(byteLimit: Int = 1 << 20) throws(PlatformError) -> [UInt8] {
    let (file, position) = (file, position)
    var failure: PlatformError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(byteLimit, 1)) { buffer, count in
      do throws(PlatformError) {
        count = unsafe try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: position)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    self.position += bytes.count
    return bytes
  }

  /// Reads a whole file that is known to be small.
  ///
  /// - Throws: ``PlatformError/tooLarge(path:byteLimit:)`` past the limit.
  package static func contents(
    of path: String, access: FileAccess = .all, byteLimit: Int
  ) throws(PlatformError) -> [UInt8] {
    try FileReader(path: path, access: access).contents(byteLimit: byteLimit)
  }

  /// The rest of the file, which is known to be small.
  ///
  /// - Throws: ``PlatformError/tooLarge(path:byteLimit:)`` past the limit.
  package func contents(byteLimit: Int) throws(PlatformError) -> [UInt8] {
    guard byteCount <= byteLimit else { throw .tooLarge(path: path, byteLimit: byteLimit) }
    var contents: [UInt8] = []
    while true {
      // A small file takes little memory, and one that grew meanwhile is not read byte by byte.
      let piece = try next(byteLimit: min(max(byteCount - contents.count, 1 << 12), 1 << 20))
      if piece.isEmpty { return contents }
      contents += piece
      guard contents.count <= byteLimit else {
        throw .tooLarge(path: path, byteLimit: byteLimit)
      }
    }
  }
}
