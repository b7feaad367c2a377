/// How a delimited file is written.
package struct DelimitedDialect: Hashable, Sendable {
  /// Stands between two fields.
  package var delimiter: UInt8
  /// Stands around a field that holds delimiters, quotes or line breaks, and twice for itself.
  /// Nil where quotes mean nothing.
  package var quote: UInt8?
  /// Whether the first line names the columns.
  package var hasHeader: Bool

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""),
    hasHeader: Bool = true
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.hasHeader = hasHeader
  }

  /// Commas, as RFC 4180 has them.
  package static let csv = DelimitedDialect()
  /// Tabs, quoted by the same rules.
  package static let tsv = DelimitedDialect(delimiter: UInt8(ascii: "\t"))
}
