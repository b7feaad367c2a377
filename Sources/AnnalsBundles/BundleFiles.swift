/// A file of a bundle.
public struct BundleFile: Hashable, Sendable {
  /// Within the bundle, with `/` between its parts.
  public let path: String
  public let bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// The files of a bundle: their paths mean different files on every system, none is bytecode, and they
/// stand in the order of the bytes of their paths.
package struct BundleFiles: Hashable, Sendable {
  package let all: [BundleFile]
  private let places: [String: Int]

  /// Checks files and puts them into order.
  ///
  /// - Parameter bundle: What messages call the bundle.
  package init(_ files: [BundleFile], of bundle: String) throws(BundlesError) {
    try Self.check(paths: files.map(\.path), of: bundle)
    for file in files {
      if let problem = Self.problem(of: file) {
        throw .file(bundle: bundle, path: file.path, problem: problem)
      }
    }
    all = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    places = Dictionary(uniqueKeysWithValues: zip(all.map(\.path), all.indices))
  }

  /// The file of a path; nil if there is none.
  package subscript(path: String) -> BundleFile? { places[path].map { all[$0] } }

  /// The file of a path, or all files of the folder of that path.
  package func within(_ path: String) -> [BundleFile] {
    all.filter { $0.path == path || $0.path.hasPrefix(path + "/") }
  }

  /// Checks that paths may stand in a bundle, alone and together.
  static func check(paths: [String], of bundle: String) throws(BundlesError) {
    guard paths.count <= BundleBounds.fileCount else {
      throw .file(bundle: bundle, path: nil, problem: .tooManyFiles(count: paths.count))
    }
    var seen: [String: String] = [:]
    for path in paths {
      if let problem = BundlePath.problem(of: path) {
        throw .file(bundle: bundle, path: path, problem: problem)
      }
      // Paths are ASCII, so that this is the same on every system.
      if let other = seen.updateValue(path, forKey: path.lowercased()) {
        let problem: FileProblem = other == path ? .duplicate : .caseCollision(other: other)
        throw .file(bundle: bundle, path: path, problem: problem)
      }
    }
    try checkFolders(of: paths, files: seen, bundle)
  }

  /// No folder is a file as well, and no two differ in case alone: they would be one on some systems.
  private static func checkFolders(
    of paths: [String], files: [String: String], _ bundle: String
  ) throws(BundlesError) {
    var seen: [String: String] = [:]
    for path in paths {
      for folder in folders(of: path) {
        let key = folder.lowercased()
        if let other = files[key] {
          throw .file(bundle: bundle, path: path, problem: .fileAndFolder(other: other))
        }
        if let other = seen.updateValue(folder, forKey: key), other != folder {
          throw .file(bundle: bundle, path: path, problem: .caseCollision(other: other))
        }
      }
    }
  }

  /// `a/b/c` lies in `a` and `a/b`.
  private static func folders(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    return parts.indices.dropFirst().map { parts[..<$0].joined(separator: "/") }
  }

  private static func problem(of file: BundleFile) -> FileProblem? {
    if file.bytes.count > BundleBounds.fileByteCount {
      return .tooLarge
    }
    if file.path.lowercased().hasSuffix(ReportBundle.ending) { return .bundleInBundle }
    return isBytecode(file.bytes) ? .bytecode : nil
  }

  /// Lua takes for bytecode what begins with an escape, also after a first line that begins with `#`.
  private static func isBytecode(_ bytes: [UInt8]) -> Bool {
    let mark: [UInt8] = [0x1B, 0x4C, 0x75, 0x61]
    if bytes.starts(with: mark) { return true }
    guard bytes.first == UInt8(ascii: "#"), let end = bytes.firstIndex(of: 0x0A) else {
      return false
    }
    return bytes[(end + 1)...].starts(with: mark)
  }
}
