import AnnalsPlatform

/// Paths that begin with what has been written.
struct PathCompletion {
  /// Endings of the files that are wanted; nil for all.
  var endings: [String]?

  /// Folders end with `/`. Names that begin with a point are there where a point has been written.
  func paths(_ written: String) -> [String] {
    let folder = written.lastIndex(of: "/").map { String(written[...$0]) } ?? ""
    let start = String(written.dropFirst(folder.count))
    let names = (try? Folder.names(in: folder.isEmpty ? "." : Self.expanded(folder))) ?? []
    return names.compactMap { name in
      guard name.hasPrefix(start), start.hasPrefix(".") || !name.hasPrefix(".") else { return nil }
      switch FileKind(at: Self.expanded(folder + name)) {
      case .folder: return folder + name + "/"
      case .none: return nil
      default:
        return endings?.contains { name.hasSuffix($0) } ?? true ? folder + name : nil
      }
    }
  }

  /// A path as the shell will hand it on: `~/` is the home folder.
  static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = Environment.value("HOME") else { return path }
    return home + path.dropFirst()
  }
}
