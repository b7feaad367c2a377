import Glibc

extension PlatformError {
  /// The error that a system call left in `errno`.
  init(code: Int32, path: String, action: Action) {
    switch code {
    case ENOENT: self = .missing(path: path)
    case EISDIR: self = .isFolder(path: path)
    case ENOTDIR: self = action == .list ? .isNoFolder(path: path) : .missing(path: path)
    case EACCES, EPERM, EROFS: self = .notPermitted(path: path, action: action)
    case ENAMETOOLONG: self = .impossibleName(path: path)
    case ENXIO: self = .isNoFile(path: path)
    default:
      self = .failed(path: path, action: action, code: code, reason: Self.reason(of: code))
    }
  }

  /// Refuses what would be cut short on its way to the system.
  static func checkName(_ path: String) throws(PlatformError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .impossibleName(path: path) }
  }

  /// The system's English words for an error number.
  private static func reason(of code: Int32) -> String {
    switch code {
    case EIO: "the device reported an error"
    case ELOOP: "its links lead in a circle"
    case EMFILE, ENFILE: "too many files are open"
    case ENOSPC, EDQUOT: "there is no space left"
    case ENOTEMPTY: "the folder is not empty"
    case ETXTBSY, EBUSY: "it is in use"
    case ENOMEM: "there is not enough memory"
    default: "the system refused"
    }
  }
}
