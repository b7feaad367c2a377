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
  /// delimited one: `.csv`, `.txt` (commas), `.tsv` or `.tab` (tabs).
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
    case "csv", "txt": return .table(path: path, dialect: .csv)
    case "tsv", "tab": return .table(path: path, dialect: .tsv)
    case "arrow", "feather": return .arrow(path: path)
    default: throw .unknownEnding(path: path)
    }
  }

  private static func kind(
    of path: String, _ access: FileAccess
  ) throws(FormatsError) -> FileKind? {
    do { return try access.kind(of: path) } catch { throw .platform(cause: error) }
  }

  /// The last part of a path, without its ending.
  package static func name(of path: String) -> String {
    let parts = path.split(separator: "/")
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
