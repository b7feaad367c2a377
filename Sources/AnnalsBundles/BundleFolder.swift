import AnnalsPlatform

/// Reads the files of a bundle from its folder, and follows no link in it.
struct BundleFolder {
  private let root: String
  private let access: FileAccess
  private var files: [BundleFile] = []
  private var leftOut: [String] = []
  private var byteCount = 0

  /// All files of a folder, and what was left out because its name begins with a point.
  static func read(
    _ root: String
  ) throws(BundlesError) -> (files: [BundleFile], leftOut: [String]) {
    var folder = try platform { () throws(PlatformError) in
      BundleFolder(root: root, access: .folders([try GrantedFolder(path: root, walks: true)]))
    }
    try folder.add("", depth: 0)
    return (folder.files, folder.leftOut)
  }

  private init(root: String, access: FileAccess) {
    self.root = root
    self.access = access
  }

  /// Adds what lies in a folder; `prefix` is empty or ends with a slash.
  private mutating func add(_ prefix: String, depth: Int) throws(BundlesError) {
    guard depth < BundleBounds.depth else {
      throw .file(bundle: root, path: prefix, problem: .deepPath)
    }
    let folder = root + "/" + prefix
    let names: [String]
    do throws(PlatformError) {
      names = try Folder.names(in: folder, refusesBadNames: true)
    } catch .impossibleName {
      throw .file(bundle: root, path: prefix.isEmpty ? nil : prefix, problem: .badName)
    } catch {
      throw .platform(cause: error)
    }
    for name in names {
      let path = prefix + name
      if name.hasPrefix(".") {
        leftOut.append(path)
      } else {
        try add(path, as: try kind(of: path), depth)
      }
    }
  }

  private mutating func add(
    _ path: String, as kind: FileKind?, _ depth: Int
  ) throws(BundlesError) {
    switch kind {
    case .folder: try add(path + "/", depth: depth + 1)
    case .file:
      if let problem = BundlePath.problem(of: path) { throw error(problem, path) }
      let bytes = try contents(of: path)
      byteCount += bytes.count
      guard files.count < BundleBounds.fileCount else {
        throw error(.tooManyFiles(count: files.count + 1), nil)
      }
      guard byteCount <= BundleBounds.archiveByteCount else {
        throw .archive(bundle: root, entry: path, problem: .tooLarge)
      }
      files.append(BundleFile(path: path, bytes: bytes))
    case .other, nil: throw error(.special, path)
    }
  }

  private func kind(of path: String) throws(BundlesError) -> FileKind? {
    do throws(PlatformError) {
      return try access.kind(of: root + "/" + path)
    } catch .notGranted {
      throw error(.link, path)
    } catch {
      throw .platform(cause: error)
    }
  }

  private func contents(of path: String) throws(BundlesError) -> [UInt8] {
    let limit = BundleBounds.fileByteCount
    do throws(PlatformError) {
      return try FileReader.contents(of: root + "/" + path, access: access, byteLimit: limit)
    } catch .notGranted {
      throw error(.link, path)
    } catch .tooLarge {
      throw error(.tooLarge, path)
    } catch {
      throw .platform(cause: error)
    }
  }

  private func error(_ problem: FileProblem, _ path: String?) -> BundlesError {
    .file(bundle: root, path: path, problem: problem)
  }

  private static func platform<Result>(
    _ body: () throws(PlatformError) -> Result
  ) throws(BundlesError) -> Result {
    do throws(PlatformError) { return try body() } catch { throw .platform(cause: error) }
  }
}
