import AnnalsPlatform

/// What a path that names a dataset leads to.
package enum DatasetLocation: Hashable, Sendable {
  /// The description of a data package.
  case package(path: String)
  /// A single delimited file.
  case table(path: String, dialect: DelimitedDialect)
  /// A single Arrow file.
  case arrow(path: String)

  /// Looks at a folder with a `datapackage.json`, at a `.json` file, at an Arrow file, or at a
  /// delimited one: `.csv`, `.txt` (commas), `.tsv` or `.tab` (tabs), which may be compressed (`.gz`,
  /// `.zst`, `.zip`; the name of an archive need not tell what is in it).
  package static func find(
    _ path: String, access: FileAccess = .all
  ) throws(FormatsError) -> DatasetLocation {
    guard let kind = try kind(of: path, access) else {
      throw .platform(cause: .missing(path: path))
    }
    if kind == .folder {
      let description = path + (path.utf8.last == UInt8(ascii: "/") ? "" : "/") + "datapackage.json"
      guard try Self.kind(of: description, access) != nil else {
        throw .noDescription(folder: path)
      }
      return .package(path: description)
    }
    switch ending(of: path) {
    case "json": return .package(path: path)
    case "arrow", "feather": return .arrow(path: path)
    default: break
    }
    switch ending(of: withoutCompression(path)) {
    case "csv", "txt": return .table(path: path, dialect: .csv)
    case "tsv", "tab": return .table(path: path, dialect: .tsv)
    default:
      guard ending(of: path) == Compression.zip.ending else { throw .unknownEnding(path: path) }
      return .table(path: path, dialect: .csv)
    }
  }

  /// A path without the ending that tells how the file is compressed.
  private static func withoutCompression(_ path: String) -> String {
    let ending = ending(of: path)
    guard Compression.allCases.contains(where: { $0.ending == ending }) else { return path }
    return String(path.dropLast(ending.count + 1))
  }

  private static func kind(
    of path: String, _ access: FileAccess
  ) throws(FormatsError) -> FileKind? {
    do { return try access.kind(of: path) } catch { throw .platform(cause: error) }
  }

  /// The last part of a path, without its ending, nor that of a compression.
  package static func name(of path: String) -> String {
    let parts = withoutCompression(path).split(separator: "/")
    guard let last = parts.last else { return path }
    guard let point = last.lastIndex(of: "."), point != last.startIndex else { return String(last) }
    return String(last[..<point])
  }

  /// The name of the folder that a file stands in; `dataset` where the path does not tell.
  package static func folderName(of path: String) -> String {
    let folders = path.split(separator: "/").dropLast().filter { $0 != "." && $0 != ".." }
    return folders.last.map(String.init) ?? "dataset"
  }

  private static func ending(of path: String) -> String {
    let last = path.split(separator: "/").last ?? ""
    return last.lastIndex(of: ".").map { last[$0...].dropFirst().lowercased() } ?? ""
  }
}
