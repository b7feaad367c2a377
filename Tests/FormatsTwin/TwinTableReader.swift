package import AnnalsEngine
package import AnnalsFormats

/// The plain form of ``TableReader``: record by record, byte by byte.
///
/// A row with a problem stays a row, with nulls for what could not be read, so that later checks see
/// its key. Columns are found by name, in any order; the result has the schema's order. An empty
/// field is null, quoted or not, as the Data Package standard has it.
package struct TwinTableReader {
  /// Near names are offered where fewer columns than that are missing, and fewer are unexpected.
  private static let nearNameLimit = 100

  private let resource: TableResource
  private let schema: TableSchema
  private let hints: FileHints?
  private let fileIndex: Int
  private let columns: [TwinColumnReader]
  private let lines: RowLines
  private var problems: ProblemList
  private var rowCount = 0
  /// The column that each field of the file belongs to; nil for those that the schema lacks.
  private var targets: [Int?] = []
  private var fieldNames: [String] = []
  /// Whether a whole row has a field for each column.
  private var coversAllColumns = true

  /// Reads a whole file, whose types are found out where it has no schema.
  ///
  /// - Parameter pieceByteCount: How many bytes are taken at a time.
  package static func read(
    _ resource: TableResource, schema: TableSchema?, hints: FileHints? = nil,
    from bytes: [UInt8], fileIndex: Int = 0, budget: MemoryBudget, options: ReadingOptions,
    pieceByteCount: Int = 1 << 16, problems: inout ProblemList
  ) throws(EngineError) -> RawTable {
    let schema =
      schema
      ?? TwinTypeFinder.schema(
        of: TwinSource(bytes, pieceByteCount: pieceByteCount), dialect: resource.dialect,
        hints: hints, recordByteLimit: options.recordByteLimit)
    var reader = try TwinTableReader(
      resource, schema, hints, fileIndex, budget, options.dictionaryLimit, problems)
    defer { problems = reader.problems }
    try reader.readRows(
      TwinDelimitedReader(
        TwinSource(bytes, pieceByteCount: pieceByteCount), dialect: resource.dialect,
        recordByteLimit: options.recordByteLimit))
    return try reader.finished()
  }

  private init(
    _ resource: TableResource, _ schema: TableSchema, _ hints: FileHints?, _ fileIndex: Int,
    _ budget: MemoryBudget, _ dictionaryLimit: Int, _ problems: ProblemList
  ) throws(EngineError) {
    self.resource = resource
    self.hints = hints
    self.schema = schema
    self.fileIndex = fileIndex
    self.problems = problems
    var columns: [TwinColumnReader] = []
    for field in schema.fields {
      columns.append(
        try TwinColumnReader(field, in: schema, budget: budget, dictionaryLimit: dictionaryLimit))
    }
    self.columns = columns
    lines = try RowLines(budget: budget)
  }

  private mutating func readRows(_ reader: TwinDelimitedReader) throws(EngineError) {
    if resource.dialect.hasHeader {
      guard reader.next() else {
        return report(.noHeader, line: 1)
      }
      if reader.record.isTooLong { return report(.recordTooLong, line: 1) }
      readHeader(reader.record)
    } else {
      fieldNames = schema.names
      targets = Array(schema.fields.indices)
    }
    var mayBeTags = resource.dialect.hasHeader && hints != nil
    while reader.next() {
      if mayBeTags, TwinHeader.isTags(reader.record) {
        mayBeTags = false
        continue
      }
      mayBeTags = false
      if reader.record.isTooLong { return report(.recordTooLong, line: reader.record.line) }
      try append(reader.record)
    }
  }

  private mutating func readHeader(_ record: TwinRecord) {
    reportFlaws(of: record)
    fieldNames = (0..<record.fieldCount).map(record.text)
    if hints != nil {
      let distinct = TwinHeader.distinct(fieldNames)
      fieldNames = distinct.names
      for (reason, name) in distinct.problems { report(reason, line: record.line, column: name) }
    }
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

  private mutating func append(_ record: TwinRecord) throws(EngineError) {
    if record.isBlank, fieldNames.count > 1 {
      return report(.blankLine, line: record.line)
    }
    reportFlaws(of: record)
    var optional = 0
    if case .names(_, let count)? = hints?.header { optional = count }
    if record.fieldCount > fieldNames.count || record.fieldCount < fieldNames.count - optional {
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

  private mutating func finished() throws(EngineError) -> RawTable {
    var finished: [Column] = []
    var schema = schema
    for (index, column) in columns.enumerated() {
      var values = try column.finished()
      if hints != nil {
        switch try TwinDays(in: values) {
        case .none: break
        case .days(let days):
          schema.fields[index].type = .day
          values = days
        case .unclear(let reason, let row, let text):
          report(reason, line: lines[row], column: schema.fields[index].name, value: text)
        }
      }
      finished.append(values)
    }
    return RawTable(
      resource: resource, schema: schema, columns: finished, rowCount: rowCount, lines: lines)
  }

  private mutating func reportFlaws(of record: TwinRecord) {
    for (field, flaw) in record.flaws {
      let reason: DataProblem.Reason =
        switch flaw {
        case .strayQuote: .strayQuote
        case .textAfterQuote: .textAfterQuote
        case .unterminatedQuote: .unterminatedQuote(isLastLine: false)
        case .quoteOpenOnLastLine: .unterminatedQuote(isLastLine: true)
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
