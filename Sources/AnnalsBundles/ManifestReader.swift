import AnnalsEngine
import AnnalsFormats

/// Reads a `bundle.json`; whatever is not in the format is an error that names its place.
struct ManifestReader {
  let bundle: String

  static func manifest(_ bytes: [UInt8], of bundle: String) throws(BundlesError) -> Manifest {
    let reader = ManifestReader(bundle: bundle)
    guard bytes.count <= BundleBounds.manifestByteCount else {
      throw .file(
        bundle: bundle, path: Manifest.path, problem: .tooLarge)
    }
    let value: JSONValue
    do throws(FormatsError) {
      value = try JSONParser.parse(bytes, file: Manifest.path)
    } catch .json(_, let place, let problem) {
      throw .json(bundle: bundle, place: place, problem: problem)
    } catch {
      // The parser has no other error.
      throw .json(bundle: bundle, place: TextPlace(line: 1, column: 1), problem: .badUTF8)
    }
    try reader.checkNumbers(value)
    return try reader.manifest(value)
  }

  private static let names = [
    "format", "id", "version", "title", "summary", "authors", "licence", "annals", "scripts",
    "needs", "uses", "permissions", "limits", "tests", "files",
  ]

  private func manifest(_ value: JSONValue) throws(BundlesError) -> Manifest {
    // First, so that a manifest of a later format is known as one whatever else it says.
    let format = try whole(try needed("format", value), "format", 0...Int64.max)
    guard format == Manifest.format else {
      throw wrong(.unknownFormat(format), member("format", of: value))
    }
    try checkNames(of: value, Self.names, "manifest")
    let id = try text("id", of: value)
    guard BundleName.isName(id) else { throw wrong(.badID(id), member("id", of: value)) }
    let version = try text("version", of: value)
    guard let number = Version(version) else {
      throw wrong(.badVersion(version), member("version", of: value))
    }
    let annals = try text("annals", of: value)
    guard let range = VersionRange(annals) else {
      throw wrong(.badRange(annals), member("annals", of: value))
    }
    let scripts = try scripts(value)
    return Manifest(
      id: id, version: number, title: try text("title", of: value),
      summary: try member("summary", of: value).map { value throws(BundlesError) in
        try text(value, "summary", limit: 2000)
      }, authors: try authors(value), licence: try text("licence", of: value), annals: range,
      scripts: scripts, needs: try needs(value), uses: try uses(value),
      permissions: try permissions(value),
      limits: try limits(value), tests: try tests(value, scripts: scripts),
      files: try files(value))
  }

  private func authors(_ value: JSONValue) throws(BundlesError) -> [String] {
    let list = try needed("authors", value)
    guard case .array(let values) = list.content else {
      throw wrongKind(list, "authors", "an array of texts")
    }
    var authors: [String] = []
    for value in values { authors.append(try text(value, "authors", limit: 200)) }
    guard !authors.isEmpty else { throw wrong(.noAuthors, list) }
    return authors
  }

  private func scripts(_ value: JSONValue) throws(BundlesError) -> [BundleScript] {
    let object = try needed("scripts", value)
    var scripts: [BundleScript] = []
    for member in try members(of: object, "scripts") {
      guard BundleName.isName(member.name, least: 1) else {
        throw wrong(.badScriptName(member.name), at: member.place)
      }
      scripts.append(BundleScript(name: member.name, file: try path(member.value, "scripts")))
    }
    guard !scripts.isEmpty else { throw wrong(.noScripts, object) }
    return scripts
  }

  private func needs(_ value: JSONValue) throws(BundlesError) -> [NeededTable] {
    guard let object = member("needs", of: value) else { return [] }
    var tables: [NeededTable] = []
    for member in try members(of: object, "needs") {
      try check(member.name, "needs", member.place, limit: 200)
      var columns: [NeededColumn] = []
      for column in try members(of: member.value, "needs") {
        try check(column.name, "needs", column.place, limit: 200)
        let type = try text(column.value, column.name, limit: 200)
        guard NeededColumn.types.contains(type) else {
          let near = NearNames.suggestions(for: type, among: NeededColumn.types)
          throw wrong(.badType(type, near: near), column.value)
        }
        columns.append(NeededColumn(name: column.name, type: type))
      }
      tables.append(NeededTable(name: member.name, columns: columns))
    }
    return tables
  }

  private func uses(_ value: JSONValue) throws(BundlesError) -> [UsedBundle] {
    guard let object = member("uses", of: value) else { return [] }
    var uses: [UsedBundle] = []
    for member in try members(of: object, "uses") {
      guard BundleName.isName(member.name) else {
        throw wrong(.badID(member.name), at: member.place)
      }
      let text = try text(member.value, member.name, limit: 200)
      guard let range = VersionRange(text) else { throw wrong(.badRange(text), member.value) }
      uses.append(UsedBundle(id: member.name, range: range))
    }
    return uses
  }

  private func permissions(_ value: JSONValue) throws(BundlesError) -> BundlePermissions {
    var permissions = BundlePermissions()
    guard let object = member("permissions", of: value) else { return permissions }
    try checkNames(of: object, ["read", "write", "environment"], "permissions")
    permissions.read = try member("read", of: object).map { value throws(BundlesError) in
      try text(value, "read", limit: 500)
    }
    permissions.write = try member("write", of: object).map { value throws(BundlesError) in
      try text(value, "write", limit: 500)
    }
    guard let variables = member("environment", of: object) else { return permissions }
    for member in try members(of: variables, "environment") {
      guard BundleName.isVariable(member.name) else {
        throw wrong(.badVariable(member.name), at: member.place)
      }
      let reason = try text(member.value, member.name, limit: 500)
      permissions.environment.append(BundleVariable(name: member.name, reason: reason))
    }
    return permissions
  }

  private func limits(_ value: JSONValue) throws(BundlesError) -> BundleLimits {
    var limits = BundleLimits()
    guard let object = member("limits", of: value) else { return limits }
    try checkNames(of: object, ["memory_mib", "seconds", "output_mib"], "limits")
    limits.memory = try limit("memory_mib", object, most: 1 << 20)
    limits.seconds = try limit("seconds", object, most: 86_400)
    limits.output = try limit("output_mib", object, most: 1 << 20)
    return limits
  }

  private func limit(_ name: String, _ object: JSONValue, most: Int64) throws(BundlesError) -> Int?
  {
    guard let value = member(name, of: object) else { return nil }
    return Int(try whole(value, name, 1...most))
  }

  private func files(_ value: JSONValue) throws(BundlesError) -> [ListedFile]? {
    guard let object = member("files", of: value) else { return nil }
    var files: [ListedFile] = []
    for member in try members(of: object, "files") {
      let path = member.name
      try checkPath(path, at: member.place)
      guard path != Manifest.path else { throw wrong(.listsItself, at: member.place) }
      if let last = files.last, !last.path.utf8.lexicographicallyPrecedes(path.utf8) {
        throw wrong(.filesUnsorted(path), at: member.place)
      }
      try checkNames(of: member.value, ["bytes", "sha256"], path)
      let most = Int64(BundleBounds.fileByteCount)
      let byteCount = try whole(try needed("bytes", member.value), "bytes", 0...most)
      let hash = try text("sha256", of: member.value)
      guard let contentHash = ContentHash(hash) else {
        throw wrong(.badHash(hash), self.member("sha256", of: member.value))
      }
      files.append(ListedFile(path: path, byteCount: Int(byteCount), hash: contentHash))
    }
    return files
  }
}
