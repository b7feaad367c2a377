import Glibc

/// A folder of the file system.
package enum Folder {
  /// Where the program's file stands, without links; nil if the system does not tell.
  package static var ofProgram: String? {
    // SAFETY: the path is a C string for the length of the call.
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
    // SAFETY: `realpath` gave it to us to free, and it is not used afterwards.
    defer { unsafe free(path) }
    guard let text = unsafe String(validatingCString: path) else { return nil }
    return text.lastIndex(of: "/").map { String(text[..<$0]) }
  }

  /// Makes a folder, and those that it lies in, where they are not there.
  package static func make(_ path: String) throws(PlatformError) {
    try PlatformError.checkName(path)
    var ends = path.indices.filter { path[$0] == "/" && $0 != path.startIndex }
    ends.append(path.endIndex)
    for end in ends {
      let folder = String(path[..<end])
      // SAFETY: the path is a C string for the length of the call.
      guard unsafe mkdir(folder, 0o777) != 0 else { continue }
      // What is there may stand on a disk that can't be written.
      let code = errno
      guard FileKind(at: folder) != .folder else { continue }
      if code == EEXIST { throw .isNoFolder(path: folder) }
      throw PlatformError(code: code, path: folder, action: .write)
    }
  }

  /// Removes a file; a link is removed, not followed.
  package static func removeFile(_ path: String) throws(PlatformError) {
    try PlatformError.checkName(path)
    // SAFETY: the path is a C string for the length of the call.
    guard unsafe unlink(path) == 0 else {
      throw PlatformError(code: errno, path: path, action: .write)
    }
  }

  /// Removes a folder of our own with all that is in it, as far as that can be; links are not followed.
  static func remove(_ path: String) {
    for name in (try? names(in: path)) ?? [] {
      let inner = path + "/" + name
      // SAFETY: the path is a C string for the length of the call. A folder can't be unlinked.
      if unsafe unlink(inner) != 0 { remove(inner) }
    }
    // SAFETY: as above.
    unsafe _ = rmdir(path)
  }

  /// The names of what stands in a folder, in the order of their bytes, without `.` and `..`.
  ///
  /// A name that is not UTF-8 is left out: no path of ours could name it.
  ///
  /// - Parameter refusesBadNames: Throws ``PlatformError/impossibleName(path:)`` for such a name.
  package static func names(
    in path: String, refusesBadNames: Bool = false
  ) throws(PlatformError) -> [String] {
    try PlatformError.checkName(path)
    // SAFETY: the path is a C string for the length of the call.
    guard let stream = unsafe opendir(path) else {
      throw PlatformError(code: errno, path: path, action: .list)
    }
    // SAFETY: `stream` is open until here, and not used afterwards.
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      // SAFETY: `stream` is open; the entry is read before the next call.
      guard let entry = unsafe readdir(stream) else { break }
      // SAFETY: the system ends `d_name` with a zero byte.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let text = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)
        return unsafe String(validatingCString: text)
      }
      if name == nil, refusesBadNames { throw .impossibleName(path: path) }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw PlatformError(code: errno, path: path, action: .list) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
