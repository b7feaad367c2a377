import Annals
import AnnalsPlatform
import ArgumentParser

/// The packed bundles that a user has installed, each as `<id>-<version>.annals` in one folder.
struct InstalledBundles {
  let folder: String

  /// Those of the user.
  static func ofUser() throws(CommandError) -> InstalledBundles {
    InstalledBundles(folder: try UserFolders.bundles())
  }

  /// What is there by the names of the files, in the order of ids and versions. Other files are passed over.
  var all: [InstalledBundle] {
    ((try? Folder.names(in: folder)) ?? []).compactMap { InstalledBundle(file: $0) }
      .sorted { ($0.id, $0.version) < ($1.id, $1.version) }
  }

  func path(of bundle: InstalledBundle) -> String { folder + "/" + bundle.file }

  /// Reads an installed bundle, which must be the one that its name says.
  func open(_ bundle: InstalledBundle) throws(CommandError) -> ReportBundle {
    let found = try BundleFinder.open(path(of: bundle))
    guard found.manifest.id == bundle.id, found.manifest.version == bundle.version else {
      throw .data(
        "the file is not the bundle that its name says: it is \(found.packedName)"
          + "\n  at:  \(path(of: bundle))\n  fix: remove it, and install the bundle again")
    }
    return found
  }

  /// The bundle of `town-tolls`, the newest, or of `town-tolls@1.2.0`.
  func find(_ name: String) throws(CommandError) -> InstalledBundle {
    let all = all
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let versions = all.filter { $0.id == String(parts[0]) }
    let found = parts.count == 1 ? versions.last : versions.first { "\($0.version)" == parts[1] }
    if let found { return found }
    throw .usage(
      "there is no installed bundle `\(name.shortened)`", fix: Self.fix(name, versions, all))
  }

  private static func fix(
    _ name: String, _ versions: [InstalledBundle], _ all: [InstalledBundle]
  ) -> String {
    if !versions.isEmpty {
      return "its versions here are \(versions.map { "\($0.version)" }.quotedList)"
    }
    let near = NearNames.suggestions(for: name, among: ids(of: all))
    return near.isEmpty
      ? "`annals bundle list` shows what there is; `annals bundle install` installs a packed bundle"
      : "did you mean \(near.quotedAlternatives)?"
  }

  private static func ids(of bundles: [InstalledBundle]) -> [String] {
    Array(Set(bundles.map(\.id))).sorted()
  }

  /// Ids of installed bundles that are near to a name.
  func nearNames(to name: String) -> [String] {
    NearNames.suggestions(for: name, among: Self.ids(of: all))
  }

  /// Whether a name, with or without a version, begins with the id of an installed bundle.
  func hasBundle(of name: String) -> Bool {
    let id = name.prefix { $0 != "@" }
    return all.contains { $0.id == id }
  }
}

/// An installed bundle, as the name of its file says.
struct InstalledBundle: Hashable {
  let id: String
  let version: Version

  var file: String { "\(id)-\(version)" + ReportBundle.ending }

  init(id: String, version: Version) {
    self.id = id
    self.version = version
  }

  init(_ manifest: Manifest) { self.init(id: manifest.id, version: manifest.version) }

  /// Reads the name of a file; nil if it is no bundle's.
  init?(file: String) {
    guard file.hasSuffix(ReportBundle.ending) else { return nil }
    let name = file.dropLast(ReportBundle.ending.count)
    guard let dash = name.lastIndex(of: "-"),
      let version = Version(name[name.index(after: dash)...]),
      Manifest.isID(String(name[..<dash]))
    else { return nil }
    id = String(name[..<dash])
    self.version = version
  }
}

extension InstalledBundles {
  /// What the option `--bundles` says of itself.
  static let folderHelp = ArgumentHelp(
    """
    A folder with packed bundles that the bundle may use, beside those that are installed. May be given \
    several times.
    """,
    valueName: "folder")

  /// The folders in the order in which they are looked through: those of the option, then the user's.
  static func folders(adding given: [String]) -> [InstalledBundles] {
    let installed = try? InstalledBundles.ofUser()
    return given.map { InstalledBundles(folder: $0) } + [installed].compactMap { $0 }
  }
}
