import CAnnalsPlatform
import Glibc

/// A folder that was granted, held open: nothing that happens to its path later leads elsewhere.
package final class GrantedFolder: Sendable {
  /// As the user gave it.
  package let path: String
  /// Its absolute paths: as it was given, and with all links followed.
  private let places: [[Substring]]
  private let descriptor: Int32
  private let walks: Bool

  /// Opens a folder, so that what lies in it can be opened.
  ///
  /// - Parameter walks: Goes from folder to folder and follows no link at all, as it does where the
  ///   system has no call that keeps within a folder.
  package init(path: String, walks: Bool = false) throws(PlatformError) {
    try PlatformError.checkName(path)
    // SAFETY: the path is a C string for the length of the call.
    let opened = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw PlatformError(code: errno, path: path, action: .list) }
    self.path = path
    descriptor = opened
    self.walks = walks
    places = [path, Self.withoutLinks(path)].compactMap { $0 }.map(FileAccess.parts)
  }

  deinit { close(descriptor) }

  /// The way from this folder to a file in it; nil if it does not lie in it.
  ///
  /// - Parameter parts: Of an absolute path.
  func way(to parts: [Substring]) -> [Substring]? {
    places.first { parts.starts(with: $0) }.map { Array(parts.dropFirst($0.count)) }
  }

  /// Opens what lies in the folder.
  ///
  /// - Parameter path: What messages call it.
  func open(
    _ way: [Substring], _ flags: Int32, path: String, action: PlatformError.Action
  ) throws(PlatformError) -> Int32 {
    if !walks {
      let name = way.isEmpty ? "." : way.joined(separator: "/")
      // SAFETY: the name is a C string for the length of the call.
      let opened = unsafe annals_open_beneath(descriptor, name, UInt64(flags | O_CLOEXEC))
      if opened >= 0 { return opened }
      if opened == -EXDEV { throw .notGranted(path: path, action: action) }
      guard opened == -ENOSYS else {
        throw PlatformError(code: -opened, path: path, action: action)
      }
    }
    return try walk(way, flags, path: path, action: action)
  }

  private func walk(
    _ way: [Substring], _ flags: Int32, path: String, action: PlatformError.Action
  ) throws(PlatformError) -> Int32 {
    var opened = descriptor
    for (index, part) in (way.isEmpty ? ["."] : way).enumerated() {
      let isLast = index >= way.count - 1
      let folder = opened
      defer { if folder != descriptor { close(folder) } }
      // SAFETY: the name is a C string for the length of the call.
      opened = unsafe openat(
        folder, String(part), (isLast ? flags : O_RDONLY | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC)
      guard opened < 0 else { continue }
      let code = errno
      if code == ELOOP || Self.isLink(String(part), in: folder) {
        throw .notGranted(path: path, action: action)
      }
      throw PlatformError(code: code, path: path, action: action)
    }
    return opened
  }

  private static func isLink(_ name: String, in folder: Int32) -> Bool {
    var status = stat()
    // SAFETY: the name is a C string for the length of the call, and `status` is ours.
    return unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func withoutLinks(_ path: String) -> String? {
    // SAFETY: the path is a C string for the length of the call.
    guard let real = unsafe realpath(path, nil) else { return nil }
    // SAFETY: `realpath` gave it to us to free, and it is not used afterwards.
    defer { unsafe free(real) }
    return unsafe String(validatingCString: real)
  }
}
