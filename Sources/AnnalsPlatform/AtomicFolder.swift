import Glibc

/// A new folder that is there whole or not at all.
///
/// Its files go to a hidden folder beside it, which ``finish()`` moves to its place. Let go before
/// that, it removes the hidden folder with the files that were made in it.
package final class AtomicFolder {
  /// As the user gave it.
  package let path: String
  private let temporaryPath: String
  private var isFinished = false

  /// Starts a folder; nothing is seen under `path` yet.
  ///
  /// - Throws: ``PlatformError/exists(path:)`` if something other than an empty folder is there.
  package init(path: String) throws(PlatformError) {
    var trimmed = path
    while trimmed.utf8.last == UInt8(ascii: "/"), trimmed.utf8.count > 1 { trimmed.removeLast() }
    try PlatformError.checkName(trimmed)
    if let kind = FileKind(at: trimmed) {
      guard kind == .folder, try Folder.names(in: trimmed).isEmpty else {
        throw .exists(path: path)
      }
    }
    let parent = trimmed.lastIndex(of: "/").map { String(trimmed[...$0]) } ?? ""
    var attempt = 0
    while true {
      let temporary = parent + ".annals-\(getpid())-\(attempt).tmp"
      // SAFETY: the path is a C string for the length of the call.
      if unsafe mkdir(temporary, 0o777) == 0 {
        self.path = trimmed
        temporaryPath = temporary
        return
      }
      guard errno == EEXIST, attempt < 10_000 else {
        throw PlatformError(code: errno, path: path, action: .write)
      }
      attempt += 1
    }
  }

  deinit {
    guard !isFinished else { return }
    Folder.remove(temporaryPath)
  }

  /// A new file in the folder, to be finished before the folder is.
  ///
  /// - Parameter name: With `/` before it the names of folders within, which are made.
  package func file(_ name: String) throws(PlatformError) -> AtomicFile {
    if let slash = name.lastIndex(of: "/") {
      try Folder.make(temporaryPath + "/" + name[..<slash])
    }
    return try AtomicFile(path: temporaryPath + "/" + name)
  }

  /// Makes the folder durable and moves it to its place. To be called once, at the end.
  package func finish() throws(PlatformError) {
    try synchronize(temporaryPath)
    // SAFETY: both paths are C strings for the length of the call.
    guard unsafe rename(temporaryPath, path) == 0 else {
      if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { throw .exists(path: path) }
      throw PlatformError(code: errno, path: path, action: .write)
    }
    isFinished = true
  }

  private func synchronize(_ folder: String) throws(PlatformError) {
    // SAFETY: the path is a C string for the length of the call.
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PlatformError(code: errno, path: path, action: .write) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw PlatformError(code: errno, path: path, action: .write)
    }
  }
}
