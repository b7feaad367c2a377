import Glibc

/// Reads a file from its beginning, a piece at a time.
///
/// It reads by position and never maps the file, so that a file which shrinks meanwhile is a short
/// file and not a crash. Pipes and devices are refused at once, without waiting for a writer.
package final class FileReader {
  /// As the user gave it.
  package let path: String
  /// How large the file was when it was opened.
  package let byteCount: Int
  /// Open as long as this object lives.
  let descriptor: Int32
  private var position = 0

  /// Opens a file.
  package init(path: String, access: FileAccess = .all) throws(PlatformError) {
    let opened = try access.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, .read)
    var status = stat()
    // SAFETY: `opened` is open and `status` is ours.
    let code = unsafe fstat(opened, &status) == 0 ? 0 : errno
    let kind = FileKind(mode: status.st_mode)
    guard code == 0, kind == .file else {
      close(opened)
      if code != 0 { throw PlatformError(code: code, path: path, action: .read) }
      throw kind == .folder ? .isFolder(path: path) : .isNoFile(path: path)
    }
    self.path = path
    byteCount = Int(status.st_size)
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// The next bytes, at most `byteLimit` of them; empty at the end of the file.
  package func next(byteLimit: Int = 1 << 20) throws(PlatformError) -> [UInt8] {
    var code: Int32 = 0
    let position = position
    let descriptor = descriptor
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(byteLimit, 1)) { buffer, count in
      var read = -1
      repeat {
        // SAFETY: `buffer` has room for `buffer.count` bytes, and `descriptor` is open.
        unsafe read = pread(descriptor, buffer.baseAddress, buffer.count, off_t(position))
      } while read < 0 && errno == EINTR
      if read < 0 { code = errno }
      count = max(read, 0)
    }
    guard code == 0 else { throw PlatformError(code: code, path: path, action: .read) }
    self.position += bytes.count
    return bytes
  }

  /// Reads a whole file that is known to be small.
  ///
  /// - Throws: ``PlatformError/tooLarge(path:byteLimit:)`` past the limit.
  package static func contents(
    of path: String, access: FileAccess = .all, byteLimit: Int
  ) throws(PlatformError) -> [UInt8] {
    let reader = try FileReader(path: path, access: access)
    guard reader.byteCount <= byteLimit else { throw .tooLarge(path: path, byteLimit: byteLimit) }
    var contents: [UInt8] = []
    while true {
      let piece = try reader.next()
      if piece.isEmpty { return contents }
      contents += piece
      guard contents.count <= byteLimit else {
        throw .tooLarge(path: path, byteLimit: byteLimit)
      }
    }
  }
}
