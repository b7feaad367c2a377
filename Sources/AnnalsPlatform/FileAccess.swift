import Glibc

/// Which files and folders may be opened.
package enum FileAccess: Sendable {
  /// All that the process may open.
  case all
  /// What lies in these folders, and nothing outside of them: no `..`, no link and no race with one
  /// leads out.
  case folders([GrantedFolder])

  /// Nothing at all.
  package static let none = FileAccess.folders([])

  /// Opens a file or folder.
  ///
  /// - Throws: ``PlatformError/notGranted(path:action:)`` for what lies outside.
  func open(
    _ path: String, _ flags: Int32, _ action: PlatformError.Action
  ) throws(PlatformError) -> Int32 {
    try PlatformError.checkName(path)
    guard case .folders(let folders) = self else {
      // SAFETY: the path is a C string for the length of the call.
      let opened = unsafe Glibc.open(path, flags | O_CLOEXEC)
      guard opened >= 0 else { throw PlatformError(code: errno, path: path, action: action) }
      return opened
    }
    let parts = Self.parts(of: path)
    for folder in folders {
      if let way = folder.way(to: parts) {
        return try folder.open(way, flags, path: path, action: action)
      }
    }
    throw .notGranted(path: path, action: action)
  }

  /// What stands under a path; nil if nothing does.
  package func kind(of path: String) throws(PlatformError) -> FileKind? {
    guard case .folders = self else { return FileKind(at: path) }
    let opened: Int32
    do throws(PlatformError) {
      opened = try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, .read)
    } catch {
      if case .missing = error { return nil }
      throw error
    }
    defer { close(opened) }
    return try FileKind(of: opened, path: path)
  }

  /// The parts of an absolute path: a relative one begins in the working folder, and `..` takes the
  /// part before it away. What is opened by them is checked again while it is opened.
  static func parts(of path: String) -> [Substring] {
    var parts = path.utf8.first == UInt8(ascii: "/") ? [] : workingFolder
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts
  }

  private static var workingFolder: [Substring] {
    // SAFETY: `getcwd` allocates what it gives, which is freed once.
    guard let current = unsafe getcwd(nil, 0) else { return [] }
    defer { unsafe free(current) }
    return unsafe String(cString: current).split(separator: "/")
  }
}
