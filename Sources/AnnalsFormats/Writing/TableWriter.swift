public import AnnalsEngine

/// Writes a finished table as bytes, a piece at a time.
///
/// A reference is written as its key, a day or time as ISO text. A figure `x` takes three columns,
/// `x_low`, `x_best` and `x_high`, except in Markdown, where it is written as people read it.
public struct TableWriter: Sendable {
  private let table: Table
  private let format: TableFormat
  private let columns: [OutputColumn]

  /// - Throws: ``FormatsError/clashingColumn(name:)`` if two columns would bear one name.
  public init(_ table: Table, format: TableFormat) throws(FormatsError) {
    self.table = table
    self.format = format
    columns = try OutputColumn.columns(of: table, dividesFigures: format != .markdown)
  }

  /// Writes all rows.
  ///
  /// - Parameter sink: Takes the pieces in order; what it throws ends the writing.
  public func write<Failure: Error>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var output = OutputBuffer()
    start(&output)
    for row in 0..<table.rowCount {
      append(row, &output)
      if output.bytes.count >= OutputBuffer.pieceByteCount { try output.flush(to: sink) }
    }
    end(&output)
    try output.flush(to: sink)
  }

  private func start(_ output: inout OutputBuffer) {
    switch format {
    case .csv: DelimitedForm.comma.appendHeader(columns.map(\.name), &output)
    case .tsv: DelimitedForm.tab.appendHeader(columns.map(\.name), &output)
    case .json: if table.rowCount > 0 { output.append("[\n") } else { output.append("[]\n") }
    case .ndjson: break
    case .markdown: MarkdownForm.appendHeader(columns, &output)
    }
  }

  private func append(_ row: Int, _ output: inout OutputBuffer) {
    switch format {
    case .csv: DelimitedForm.comma.append(row, of: columns, table, &output)
    case .tsv: DelimitedForm.tab.append(row, of: columns, table, &output)
    case .json:
      JSONForm.append(row, of: columns, table, &output)
      output.append(row + 1 < table.rowCount ? ",\n" : "\n")
    case .ndjson:
      JSONForm.append(row, of: columns, table, &output)
      output.append("\n")
    case .markdown: MarkdownForm.append(row, of: columns, table, &output)
    }
  }

  private func end(_ output: inout OutputBuffer) {
    if format == .json, table.rowCount > 0 { output.append("]\n") }
  }
}
