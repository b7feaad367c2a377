public import AnnalsEngine

/// Writes a finished table as bytes, a piece at a time.
///
/// A reference is written as its key, a day or time as ISO text. A figure `x` takes three columns,
/// `x_low`, `x_best` and `x_high`, except in Markdown, where it is written as people read it.
public struct TableWriter: Sendable {
  private let table: Table
  private let format: TableFormat
  private let columns: [OutputColumn]
  /// What Arrow's format needs; nil for others.
  private let arrow: ArrowForm?

  /// - Throws: ``FormatsError/clashingColumn(name:)`` if two columns would bear one name.
  public init(_ table: Table, format: TableFormat) throws(FormatsError) {
    try self.init(table, format: format, description: nil)
  }

  /// As ``init(_:format:)``.
  ///
  /// - Parameters:
  ///   - description: What an Arrow file says of its columns: a Table Schema as JSON. Without it only
  ///     figures are described.
  ///   - budget: For columns that must be brought into Arrow's form.
  package init(
    _ table: Table, format: TableFormat, description: String?,
    budget: MemoryBudget = MemoryBudget(byteLimit: .max)
  ) throws(FormatsError) {
    columns = try OutputColumn.columns(of: table, dividesFigures: format != .markdown)
    self.format = format
    do throws(EngineError) {
      self.table = try table.checked()
      arrow =
        format == .arrow ? try Self.arrow(self.table, columns, description, budget) : nil
    } catch {
      throw .engine(cause: error)
    }
  }

  /// The columns with values that a format has no form of its own for, and how many.
  package static func losses(
    of table: Table, as format: TableFormat
  ) -> [(column: String, count: Int)] {
    guard format == .csv || format == .tsv else { return [] }
    return table.schema.fields.compactMap { field in
      guard let column = try? table.column(field.slot) else { return nil }
      let count = DelimitedLoss.count(in: column)
      return count > 0 ? (field.name, count) : nil
    }
  }

  /// Writes all rows.
  ///
  /// - Parameter sink: Takes the pieces in order; what it throws ends the writing.
  public func write<Failure: Error>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    if let arrow { return try arrow.write(to: sink) }
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
    case .ndjson, .arrow: break
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
    case .arrow: break
    }
  }

  private static func arrow(
    _ table: Table, _ columns: [OutputColumn], _ description: String?, _ budget: MemoryBudget
  ) throws(EngineError) -> ArrowForm {
    var written: [Column] = []
    for column in columns {
      written.append(try table.column(column.slot).keys(budget: budget))
    }
    return try ArrowForm(
      names: columns.map(\.name), columns: written, rowCount: table.rowCount,
      description: description ?? FigureDescription.json(of: table.schema), budget: budget)
  }

  private func end(_ output: inout OutputBuffer) {
    if format == .json, table.rowCount > 0 { output.append("]\n") }
  }
}
