import Glibc
import Synchronization

/// Writes a file that is there whole or not at all.
///
/// The bytes go to a hidden file in the same folder, which ``finish()`` moves over the target. Let go
/// before that, it removes the hidden file and leaves the target as it was. A target that exists
/// keeps its permissions, unless a program is written; a link is replaced, not followed.
package final class AtomicFile {
  /// As the user gave it.
  package let path: String
  /// The folder that it stands in, as the user gave it.
  package let folderPath: String
  private let name: String
  private let temporaryName: String
  /// The folder that it stands in, held open, so that both names mean the same folder throughout.
  private let folder: Int32
  private var descriptor: Int32

  /// The hidden files of the process, by the descriptors of their folders.
  private static let unfinished = Mutex<[Int32: String]>([:])

  /// Starts to write; nothing is seen under `path` yet.
  ///
  /// - Parameter isProgram: Whether it may be run by whom the process lets read new files.
  package init(
    path: String, access: FileAccess = .all, isProgram: Bool = false
  ) throws(PlatformError) {
    try PlatformError.checkName(path)
    if path.utf8.last == UInt8(ascii: "/") { throw .isFolder(path: path) }
    let slash = path.lastIndex(of: "/")
    self.path = path
    name = String(slash.map { path[path.index(after: $0)...] } ?? path[...])
    let folderPath = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    self.folderPath = folderPath
    folder = try Self.folder(folderPath, of: path, access)
    do throws(PlatformError) {
      let mode = try Self.mode(of: name, in: folder, path: path)
      (temporaryName, descriptor) = try Self.openTemporary(
        in: folder, path: path, mode: isProgram ? 0o777 : 0o666)
      if let mode, !isProgram { fchmod(descriptor, mode) }
    } catch {
      close(folder)
      throw error
    }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      Self.unfinished.withLock { Self.remove(&$0, folder) }
    }
    close(folder)
  }

  /// Removes the hidden files of all that is unfinished, from any thread, when the process is about to
  /// end. They can't be finished any more.
  package static func removeUnfinished() {
    unfinished.withLock { files in
      for folder in files.keys { remove(&files, folder) }
    }
  }

  private static func remove(_ files: inout [Int32: String], _ folder: Int32) {
    guard let name = files.removeValue(forKey: folder) else { return }
    // SAFETY: the name is a C string for the length of the call.
    unsafe _ = unlinkat(folder, name, 0)
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
    try Self.unfinished.withLock { files throws(PlatformError) in
      // SAFETY: both names are C strings for the length of the call.
      guard unsafe renameat(folder, temporaryName, folder, name) == 0 else {
        throw PlatformError(code: errno, path: path, action: .write)
      }
      files[folder] = nil
    }
    close(descriptor)
    descriptor = -1
  }

  /// - Throws: ``PlatformError/missingFolder(path:folder:)`` with the folder, so that it can be made.
  private static func folder(
    _ folderPath: String, of path: String, _ access: FileAccess
  ) throws(PlatformError) -> Int32 {
    do throws(PlatformError) {
      return try access.open(folderPath, O_RDONLY | O_DIRECTORY, .write)
    } catch {
      if case .notGranted = error { throw .notGranted(path: path, action: .write) }
      if case .missing = error {
        if FileKind(at: folderPath) != nil { throw .isNoFolder(path: folderPath) }
        throw .missingFolder(path: path, folder: folderPath)
      }
      throw error
    }
  }

  /// The permissions of the file that is there; nil if there is none.
  private static func mode(
    of name: String, in folder: Int32, path: String
  ) throws(PlatformError) -> mode_t? {
    var status = stat()
    // SAFETY: the name is a C string for the length of the call, and `status` is ours.
    guard unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFLNK { return nil }
    switch FileKind(mode: status.st_mode) {
    case .file: return status.st_mode & 0o777
    case .folder: throw .isFolder(path: path)
    case .other: throw .isNoFile(path: path)
    }
  }

  /// A new file in the target's folder, under a name that nobody has. It is one of the unfinished.
  private static func openTemporary(
    in folder: Int32, path: String, mode: mode_t
  ) throws(PlatformError) -> (name: String, descriptor: Int32) {
    var attempt = 0
    return try unfinished.withLock { files throws(PlatformError) in
      while true {
        let name = ".annals-\(getpid())-\(attempt).tmp"
        // SAFETY: the name is a C string for the length of the call.
        let opened = unsafe openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        if opened >= 0 {
          files[folder] = name
          return (name, opened)
        }
        guard errno == EEXIST, attempt < 10_000 else {
          throw PlatformError(code: errno, path: path, action: .write)
        }
        attempt += 1
      }
    }
  }
}
