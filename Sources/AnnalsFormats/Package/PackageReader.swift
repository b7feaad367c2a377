import AnnalsEngine

/// Reads the properties of a data package.
struct PackageReader {
  private let descriptor: Descriptor
  private let files: PackageFiles
  private(set) var notes: [DatasetNote] = []
  /// Names of resources that are no tables, so that references to them can be told apart.
  private var names: Set<String> = []

  init(_ descriptor: Descriptor, files: PackageFiles) {
    self.descriptor = descriptor
    self.files = files
  }

  func metadata() throws(FormatsError) -> PackageMetadata {
    var metadata = PackageMetadata()
    metadata.name = try descriptor.text("name")
    metadata.title = try descriptor.text("title")
    metadata.description = try descriptor.text("description")
    metadata.version = try descriptor.text("version")
    metadata.homepage = try descriptor.text("homepage")
    for licence in try descriptor.objects("licenses") ?? [] {
      let names = [
        try licence.text("title"), try licence.text("name"), try licence.text("path"),
      ]
      if let name = names.compactMap(\.self).first { metadata.licences.append(name) }
    }
    return metadata
  }

  func modelVersion() throws(FormatsError) -> String? {
    guard let value = descriptor.value["annals:model"] else { return nil }
    let version = Descriptor.shown(value)
    guard version == DataPackage.knownModelVersion else {
      throw descriptor.error(
        .modelVersion(found: version, supported: DataPackage.knownModelVersion), at: "annals:model")
    }
    return version
  }

  mutating func resources() throws(FormatsError) -> [TableResource] {
    guard let descriptors = try descriptor.objects("resources") else {
      throw descriptor.error(.missingProperty("resources", of: "the data package"))
    }
    var resources: [TableResource] = []
    for descriptor in descriptors {
      let name = try descriptor.requiredText("name", of: "a resource")
      guard names.insert(name).inserted else {
        throw descriptor.error(.duplicateName(kind: "table", name: name), at: "name")
      }
      if let resource = try resource(name, descriptor) { resources.append(resource) }
    }
    try ForeignKeyCheck.check(resources)
    return resources
  }

  /// Nil, with a note, for what is no table.
  private mutating func resource(
    _ name: String, _ descriptor: Descriptor
  ) throws(FormatsError) -> TableResource? {
    guard let paths = try descriptor.textOrTexts("path"), let path = paths.first else {
      if descriptor.value["data"] == nil {
        throw descriptor.error(.missingProperty("path", of: "a resource"))
      }
      notes.append(DatasetNote(table: name, "not read: its data stand in the description itself"))
      return nil
    }
    for path in paths { try PackageFiles.check(path, descriptor, at: "path") }
    let format = try format(of: descriptor, path: path)
    let isArrow = format == "arrow" || format == "feather"
    guard isArrow || format == "csv" || format == "tsv" else {
      notes.append(DatasetNote(table: name, "not read: its format is `\(format)`"))
      return nil
    }
    guard paths.count == 1 else {
      throw descriptor.error(.severalPaths(count: paths.count), at: "path")
    }
    try descriptor.require("compression", toBe: ["no"])
    var resource = TableResource(name: name, title: try descriptor.text("title"), path: path)
    if isArrow {
      resource.format = .arrow
      resource.schema = try schema(name, descriptor)
      return resource
    }
    try checkEncoding(descriptor)
    resource.dialect = format == "tsv" ? .tsv : .csv
    if let dialect = try files.descriptor("dialect", of: descriptor) {
      resource.dialect = try DialectReader.read(dialect, standard: resource.dialect)
    }
    resource.schema = try schema(name, descriptor)
    return resource
  }

  private mutating func schema(
    _ name: String, _ descriptor: Descriptor
  ) throws(FormatsError) -> TableSchema? {
    guard let source = try files.descriptor("schema", of: descriptor) else {
      notes.append(
        DatasetNote(table: name, "without a schema: types found from the values of each column"))
      return nil
    }
    var reader = SchemaReader(source, table: name)
    let schema = try reader.read()
    notes += reader.notes
    return schema
  }

  private func format(of descriptor: Descriptor, path: String) throws(FormatsError) -> String {
    if let format = try descriptor.text("format") { return format.lowercased() }
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: ".") else { return "csv" }
    let ending = name[point...].dropFirst().lowercased()
    return ending == "tab" ? "tsv" : ending == "txt" ? "csv" : ending
  }

  private func checkEncoding(_ descriptor: Descriptor) throws(FormatsError) {
    guard let encoding = try descriptor.text("encoding") else { return }
    guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(encoding.lowercased()) else {
      throw descriptor.error(
        .unsupported(property: "encoding", value: encoding, supported: ["utf-8"]), at: "encoding")
    }
  }
}
