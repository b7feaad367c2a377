import Glibc

/// A file that holds a secret: its owner alone may read it.
package enum PrivateFile {
  /// Makes a file with permissions 0600, whatever the process leaves to new files.
  ///
  /// - Throws: ``PlatformError/exists(path:)`` if something is there already.
  package static func make(_ bytes: [UInt8], at path: String) throws(PlatformError) {
    try PlatformError.checkName(path)
    // SAFETY: the path is a C string for the length of the call.
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw .exists(path: path) }
      throw PlatformError(code: errno, path: path, action: .write)
    }
    defer { close(descriptor) }
    let count = unsafe bytes.withUnsafeBufferPointer { buffer in
      // SAFETY: the bytes are alive for the length of the call.
      unsafe write(descriptor, buffer.baseAddress, buffer.count)
    }
    guard count == bytes.count, fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else {
      let code = errno
      // SAFETY: the path is a C string for the length of the call.
      unsafe _ = unlink(path)
      throw PlatformError(code: code, path: path, action: .write)
    }
  }

  /// Reads a file that is known to be small.
  ///
  /// - Throws: ``PlatformError/notPrivate(path:)`` if others than its owner may read or write it, or it is not
  ///   the user's.
  package static func contents(
    of path: String, byteLimit: Int
  ) throws(PlatformError) -> [UInt8] {
    let file = try OpenFile(path: path, access: .all)
    guard file.isPrivate else { throw .notPrivate(path: path) }
    let reader = FileReader(file)
    let bytes = try reader.next(byteLimit: byteLimit + 1)
    guard bytes.count <= byteLimit else { throw .tooLarge(path: path, byteLimit: byteLimit) }
    return bytes
  }
}
