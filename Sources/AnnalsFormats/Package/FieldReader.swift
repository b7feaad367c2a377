import AnnalsEngine

/// Reads the description of one column.
struct FieldReader {
  let descriptor: Descriptor
  /// The table, for notes.
  let table: String
  private(set) var notes: [DatasetNote] = []

  init(_ descriptor: Descriptor, table: String) {
    self.descriptor = descriptor
    self.table = table
  }

  mutating func read() throws(FormatsError) -> FieldDefinition {
    let name = try descriptor.requiredText("name", of: "a field")
    var field = FieldDefinition(name: name, type: try type(of: name))
    field.missingValues = try SchemaReader.missingValues(descriptor)
    if let constraints = try descriptor.object("constraints") {
      field.constraints = try self.constraints(constraints, of: field)
    }
    return field
  }

  private mutating func type(of name: String) throws(FormatsError) -> FieldType {
    let type = try descriptor.text("type") ?? "string"
    let format = try descriptor.text("format") ?? "default"
    switch type {
    case "string":
      if format != "default" { note(name, "the format `\(format)` is not checked") }
      return .text
    case "integer":
      try refuse(["groupChar": [], "bareNumber": ["true"]])
      return .integer
    case "number":
      try refuse(["decimalChar": ["."], "groupChar": [], "bareNumber": ["true"]])
      return .number
    case "boolean": return try boolean()
    case "date":
      try descriptor.require("format", toBe: ["default", "%Y-%m-%d"])
      return .day
    case "datetime":
      try descriptor.require("format", toBe: ["default", "%Y-%m-%dT%H:%M:%SZ"])
      return .time
    case "list": return try list(name)
    default:
      note(name, "the type `\(type)` is read as text")
      return .text
    }
  }

  private func refuse(_ supported: KeyValuePairs<String, [String]>) throws(FormatsError) {
    for (name, values) in supported { try descriptor.require(name, toBe: values) }
  }

  private func boolean() throws(FormatsError) -> FieldType {
    guard case .boolean(let trueTexts, let falseTexts) = FieldType.boolean else { return .text }
    return .boolean(
      trueTexts: try descriptor.texts("trueValues") ?? trueTexts,
      falseTexts: try descriptor.texts("falseValues") ?? falseTexts)
  }

  private mutating func list(_ name: String) throws(FormatsError) -> FieldType {
    let delimiter = try descriptor.text("delimiter") ?? ","
    guard !delimiter.isEmpty else {
      throw descriptor.error(
        .unsupported(property: "delimiter", value: "", supported: [",", ";"]), at: "delimiter")
    }
    if let item = try descriptor.text("itemType"), item != "string" {
      note(name, "the elements, of type `\(item)`, are read as text")
    }
    return .list(delimiter: delimiter)
  }

  private mutating func constraints(
    _ source: Descriptor, of field: FieldDefinition
  ) throws(FormatsError) -> FieldConstraints {
    var constraints = FieldConstraints()
    constraints.isRequired = try source.boolean("required") ?? false
    constraints.isUnique = try source.boolean("unique") ?? false
    var unchecked = [
      "pattern", "minLength", "maxLength", "exclusiveMinimum", "exclusiveMaximum", "jsonSchema",
    ]
    if case .list = field.type {
      unchecked += ["enum", "minimum", "maximum"]
    } else {
      constraints.choices = try choices(source, field.type)
      if field.type == .text {
        unchecked += ["minimum", "maximum"]
      } else {
        constraints.minimum = try limit("minimum", source, field.type)
        constraints.maximum = try limit("maximum", source, field.type)
      }
    }
    for name in unchecked where source.value[name] != nil {
      note(field.name, "the constraint `\(name)` is not checked")
    }
    return constraints
  }

  private func choices(_ source: Descriptor, _ type: FieldType) throws(FormatsError) -> [Value]? {
    guard let values = try source.array("enum", of: "values") else { return nil }
    var choices: [Value] = []
    for value in values { choices.append(try constant(value, "enum", source, type)) }
    return choices
  }

  private func limit(
    _ name: String, _ source: Descriptor, _ type: FieldType
  ) throws(FormatsError) -> Value? {
    guard let value = source.value[name] else { return nil }
    return try constant(value, name, source, type)
  }

  /// A value of the column's type, from a JSON value or from its text in the file.
  private func constant(
    _ value: JSONValue, _ property: String, _ source: Descriptor, _ type: FieldType
  ) throws(FormatsError) -> Value {
    switch (value.content, type) {
    case (.boolean(let value), .boolean): return .boolean(value)
    case (.integer(let value), .integer): return .integer(value)
    case (.integer(let value), .number): return .number(Double(value))
    case (.number(let value), .number): return .number(value)
    default: break
    }
    let text = Descriptor.shown(value)
    do throws(CellFailure) {
      return try type.value(Array(text.utf8).span)
    } catch {
      throw .descriptor(
        file: source.file, place: value.place,
        problem: .badConstraint(property: property, value: text, type: type.name))
    }
  }

  private mutating func note(_ column: String, _ text: String) {
    notes.append(DatasetNote(table: table, column: column, text))
  }
}
