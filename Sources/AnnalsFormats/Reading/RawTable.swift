package import AnnalsEngine

/// The columns of one file as their schema types them, before keys and references are looked at.
package struct RawTable {
  package let resource: TableResource
  /// The schema that it was read by: the resource's, or the one found out from the values.
  package let schema: TableSchema
  /// One for each field of the schema, in its order.
  package let columns: [Column]
  package let rowCount: Int
  package let lines: RowLines

  package init(
    resource: TableResource, schema: TableSchema, columns: [Column], rowCount: Int, lines: RowLines
  ) {
    self.resource = resource
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
    self.lines = lines
  }

  /// The column of a field.
  package subscript(name: String) -> Column? {
    schema.fields.firstIndex { $0.name == name }.map { columns[$0] }
  }
}
