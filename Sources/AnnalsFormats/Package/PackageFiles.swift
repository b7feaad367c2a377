import AnnalsPlatform

/// The files of a data package, by their paths relative to its folder.
struct PackageFiles: Sendable {
  /// Empty, or ends with `/`.
  let folder: String
  let access: FileAccess

  /// A JSON file with an object in it.
  func descriptor(_ path: String) throws(FormatsError) -> Descriptor {
    let bytes: [UInt8]
    do throws(PlatformError) {
      bytes = try FileReader.contents(
        of: folder + path, access: access, byteLimit: DataPackage.byteLimit)
    } catch {
      throw .platform(cause: error)
    }
    return try Descriptor(
      try JSONParser.parse(bytes, file: path), file: path, name: path)
  }

  /// The object of a property, which may also be the path of a file that holds it.
  func descriptor(_ name: String, of owner: Descriptor) throws(FormatsError) -> Descriptor? {
    guard case .text(let path)? = owner.value[name]?.content else { return try owner.object(name) }
    try Self.check(path, owner, at: name)
    return try descriptor(path)
  }

  /// Refuses a path that leads out of the folder or to the web.
  static func check(
    _ path: String, _ owner: Descriptor, at property: String
  ) throws(FormatsError) {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if path.contains("://") { throw owner.error(.webPath(path), at: property) }
    let climbs = parts.contains { $0.elementsEqual("..".utf8) }
    guard !path.isEmpty, !path.utf8.starts(with: "/".utf8), !climbs, !path.utf8.contains(0) else {
      throw owner.error(.unsafePath(path), at: property)
    }
  }
}
