import Glibc

/// What stands under a path.
package enum FileKind: Hashable, Sendable {
  case file, folder
  /// A pipe, a socket or a device.
  case other

  /// Looks a path up, through links; nil if nothing is there or it cannot be seen.
  package init?(at path: String) {
    guard (try? PlatformError.checkName(path)) != nil else { return nil }
    var status = stat()
    // SAFETY: the path is a C string for the length of the call, and `status` is ours.
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(mode: status.st_mode)
  }

  /// The kind of what is open.
  ///
  /// - Parameter path: What messages call it.
  init(of descriptor: Int32, path: String) throws(PlatformError) {
    var status = stat()
    // SAFETY: `descriptor` is open and `status` is ours.
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw PlatformError(code: errno, path: path, action: .read)
    }
    self.init(mode: status.st_mode)
  }

  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}
