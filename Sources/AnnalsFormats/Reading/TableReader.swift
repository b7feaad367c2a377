package import AnnalsEngine

/// Reads a delimited file into typed columns and gathers all that is wrong with it.
///
/// A row with a problem stays a row, with nulls for what could not be read, so that later checks see
/// its key. Columns are found by name, in any order; the result has the schema's order. An empty
/// field is null, quoted or not, as the Data Package standard has it.
package struct TableReader {
  /// The most rows of a table.
  package static let rowLimit = Int(Int32.max) - 1
  /// Near names are offered where fewer columns than that are missing, and fewer are unexpected.
  private static let nearNameLimit = 100

  private let resource: TableResource
  private let schema: TableSchema
  private let fileIndex: Int
  private let columns: [ColumnReader]
  private let lines: RowLines
  private var problems: ProblemList
  private var rowCount = 0
  /// The column that each field of the file belongs to; nil for those that the schema lacks.
  private var targets: [Int?] = []
  private var fieldNames: [String] = []
  /// Whether a whole row has a field for each column.
  private var coversAllColumns = true

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - schema: The columns of the file.
  ///   - fileIndex: The position of the file in the dataset, by which problems are sorted.
  ///   - problems: Receives what is wrong with rows and values.
  /// - Throws: ``FormatsError`` if the file cannot be read at all, or memory runs out.
  package static func read(
    _ resource: TableResource, schema: TableSchema, from source: ByteSource, fileIndex: Int = 0,
    budget: MemoryBudget, problems: inout ProblemList
  ) throws(FormatsError) -> RawTable {
    var reader: TableReader
    do throws(EngineError) {
      reader = try TableReader(resource, schema, fileIndex, budget, problems)
    } catch {
      throw .engine(cause: error)
    }
    defer { problems = reader.problems }
    try reader.readRows(DelimitedReader(source, dialect: resource.dialect))
    let table: RawTable
    do throws(EngineError) {
      table = try reader.finished()
    } catch {
      throw .engine(cause: error)
    }
    return table
  }

  private init(
    _ resource: TableResource, _ schema: TableSchema, _ fileIndex: Int, _ budget: MemoryBudget,
    _ problems: ProblemList
  ) throws(EngineError) {
    self.resource = resource
    self.schema = schema
    self.fileIndex = fileIndex
    self.problems = problems
    var columns: [ColumnReader] = []
    for field in schema.fields {
      columns.append(try ColumnReader(field, in: schema, budget: budget))
    }
    self.columns = columns
    lines = try RowLines(budget: budget)
  }

  private mutating func readRows(_ reader: DelimitedReader) throws(FormatsError) {
    if resource.dialect.hasHeader {
      guard try reader.next() else {
        return report(.noHeader, line: 1)
      }
      readHeader(reader.record)
    } else {
      fieldNames = schema.names
      targets = Array(schema.fields.indices)
    }
    while try reader.next() {
      guard rowCount < Self.rowLimit else {
        throw .tooManyRows(file: resource.path, limit: Self.rowLimit)
      }
      do throws(EngineError) {
        try append(reader.record)
      } catch {
        throw .engine(cause: error)
      }
    }
  }

  private mutating func readHeader(_ record: DelimitedRecord) {
    reportFlaws(of: record)
    fieldNames = (0..<record.fieldCount).map(record.text)
    var indexes: [String: Int] = [:]
    for (index, name) in schema.names.enumerated() { indexes[name] = index }
    let found = Set(fieldNames)
    let lost = schema.names.filter { !found.contains($0) }
    let extra = fieldNames.filter { indexes[$0] == nil }
    let hasFew = lost.count < Self.nearNameLimit && extra.count < Self.nearNameLimit
    var taken: Set<Int> = []
    for name in fieldNames {
      if let index = indexes[name] {
        let isNew = taken.insert(index).inserted
        targets.append(isNew ? index : nil)
        if !isNew { report(.duplicateColumn, line: record.line, column: name) }
      } else {
        targets.append(nil)
        let near = hasFew ? NearNames.suggestions(for: name, among: lost) : []
        report(.unexpectedColumn(near: near), line: record.line, column: name)
      }
    }
    coversAllColumns = lost.isEmpty
    for name in lost {
      let near = hasFew ? NearNames.suggestions(for: name, among: extra) : []
      report(.missingColumn(near: near), line: record.line, column: name)
    }
  }

  private mutating func append(_ record: DelimitedRecord) throws(EngineError) {
    if record.isBlank, fieldNames.count > 1 {
      return report(.blankLine, line: record.line)
    }
    reportFlaws(of: record)
    if record.fieldCount != fieldNames.count {
      report(
        .fieldCount(found: record.fieldCount, expected: fieldNames.count), line: record.line)
    }
    let known = min(record.fieldCount, targets.count)
    for field in 0..<known {
      guard let target = targets[field] else { continue }
      let bytes = record.bytes.span.extracting(record.range(field))
      if let reason = try columns[target].append(bytes) {
        report(
          reason, line: record.line, column: fieldNames[field], value: record.text(field))
      }
    }
    try fillRow(after: known)
    try lines.set(row: rowCount, line: record.line)
    rowCount += 1
  }

  /// Gives a null to the columns that a short row or a wrong header left out.
  private func fillRow(after known: Int) throws(EngineError) {
    guard known < targets.count || !coversAllColumns else { return }
    let filled = Set(targets.prefix(known).compactMap(\.self))
    for index in columns.indices where !filled.contains(index) {
      try columns[index].appendNull()
    }
  }

  private func finished() throws(EngineError) -> RawTable {
    var finished: [TableColumn] = []
    for column in columns { finished.append(.finished(try column.finished())) }
    return RawTable(
      resource: resource, schema: schema, parts: finished, rowCount: rowCount, lines: lines)
  }

  private mutating func reportFlaws(of record: DelimitedRecord) {
    for (field, flaw) in record.flaws {
      let reason: DataProblem.Reason =
        switch flaw {
        case .strayQuote: .strayQuote
        case .textAfterQuote: .textAfterQuote
        case .unterminatedQuote: .unterminatedQuote
        case .recordTooLong: .recordTooLong
        case .zeroByte: .zeroByte
        case .badUTF8: .badUTF8
        }
      report(
        reason, line: record.line, column: field < fieldNames.count ? fieldNames[field] : nil,
        value: field < record.fieldCount ? record.text(field) : nil)
    }
  }

  private mutating func report(
    _ reason: DataProblem.Reason, line: Int, column: String? = nil, value: String? = nil
  ) {
    problems.add(
      DataProblem(
        file: resource.path, line: line, columns: column.map { [$0] } ?? [], value: value,
        reason: reason),
      file: fileIndex)
  }
}
