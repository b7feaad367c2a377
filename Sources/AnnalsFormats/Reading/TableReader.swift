package import AnnalsEngine
import AnnalsPlatform

/// Reads a delimited file into typed columns and gathers all that is wrong with it.
///
/// A row with a problem stays a row, with nulls for what could not be read, so that later checks see
/// its key. Columns are found by name, in any order; the result has the schema's order. An empty
/// field is null, quoted or not, as the Data Package standard has it. Without a schema the types are
/// found from all values of each column, by the rules of ``FoundValue``.
package struct TableReader {
  /// The most rows of a table.
  package static let rowLimit = Int(Int32.max) - 1
  /// The most columns, each of which takes memory before it has a value.
  static let columnLimit = 1 << 14

  let resource: TableResource
  let source: ByteSource
  let options: ReadingOptions
  let budget: MemoryBudget
  /// What was said of a file without a description; nil for one of a data package.
  let hints: FileHints?
  private var problems: ProblemList
  private var notes: [DatasetNote] = []

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - schema: The columns of the file; nil where they are to be found out. Then a repeated column
  ///     name is kept once, and without a header the columns are `column1`, `column2`, ….
  ///   - hints: What was said of a file that has no schema and stands in no data package. Then all
  ///     columns are kept, under names that differ (``HeaderNames``), and a second line of HXL tags
  ///     is passed over.
  ///   - fileIndex: The position of the file in the dataset, by which problems are sorted.
  ///   - problems: Receives what is wrong with rows and values.
  /// - Throws: ``FormatsError`` if the file cannot be read at all, or memory runs out.
  package static func read(
    _ resource: TableResource, schema: TableSchema?, hints: FileHints? = nil,
    from source: ByteSource, fileIndex: Int = 0, budget: MemoryBudget,
    options: ReadingOptions = ReadingOptions(),
    problems: inout ProblemList
  ) throws(FormatsError) -> RawTable {
    var reader = TableReader(
      resource: resource, source: source, options: options, budget: budget, hints: hints,
      problems: ProblemList(limit: problems.limit))
    defer { problems.add(reader.problems, file: fileIndex, linesBefore: 0) }
    return try reader.read(schema)
  }

  private mutating func read(_ schema: TableSchema?) throws(FormatsError) -> RawTable {
    let window = try FormatsError.catching { () throws(EngineError) in
      try FileWindow(source, budget: budget)
    }
    try window.load(0..<Self.byteOrderMark.count)
    let hasMark =
      window.range.count == 3 && (0..<3).allSatisfy { window.byte($0) == Self.byteOrderMark[$0] }
    let start = hasMark ? Self.byteOrderMark.count : 0
    guard start < source.byteCount else {
      if resource.dialect.hasHeader { report(.noHeader) }
      return try empty(schema)
    }
    guard let header = try readHeader(HeaderMatch(declared: schema), window, from: start) else {
      report(.recordTooLong)
      return try empty(schema)
    }
    guard header.names.fieldNames.count <= Self.columnLimit else {
      throw .tooManyColumns(
        file: resource.path, found: header.names.fieldNames.count, limit: Self.columnLimit)
    }
    for (reason, name) in header.names.problems { report(reason, column: name) }
    return try readRows(header)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private mutating func readRows(_ start: FileStart) throws(FormatsError) -> RawTable {
    let header = start.names
    var layout = FileLayout(
      source: source, path: resource.path, dialect: resource.dialect, options: options,
      fieldNames: header.fieldNames, targets: header.targets, rules: header.rules,
      start: start.position, line: start.line, absentColumns: header.absentColumns,
      problemLimit: problems.limit)
    if case .names(_, let optional)? = hints?.header { layout.optionalFieldCount = optional }
    let assembly = try FilePass.read(layout, budget: budget)
    problems.add(assembly.problems, file: 0, linesBefore: 0)
    for store in assembly.stores { store.settle() }
    let texts = try rereadTexts(assembly, &layout)
    return try FormatsError.catching { () throws(EngineError) in
      var schema = header.schema
      var columns: [Column] = []
      for (index, store) in assembly.stores.enumerated() {
        let (field, column) = try (texts[index] ?? store).finished()
        schema.fields[index] = field
        columns.append(column)
      }
      return RawTable(
        resource: resource, schema: schema, parts: columns.map(TableColumn.finished),
        rowCount: assembly.rowCount, lines: assembly.lines, notes: notes)
    }
  }

  /// Reads the file again for columns that turned out to be text after values were taken for something
  /// else. By their numbers.
  private func rereadTexts(
    _ assembly: FileAssembly, _ layout: inout FileLayout
  ) throws(FormatsError) -> [Int: ColumnStore] {
    let again = assembly.stores.indices.filter { assembly.stores[$0].mustBeText }
    guard !again.isEmpty else { return [:] }
    layout.rules = again.map { layout.rules[$0].asText }
    layout.targets = layout.targets.map { target in
      target.flatMap { target in again.firstIndex(of: target) }
    }
    layout.absentColumns = []
    layout.isSilent = true
    let texts = try FilePass.read(layout, budget: budget)
    guard texts.rowCount == assembly.rowCount else {
      throw .platform(cause: .becameShorter(path: resource.path))
    }
    return Dictionary(uniqueKeysWithValues: zip(again, texts.stores))
  }

  /// The table of a file without rows.
  private func empty(_ schema: TableSchema?) throws(FormatsError) -> RawTable {
    var schema = schema ?? TableSchema(fields: [])
    if case .names(let names, _)? = hints?.header {
      schema.fields = names.map { FieldDefinition(name: $0, type: .text) }
    }
    return try FormatsError.catching { () throws(EngineError) in
      var columns: [Column] = []
      for field in schema.fields {
        columns.append(try ColumnBuilder(type: field.type.valueType, budget: budget).finished())
      }
      return RawTable(
        resource: resource, schema: schema, columns: columns, rowCount: 0,
        lines: try RowLines(budget: budget))
    }
  }

  /// Adds a note on a column, or on the file.
  mutating func note(_ text: String, column: String? = nil) {
    notes.append(DatasetNote(column: column, text))
  }

  mutating func reportFlaws(of record: RecordScanner) {
    let flaws = PieceProblems(
      path: resource.path, fieldNames: [], limit: problems.limit, isSilent: false)
    record.report(to: flaws, line: 1)
    problems.add(flaws.list, file: 0, linesBefore: 0)
  }

  /// Reports something about the first line.
  private mutating func report(_ reason: DataProblem.Reason, column: String? = nil) {
    problems.add(
      DataProblem(
        file: resource.path, line: 1, columns: column.map { [$0] } ?? [], value: nil,
        reason: reason),
      file: 0)
  }
}
