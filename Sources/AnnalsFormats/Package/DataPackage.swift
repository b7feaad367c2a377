import AnnalsEngine
import AnnalsPlatform

/// The description of a dataset: a Data Package of the Frictionless standard, version 1 or 2.
package struct DataPackage: Sendable {
  /// The most bytes of a description.
  package static let byteLimit = 1 << 26

  /// The one value of `annals:model` that can be opened.
  package static let knownModelVersion = "1"

  /// The path of the description, as it was given.
  package let path: String
  /// How its files may be opened.
  package let access: FileAccess
  package let metadata: PackageMetadata
  /// The version of the model that the dataset declares to follow (`annals:model`).
  package let modelVersion: String?
  /// The tables, in the order of the description.
  package let resources: [TableResource]
  package let notes: [DatasetNote]
  /// The description as it stands in its file; nil where there is none.
  let source: JSONValue?

  /// A package of one table that no description tells of.
  package init(single resource: TableResource, access: FileAccess) {
    path = ""
    self.access = access
    metadata = PackageMetadata()
    modelVersion = nil
    resources = [resource]
    notes = []
    source = nil
  }

  private init(
    path: String, access: FileAccess, metadata: PackageMetadata, modelVersion: String?,
    resources: [TableResource], notes: [DatasetNote], source: JSONValue
  ) {
    self.path = path
    self.access = access
    self.metadata = metadata
    self.modelVersion = modelVersion
    self.resources = resources
    self.notes = notes
    self.source = source
  }

  /// Reads a description; of the data files only schemas beside it are opened.
  ///
  /// - Throws: ``FormatsError`` with line and column for what is wrong or not supported. Unknown
  ///   properties are left alone; what cannot be read as a table becomes a note.
  package static func read(
    path: String, access: FileAccess = .all
  ) throws(FormatsError) -> DataPackage {
    let bytes: [UInt8]
    do throws(PlatformError) {
      bytes = try FileReader.contents(of: path, access: access, byteLimit: byteLimit)
    } catch {
      throw .platform(cause: error)
    }
    return try parse(bytes, path: path, access: access)
  }

  /// As ``read(path:)``, for a description whose bytes are at hand.
  ///
  /// - Parameter path: Where it stands, for messages and for the files that it names.
  package static func parse(
    _ bytes: [UInt8], path: String, access: FileAccess = .all
  ) throws(FormatsError) -> DataPackage {
    let folder = folder(of: path)
    let file = String(path.dropFirst(folder.count))
    let source = try JSONParser.parse(bytes, file: file)
    let descriptor = try Descriptor(source, file: file, name: "the data package")
    var reader = PackageReader(descriptor, files: PackageFiles(folder: folder, access: access))
    let modelVersion = try reader.modelVersion()
    let resources = try reader.resources()
    return DataPackage(
      path: path, access: access, metadata: try reader.metadata(), modelVersion: modelVersion,
      resources: resources, notes: reader.notes, source: source)
  }

  /// Where the file of a resource is.
  package func path(of resource: TableResource) -> String {
    Self.folder(of: path) + resource.path
  }

  /// The files beside the description.
  var files: PackageFiles { PackageFiles(folder: Self.folder(of: path), access: access) }

  /// Whether it is one table that no description tells of.
  package var isSingle: Bool { source == nil }

  /// Empty, or with a `/` at its end.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
