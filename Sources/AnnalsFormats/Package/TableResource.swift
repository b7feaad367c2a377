/// A table of a dataset and the file that it stands in.
package struct TableResource: Sendable {
  /// The kinds of files that hold a table.
  package enum Format: Hashable, Sendable {
    case delimited, arrow
  }

  package var name: String
  package var title: String?
  /// Relative to the folder of the description, and within it.
  package var path: String
  package var format: Format
  /// How a delimited file is read.
  package var dialect: DelimitedDialect
  /// Nil where the description has none, so that types must be found out.
  package var schema: TableSchema?

  package init(
    name: String, title: String? = nil, path: String, format: Format = .delimited,
    dialect: DelimitedDialect = .csv, schema: TableSchema? = nil
  ) {
    self.name = name
    self.title = title
    self.path = path
    self.format = format
    self.dialect = dialect
    self.schema = schema
  }
}
