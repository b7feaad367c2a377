package import AnnalsEngine

/// Reads a table of a dataset that stands in an Arrow file.
///
/// Columns are found by name, in any order; the result has the schema's order. Only columns with
/// constraints, and those of keys, are looked at; the others stay unread.
package struct ArrowTableReader {
  private let resource: TableResource
  private let fileIndex: Int
  private let file: ArrowTable

  /// - Parameters:
  ///   - path: Where the resource's file is.
  ///   - tables: The names of the dataset's tables. Without a schema in the dataset's description the
  ///     file's own counts, of which references to other tables are left out, with a note.
  ///   - problems: Receives values that break a constraint.
  package static func read(
    _ resource: TableResource, path: String, tables: [String], fileIndex: Int, access: FileAccess,
    reading: FileReading, budget: MemoryBudget, threadCount: Int, problems: inout ProblemList
  ) throws(FormatsError) -> RawTable {
    let file = try ArrowTable.read(
      path: path, name: resource.path, access: access, reading: reading, budget: budget,
      threadCount: threadCount)
    let reader = ArrowTableReader(resource: resource, fileIndex: fileIndex, file: file)
    var notes: [DatasetNote] = []
    let schema: TableSchema
    if let declared = resource.schema {
      schema = declared
    } else {
      schema = try reader.ownSchema(tables, &notes)
    }
    let parts = try reader.parts(of: schema)
    do throws(EngineError) {
      let raw = RawTable(
        resource: resource, schema: schema, parts: parts, rowCount: file.rowCount,
        lines: try RowLines(budget: budget), notes: notes)
      try reader.checkConstraints(of: raw, &problems)
      return raw
    } catch {
      throw .engine(cause: error)
    }
  }

  // MARK: Schema

  /// The file's columns with what it says of them itself.
  private func ownSchema(
    _ tables: [String], _ notes: inout [DatasetNote]
  ) throws(FormatsError) -> TableSchema {
    var schema = TableSchema(
      fields: zip(file.names, file.columns).map {
        FieldDefinition(name: $0, type: Self.fieldType($1.type))
      })
    guard let description = file.description else { return schema }
    let place = resource.path + " (" + ArrowTable.schemaKey + ")"
    let value = try JSONParser.parse(Array(description.utf8), file: place)
    var reader = SchemaReader(
      try Descriptor(value, file: place, name: ArrowTable.schemaKey), table: "")
    let own = try reader.read()
    for field in own.fields where schema[field.name] == nil {
      throw problem(.missingColumn(name: field.name, near: []))
    }
    schema.primaryKey = own.primaryKey
    schema.uniqueKeys = own.uniqueKeys
    schema.figures = own.figures
    for var key in own.foreignKeys {
      let isOwn = key.table.isEmpty
      if isOwn { key.table = resource.name }
      if isOwn || tables.contains(key.table) {
        schema.foreignKeys.append(key)
      } else {
        notes.append(
          DatasetNote(
            table: resource.name, column: key.columns.joined(separator: ", "),
            "holds keys of \(ShownText.quoted(key.table)), which is not there"))
      }
    }
    return schema
  }

  private static func fieldType(_ type: ValueType) -> FieldType {
    switch type {
    case .boolean: .boolean
    case .integer: .integer
    case .number: .number
    case .day: .day
    case .time: .time
    case .list: .list(delimiter: ";")
    case .text, .figure, .reference: .text
    }
  }

  /// The columns in the schema's order.
  private func parts(of schema: TableSchema) throws(FormatsError) -> [TableColumn] {
    let known = Set(schema.names)
    let extra = file.names.filter { !known.contains($0) }
    var parts: [TableColumn] = []
    for field in schema.fields {
      guard let index = file.names.firstIndex(of: field.name) else {
        let near = NearNames.suggestions(for: field.name, among: extra)
        throw problem(.missingColumn(name: field.name, near: near))
      }
      let column = file.columns[index]
      guard column.type == field.type.valueType else {
        throw problem(
          .otherType(
            column: field.name, found: Self.fieldType(column.type).name,
            declared: field.type.name))
      }
      parts.append(column)
    }
    if let name = extra.first {
      throw problem(
        .unexpectedColumn(
          name: name, near: NearNames.suggestions(for: name, among: schema.names)))
    }
    return parts
  }

  private func problem(_ problem: ArrowProblem) -> FormatsError {
    .arrow(file: resource.path, problem: problem)
  }

  // MARK: Constraints

  private func checkConstraints(
    of table: RawTable, _ problems: inout ProblemList
  ) throws(EngineError) {
    for (field, part) in zip(table.schema.fields, table.parts) {
      let isKey = table.schema.primaryKey.contains(field.name)
      let constraints = field.constraints
      guard isKey || constraints.isRequired || constraints.hasLimits else { continue }
      let column = try part.read()
      for row in 0..<table.rowCount {
        if column.isNull(row) {
          guard isKey || constraints.isRequired else { continue }
          report(isKey ? .missingKey : .missingValue, row, field, nil, &problems)
        } else if constraints.hasLimits {
          let value = column.value(row)
          guard let reason = constraints.broken(by: value) else { continue }
          report(reason, row, field, value.text, &problems)
        }
      }
    }
  }

  private func report(
    _ reason: DataProblem.Reason, _ row: Int, _ field: FieldDefinition, _ value: String?,
    _ problems: inout ProblemList
  ) {
    problems.add(
      DataProblem(
        file: resource.path, line: row + 1, columns: [field.name], value: value, reason: reason,
        unit: .row),
      file: fileIndex)
  }
}
