import Glibc

/// A file that is read by position; any number of threads may do so.
///
/// Reading it maps nothing, so that a file which shrinks meanwhile is a short file and not a crash. Pipes
/// and devices are refused at once, without waiting for a writer.
package final class OpenFile: Sendable {
  /// As the user gave it.
  package let path: String
  /// How large the file was when it was opened.
  package let byteCount: Int
  /// Open as long as this object lives.
  let descriptor: Int32

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

  /// Whether it is the user's, and nobody else may read or write it.
  var isPrivate: Bool {
    var status = stat()
    // SAFETY: `descriptor` is open and `status` is ours.
    guard unsafe fstat(descriptor, &status) == 0 else { return false }
    return status.st_mode & 0o077 == 0 && status.st_uid == geteuid()
  }

  /// The bytes of a range.
  ///
  /// - Throws: ``PlatformError/becameShorter(path:)`` if the file no longer has them.
  package func contents(in range: Range<Int>) throws(PlatformError) -> [UInt8] {
    var failure: PlatformError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      do throws(PlatformError) {
        while count < range.count {
          // SAFETY: the array's own room, of which `count` bytes are filled.
          let room = UnsafeMutableRawBufferPointer(buffer)
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[count..<range.count])
          let added = unsafe try read(into: rest, at: range.lowerBound + count)
          if added == 0 { throw .becameShorter(path: path) }
          count += added
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Reads bytes from a position on into memory, as many as the system gives at once; 0 at the end
  /// of the file.
  @unsafe package func read(
    into buffer: UnsafeMutableRawBufferPointer, at position: Int
  ) throws(PlatformError) -> Int {
    while true {
      // SAFETY: `buffer` has room for `buffer.count` bytes, and `descriptor` is open.
      let count = unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(position))
      if count >= 0 { return count }
      guard errno == EINTR else { throw PlatformError(code: errno, path: path, action: .read) }
    }
  }
}
