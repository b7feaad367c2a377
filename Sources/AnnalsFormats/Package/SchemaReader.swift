import AnnalsEngine

/// Reads a Table Schema, in version 1 or 2 of the standard.
struct SchemaReader {
  let descriptor: Descriptor
  /// The table's name, for notes and for keys that refer to the table itself.
  let table: String
  private(set) var notes: [DatasetNote] = []

  init(_ descriptor: Descriptor, table: String) {
    self.descriptor = descriptor
    self.table = table
  }

  mutating func read() throws(FormatsError) -> TableSchema {
    try descriptor.require("fieldsMatch", toBe: ["exact", "[exact]", "equal", "[equal]"])
    var schema = TableSchema(fields: try fields())
    schema.missingValues = try Self.missingValues(descriptor) ?? [""]
    schema.primaryKey = try key("primaryKey", in: schema)
    schema.uniqueKeys = try uniqueKeys(in: schema)
    schema.foreignKeys = try foreignKeys(in: schema)
    schema.figures = try figures(in: schema)
    return schema
  }

  /// Texts that stand for null; version 2 of the standard also has objects with a label.
  static func missingValues(_ descriptor: Descriptor) throws(FormatsError) -> [String]? {
    guard let values = try descriptor.array("missingValues", of: "texts") else { return nil }
    guard case .object? = values.first?.content else {
      return try descriptor.texts("missingValues")
    }
    var texts: [String] = []
    for labelled in try descriptor.objects("missingValues") ?? [] {
      texts.append(try labelled.requiredText("value", of: "a missing value"))
    }
    return texts
  }

  private mutating func fields() throws(FormatsError) -> [FieldDefinition] {
    guard let descriptors = try descriptor.objects("fields") else {
      throw descriptor.error(.missingProperty("fields", of: "a schema"))
    }
    var fields: [FieldDefinition] = []
    var names: Set<String> = []
    for descriptor in descriptors {
      var reader = FieldReader(descriptor, table: table)
      let field = try reader.read()
      notes += reader.notes
      guard names.insert(field.name).inserted else {
        throw descriptor.error(.duplicateName(kind: "column", name: field.name), at: "name")
      }
      fields.append(field)
    }
    return fields
  }

  private func key(_ name: String, in schema: TableSchema) throws(FormatsError) -> [String] {
    let columns = try descriptor.textOrTexts(name) ?? []
    for column in columns { try check(column, in: schema, descriptor, at: name) }
    return columns
  }

  private func uniqueKeys(in schema: TableSchema) throws(FormatsError) -> [[String]] {
    var keys: [[String]] = []
    for value in try descriptor.array("uniqueKeys", of: "arrays of texts") ?? [] {
      guard case .array(let columns) = value.content else {
        throw descriptor.error(
          .wrongKind(property: "uniqueKeys", found: value.kindName, needed: "an array of arrays"),
          at: "uniqueKeys")
      }
      var names: [String] = []
      for column in columns {
        let name = Descriptor.shown(column)
        try check(name, in: schema, descriptor, at: "uniqueKeys")
        names.append(name)
      }
      if !names.isEmpty { keys.append(names) }
    }
    return keys
  }

  private func foreignKeys(in schema: TableSchema) throws(FormatsError) -> [ForeignKey] {
    var keys: [ForeignKey] = []
    for descriptor in try descriptor.objects("foreignKeys") ?? [] {
      guard let columns = try descriptor.textOrTexts("fields"),
        let reference = try descriptor.object("reference"),
        let referred = try reference.textOrTexts("fields")
      else {
        let missing = descriptor.value["fields"] == nil ? "fields" : "reference"
        throw descriptor.error(.missingProperty(missing, of: "a foreign key"))
      }
      for column in columns { try check(column, in: schema, descriptor, at: "fields") }
      guard columns.count == referred.count, !columns.isEmpty else {
        throw descriptor.error(.keyWidth(columns: columns.count, referred: referred.count))
      }
      let resource = try reference.text("resource") ?? ""
      keys.append(
        ForeignKey(
          columns: columns, table: resource.isEmpty ? table : resource,
          referredColumns: referred, file: descriptor.file, place: reference.value.place))
    }
    return keys
  }

  private func figures(in schema: TableSchema) throws(FormatsError) -> [FigureDefinition] {
    var figures: [FigureDefinition] = []
    var used = Set(schema.primaryKey + schema.foreignKeys.flatMap(\.columns))
    for descriptor in try descriptor.objects("annals:figures") ?? [] {
      let figure = FigureDefinition(
        name: try descriptor.requiredText("name", of: "a figure"),
        low: try descriptor.text("low"), best: try descriptor.text("best"),
        high: try descriptor.text("high"))
      guard !figure.parts.isEmpty else {
        throw descriptor.error(.figureWithoutParts(figure.name))
      }
      for part in figure.parts {
        try check(part, in: schema, descriptor, at: "name")
        if let type = schema[part]?.type, type != .number, type != .integer {
          throw descriptor.error(.figurePart(column: part, type: type.name))
        }
        guard used.insert(part).inserted else {
          throw descriptor.error(.columnUsedTwice(part))
        }
      }
      figures.append(figure)
    }
    try checkNames(of: figures, in: schema)
    return figures
  }

  /// A figure may take the name of one of its parts, but of no column that stays.
  private func checkNames(
    of figures: [FigureDefinition], in schema: TableSchema
  ) throws(FormatsError) {
    let gone = Set(figures.flatMap(\.parts))
    var taken = Set(schema.names.filter { !gone.contains($0) })
    for figure in figures where !taken.insert(figure.name).inserted {
      throw descriptor.error(
        .duplicateName(kind: "column", name: figure.name), at: "annals:figures")
    }
  }

  private func check(
    _ column: String, in schema: TableSchema, _ descriptor: Descriptor, at property: String
  ) throws(FormatsError) {
    guard schema[column] == nil else { return }
    let near = NearNames.suggestions(for: column, among: schema.names)
    throw descriptor.error(.unknownColumn(column, near: near), at: property)
  }
}
