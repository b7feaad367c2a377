/// What the system refuses, and why. Paths are as the user gave them.
public enum PlatformError: Error, Hashable, Sendable {
  /// What was to be done with a file or folder.
  public enum Action: String, Hashable, Sendable {
    case read, write, list
  }

  /// There is no file or folder of that name.
  case missing(path: String)
  /// The folder in which a file is to be written is not there.
  case missingFolder(path: String, folder: String)
  /// A folder stands where a file is needed.
  case isFolder(path: String)
  /// A file stands where a folder is needed.
  case isNoFolder(path: String)
  /// A pipe, socket or device, which cannot be read as a file.
  case isNoFile(path: String)
  case isEmpty(path: String)
  /// Something stands where a new folder is to be.
  case exists(path: String)
  case notPermitted(path: String, action: Action)
  /// It lies in no folder that was granted, or a link in such a folder leads out of it.
  case notGranted(path: String, action: Action)
  /// A file with a secret that others than its owner may read or write.
  case notPrivate(path: String)
  /// The name is empty, too long, or holds a zero byte.
  case impossibleName(path: String)
  case tooLarge(path: String, byteLimit: Int)
  /// A file ended earlier than it did when it was opened.
  case becameShorter(path: String)
  /// Anything else; `code` is the system's error number, `reason` its words for it.
  case failed(path: String, action: Action, code: Int32, reason: String)

  /// The file or folder that it is about.
  public var path: String {
    switch self {
    case .missing(let path), .missingFolder(let path, _), .isFolder(let path),
      .isNoFolder(let path), .isNoFile(let path), .isEmpty(let path), .exists(let path),
      .notPermitted(let path, _), .notGranted(let path, _), .notPrivate(let path),
      .impossibleName(let path),
      .tooLarge(let path, _), .becameShorter(let path), .failed(let path, _, _, _):
      path
    }
  }
}

extension PlatformError: CustomStringConvertible {
  /// What is wrong, where, and how to mend it.
  public var description: String {
    switch self {
    case .missing(let path):
      message("there is no file or folder `\(path)`", fix: "check the path")
    case .missingFolder(let path, let folder):
      message(
        "there is no folder `\(folder)` to write `\(path)` in",
        fix: "make it, or write to a folder that is there")
    case .isFolder(let path):
      message("`\(path)` is a folder, not a file", fix: "name a file in it")
    case .isNoFolder(let path):
      message("`\(path)` is a file, not a folder", fix: "name the folder that it stands in")
    case .isNoFile(let path):
      message(
        "`\(path)` is a pipe, a socket or a device, not a file",
        fix: "store its content in a file and name that")
    case .isEmpty(let path):
      message("`\(path)` is empty", fix: "check that it is the right file")
    case .exists(let path):
      message(
        "`\(path)` is there already, and is not replaced",
        fix: "name another, or remove it first")
    case .notPermitted(let path, let action):
      message("not permitted to \(action.rawValue) `\(path)`", fix: "ask its owner for access")
    case .notGranted(let path, let action):
      message(
        "not permitted to \(action.rawValue) `\(path)`",
        fix: "grant its folder, or use a file in a folder that is granted")
    case .notPrivate(let path):
      message(
        "others than you may read or write `\(path)`, which holds a secret",
        fix: "make it yours alone with `chmod 600`, and make a new key if somebody may have read it"
      )
    case .impossibleName(let path):
      message(
        "`\(path.prefix(60))\(path.count > 60 ? "…" : "")` can be no file's name",
        fix: "a name is neither empty nor very long, and holds no zero byte")
    case .tooLarge(let path, let byteLimit):
      message(
        "`\(path)` is larger than \(byteLimit) bytes", fix: "check that it is the right file")
    case .becameShorter(let path):
      message(
        "`\(path)` became shorter while it was read",
        fix: "open it again when nobody writes to it any more")
    case .failed(let path, let action, let code, let reason):
      "cannot \(action.rawValue) `\(path)`: \(reason) (system error \(code))"
    }
  }

  private func message(_ wrong: String, fix: String) -> String {
    wrong + "\n  fix: " + fix
  }
}
