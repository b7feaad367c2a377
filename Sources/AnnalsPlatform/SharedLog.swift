import Glibc

/// A private file to which several processes add at its end.
///
/// It is held open, so that it can be written behind walls that came later. Every call locks it for its
/// length, and gives up where another process does not let go of it.
package final class SharedLog {
  /// As the user gave it.
  package let path: String
  private let descriptor: Int32

  /// Tries for the lock, and microseconds between two.
  private static let attempts = 50
  private static let pause: UInt32 = 2_000

  /// Opens the file, and makes it and its folders, for its owner alone, if they are not there.
  package init(path: String) throws(PlatformError) {
    try PlatformError.checkName(path)
    self.path = path
    Self.makeFolders(of: path)
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    // SAFETY: the path is a C string for the length of the call.
    descriptor = unsafe open(path, flags, 0o600)
    guard descriptor >= 0 else { throw PlatformError(code: errno, path: path, action: .write) }
    var status = stat()
    // SAFETY: `descriptor` is open and `status` is ours.
    let code = unsafe fstat(descriptor, &status) == 0 ? 0 : errno
    guard code == 0, FileKind(mode: status.st_mode) == .file else {
      close(descriptor)
      if code != 0 { throw PlatformError(code: code, path: path, action: .write) }
      throw .isNoFile(path: path)
    }
  }

  deinit { close(descriptor) }

  /// Adds a line, which ends with a line break; a line before it that was torn off is ended first.
  package func append(_ line: [UInt8]) throws(PlatformError) {
    try lock()
    defer { unlock() }
    let end = try byteCount()
    let last = try read(from: max(0, end - 1), byteLimit: 1).last
    let isTorn = last.map { $0 != UInt8(ascii: "\n") } ?? false
    try write(isTorn ? [UInt8(ascii: "\n")] + line : line, at: end)
  }

  /// Reads the file, and puts other bytes in its place.
  ///
  /// - Parameters:
  ///   - byteLimit: Only the last bytes of a larger file are read.
  ///   - change: Is given the bytes, and returns those to be kept instead; nil to leave all as it is.
  package func update(
    byteLimit: Int, _ change: ([UInt8]) -> [UInt8]?
  ) throws(PlatformError) {
    try lock()
    defer { unlock() }
    let end = try byteCount()
    let start = max(0, end - byteLimit)
    guard let kept = change(try read(from: start, byteLimit: end - start)) else { return }
    // Ended half-way, it would leave whole lines and one torn one, not an empty file.
    try write(kept, at: 0)
    guard ftruncate(descriptor, off_t(kept.count)) == 0 else { throw failure(.write) }
  }

  private func lock() throws(PlatformError) {
    for _ in 0..<Self.attempts {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw failure(.write) }
      usleep(Self.pause)
    }
    throw PlatformError(code: EBUSY, path: path, action: .write)
  }

  private func unlock() { flock(descriptor, LOCK_UN) }

  private func byteCount() throws(PlatformError) -> Int {
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else { throw failure(.read) }
    return Int(end)
  }

  private func read(from start: Int, byteLimit: Int) throws(PlatformError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteLimit)
    var done = 0
    while done < byteLimit {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        // SAFETY: the rest of `buffer` has room for as many bytes as are asked for.
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, byteLimit - done,
          off_t(start + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(.read) }
      if count == 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  private func write(_ bytes: [UInt8], at start: Int) throws(PlatformError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        // SAFETY: the rest of `buffer` holds as many bytes as are named.
        unsafe pwrite(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done,
          off_t(start + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(.write) }
      done += count
    }
  }

  private func failure(_ action: PlatformError.Action) -> PlatformError {
    PlatformError(code: errno, path: path, action: action)
  }

  /// What can't be made is reported when the file is opened.
  private static func makeFolders(of path: String) {
    for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
      // SAFETY: the path is a C string for the length of the call.
      unsafe _ = mkdir(String(decoding: path.utf8.prefix(index), as: UTF8.self), 0o700)
    }
  }
}
