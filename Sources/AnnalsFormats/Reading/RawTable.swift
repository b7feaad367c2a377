package import AnnalsEngine

/// The columns of one file as their schema types them, before keys and references are looked at.
package struct RawTable {
  package let resource: TableResource
  /// The schema that it was read by: the resource's, or the one found out from the values.
  package let schema: TableSchema
  /// One for each field of the schema, in its order.
  package let parts: [TableColumn]
  package let rowCount: Int
  /// Where each row stands in its file.
  package let lines: RowLines
  package let notes: [DatasetNote]

  package init(
    resource: TableResource, schema: TableSchema, parts: [TableColumn], rowCount: Int,
    lines: RowLines, notes: [DatasetNote] = []
  ) {
    self.resource = resource
    self.schema = schema
    self.parts = parts
    self.rowCount = rowCount
    self.lines = lines
    self.notes = notes
  }

  /// As ``init(resource:schema:parts:rowCount:lines:notes:)``, of columns that are at hand.
  package init(
    resource: TableResource, schema: TableSchema, columns: [Column], rowCount: Int, lines: RowLines
  ) {
    self.init(
      resource: resource, schema: schema, parts: columns.map(TableColumn.finished),
      rowCount: rowCount, lines: lines)
  }

  /// The same with notes before its own.
  package func adding(_ notes: [DatasetNote]) -> RawTable {
    RawTable(
      resource: resource, schema: schema, parts: parts, rowCount: rowCount, lines: lines,
      notes: notes + self.notes)
  }

  /// The column of a field, which is read now if it was not yet; nil if there is no such field.
  package func column(_ name: String) throws(EngineError) -> Column? {
    guard let index = schema.fields.firstIndex(where: { $0.name == name }) else { return nil }
    return try parts[index].read()
  }

  /// The columns of some fields; those that are not there are left out.
  package func columns(_ names: [String]) throws(EngineError) -> [Column] {
    var columns: [Column] = []
    for name in names {
      if let column = try column(name) { columns.append(column) }
    }
    return columns
  }

  /// The columns as they stand in the file, without references and figures.
  package var table: Table {
    Table(
      schema: Schema(names: zip(schema.fields, parts).map { ($0.name, $1.type) }),
      rowCount: rowCount, parts: parts)
  }
}
