import Glibc

/// Writes a file that is there whole or not at all.
///
/// The bytes go to a hidden file in the same folder, which ``finish()`` moves over the target. Let go
/// before that, it removes the hidden file and leaves the target as it was. A target that exists
/// keeps its permissions; a link is replaced, not followed.
package final class AtomicFile {
  /// As the user gave it.
  package let path: String
  private let temporaryPath: String
  private var descriptor: Int32

  /// Starts to write; nothing is seen under `path` yet.
  package init(path: String) throws(PlatformError) {
    try PlatformError.checkName(path)
    if path.utf8.last == UInt8(ascii: "/") { throw .isFolder(path: path) }
    try Self.checkFolder(of: path)
    var mode: mode_t?
    var status = stat()
    // SAFETY: the path is a C string for the length of the call, and `status` is ours.
    if unsafe stat(path, &status) == 0 {
      switch FileKind(mode: status.st_mode) {
      case .file: mode = status.st_mode & 0o777
      case .folder: throw .isFolder(path: path)
      case .other: throw .isNoFile(path: path)
      }
    }
    let opened = try Self.openTemporary(for: path)
    self.path = path
    temporaryPath = opened.path
    descriptor = opened.descriptor
    if let mode { fchmod(descriptor, mode) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    // SAFETY: the path is a C string for the length of the call.
    unsafe _ = unlink(temporaryPath)
  }

  /// Adds bytes at the end.
  package func write(_ bytes: Span<UInt8>) throws(PlatformError) {
    var written = 0
    while written < bytes.count {
      let rest = bytes.extracting(written..<bytes.count)
      let descriptor = descriptor
      let count = unsafe rest.withUnsafeBufferPointer { buffer in
        // SAFETY: the bytes of `rest` are alive for the length of the call.
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw PlatformError(code: errno, path: path, action: .write) }
      written += count
    }
  }

  /// Makes the bytes durable and moves them under the path. To be called once, at the end.
  package func finish() throws(PlatformError) {
    guard descriptor >= 0 else { return }
    guard fsync(descriptor) == 0 else {
      throw PlatformError(code: errno, path: path, action: .write)
    }
    // SAFETY: both paths are C strings for the length of the call.
    guard unsafe rename(temporaryPath, path) == 0 else {
      throw PlatformError(code: errno, path: path, action: .write)
    }
    close(descriptor)
    descriptor = -1
  }

  /// Refuses a path whose folder is not there.
  ///
  /// - Throws: ``PlatformError/missingFolder(path:folder:)`` with the folder, so that it can be made.
  package static func checkFolder(of path: String) throws(PlatformError) {
    try PlatformError.checkName(path)
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    let folder = String(path[..<slash])
    var status = stat()
    // SAFETY: the path is a C string for the length of the call, and `status` is ours.
    guard unsafe stat(folder, &status) == 0 else {
      let code = errno
      if code == ENOENT { throw .missingFolder(path: path, folder: folder) }
      throw PlatformError(code: code, path: folder, action: .write)
    }
    guard FileKind(mode: status.st_mode) == .folder else { throw .isNoFolder(path: folder) }
  }

  /// A new file in the target's folder, under a name that nobody has.
  private static func openTemporary(
    for path: String
  ) throws(PlatformError) -> (path: String, descriptor: Int32) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var attempt = 0
    while true {
      let temporary = folder + ".annals-\(getpid())-\(attempt).tmp"
      // SAFETY: the path is a C string for the length of the call.
      let opened = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if opened >= 0 { return (temporary, opened) }
      guard errno == EEXIST, attempt < 10_000 else {
        throw PlatformError(code: errno, path: path, action: .write)
      }
      attempt += 1
    }
  }
}
