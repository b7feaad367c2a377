import AnnalsEngine

/// Describes a dataset whose tables are written anew, each into one file.
///
/// What a description says stays, but for how a file was written: its path, format, dialect, encoding,
/// size and hash, and the texts that stood for null, true and false.
package struct PackageWriter {
  /// A table and the file that it goes to.
  private struct Entry {
    let resource: TableResource
    let fileName: String
    let schema: JSONValue
  }

  private static let place = TextPlace(line: 1, column: 1)

  private let package: DataPackage
  private let format: TableFormat
  private let entries: [Entry]

  /// - Parameters:
  ///   - tables: The tables of the package as they were read, in its order.
  ///   - format: That of the new files: one that our own reader reads.
  package init(
    _ package: DataPackage, tables: [RawTable], format: TableFormat
  ) throws(FormatsError) {
    self.package = package
    self.format = format
    var entries: [Entry] = []
    var names: Set<String> = ["datapackage.json"]
    for table in tables {
      entries.append(
        Entry(
          resource: table.resource,
          fileName: Self.fileName(table.resource.name, format, &names),
          schema: try Self.schema(of: table, in: package, format)))
    }
    self.entries = entries
  }

  /// The name of the file of each table, in order.
  package var fileNames: [String] { entries.map(\.fileName) }

  /// What each table's Arrow file says of itself, in order.
  package var descriptions: [String] { entries.map(\.schema.compactText) }

  /// The bytes of `datapackage.json`.
  package func descriptor(name: String) -> String {
    let resources = entries.map { entry in
      resource(entry).with(
        [
          ("path", .text(entry.fileName)), ("format", .text(format.rawValue)),
          ("schema", entry.schema.content),
        ], without: Self.properties)
    }
    let source = package.source ?? Self.object([("name", .text(name))])
    return source.with([("resources", .array(resources))], without: []).text + "\n"
  }

  /// Properties of a resource that speak of the file that it was read from.
  private static let properties: Set<String> = [
    "mediatype", "encoding", "dialect", "compression", "bytes", "hash", "scheme", "profile",
  ]

  private func resource(_ entry: Entry) -> JSONValue {
    if case .array(let resources)? = package.source?["resources"]?.content,
      let known = resources.first(where: { $0["name"]?.content == .text(entry.resource.name) })
    {
      return known
    }
    return Self.object([("name", .text(entry.resource.name))])
  }

  // MARK: Schema

  private static func schema(
    of table: RawTable, in package: DataPackage, _ format: TableFormat
  ) throws(FormatsError) -> JSONValue {
    let fields = zip(table.schema.fields, table.parts).map { field, part in
      object(
        [("name", .text(field.name)), ("type", .text(typeName(part.type)))]
          + (part.type == .list ? [("delimiter", .text(";"))] : []))
    }
    guard let declared = try package.schemaSource(of: table.resource) else {
      return addingKeys(of: table.schema, to: object([("fields", .array(fields))]))
    }
    var known = fields
    if case .array(let sources)? = declared["fields"]?.content {
      known = zip(sources, table.parts).map { source, part in
        source.with(
          part.type == .list ? [("delimiter", .text(";"))] : [],
          without: part.type == .day || part.type == .time
            ? ["missingValues", "format"] : ["missingValues", "trueValues", "falseValues"])
      }
    }
    return declared.with([("fields", .array(known))], without: ["missingValues", "fieldsMatch"])
  }

  /// What an Arrow file said of itself, where no description does.
  private static func addingKeys(of schema: TableSchema, to value: JSONValue) -> JSONValue {
    var added: [(name: String, content: JSONValue.Content)] = []
    if !schema.primaryKey.isEmpty { added.append(("primaryKey", texts(schema.primaryKey))) }
    if !schema.figures.isEmpty {
      let figures = schema.figures.map { figure in
        object(
          [
            ("name", figure.name), ("low", figure.low), ("best", figure.best),
            ("high", figure.high),
          ]
          .compactMap { name, text in text.map { (name, .text($0)) } })
      }
      added.append(("annals:figures", .array(figures)))
    }
    if !schema.foreignKeys.isEmpty {
      let keys = schema.foreignKeys.map { key in
        object([
          ("fields", texts(key.columns)),
          (
            "reference",
            object([("resource", .text(key.table)), ("fields", texts(key.referredColumns))]).content
          ),
        ])
      }
      added.append(("foreignKeys", .array(keys)))
    }
    return value.with(added, without: [])
  }

  private static func typeName(_ type: ValueType) -> String {
    switch type {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number, .figure: "number"
    case .text, .reference: "string"
    case .day: "date"
    case .time: "datetime"
    case .list: "list"
    }
  }

  private static func texts(_ texts: [String]) -> JSONValue.Content {
    .array(texts.map { JSONValue(.text($0), at: place) })
  }

  private static func object(_ members: [(name: String, content: JSONValue.Content)]) -> JSONValue {
    JSONValue(
      .object(
        members.map {
          JSONMember(name: $0.name, place: place, value: JSONValue($0.content, at: place))
        }), at: place)
  }

  // MARK: Names

  /// A table's name with what could lead elsewhere replaced, and a number where it is taken.
  private static func fileName(
    _ table: String, _ format: TableFormat, _ taken: inout Set<String>
  ) -> String {
    let safe = table.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
        || scalar == "-" ? String(scalar) : "_"
    }.joined()
    let stem = String(safe.prefix(100))
    var name = (stem.isEmpty ? "table" : stem) + "." + format.rawValue
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = stem + "-\(number)." + format.rawValue
      number += 1
    }
    return name
  }
}

extension DataPackage {
  /// The schema of a table as the description has it; nil if it has none.
  fileprivate func schemaSource(of resource: TableResource) throws(FormatsError) -> JSONValue? {
    guard case .array(let resources)? = source?["resources"]?.content,
      let known = resources.first(where: { $0["name"]?.content == .text(resource.name) })
    else { return nil }
    let descriptor = try Descriptor(known, file: path, name: "a resource")
    return try files.descriptor("schema", of: descriptor)?.value
  }
}
