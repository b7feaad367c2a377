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
      fieldNames: header.fieldNames, targets: header.targets, rules: try rules(header),
      start: start.position, line: start.line, absentColumns: header.absentColumns,
      problemLimit: problems.limit)
    if case .names(_, let optional)? = hints?.header { layout.optionalFieldCount = optional }
    let assembly = try FilePass.read(layout, budget: budget)
    problems.add(assembly.problems, file: 0, linesBefore: 0)
    for store in assembly.stores { store.settle() }
    let texts = try rereadTexts(assembly, &layout)
    return try catching { reader throws(EngineError) in
      var schema = header.schema
      schema.missingValues += reader.hints?.missingTexts ?? []
      var columns: [Column] = []
      for (index, known) in assembly.stores.enumerated() {
        let store = texts[index] ?? known
        reader.noteMissing(store)
        var (field, column) = try store.finished()
        if !known.rule.isDeclared, field.missingValues == schema.missingValues {
          field.missingValues = nil
        }
        try reader.findDays(&field, &column, assembly.lines)
        schema.fields[index] = field
        columns.append(column)
      }
      return RawTable(
        resource: reader.resource, schema: schema, parts: columns.map(TableColumn.finished),
        rowCount: assembly.rowCount, lines: assembly.lines, notes: reader.notes)
    }
  }

  /// Runs what changes the reader and may fail in the engine.
  private mutating func catching<Result>(
    _ body: (inout TableReader) throws(EngineError) -> Result
  ) throws(FormatsError) -> Result {
    do throws(EngineError) { return try body(&self) } catch { throw .engine(cause: error) }
  }

  /// The rules of the columns, by the schema or by what was said of them.
  private func rules(_ header: HeaderMatch) throws(FormatsError) -> [ColumnRule] {
    guard let hints else { return header.rules }
    let unknown = Set(hints.fields.keys).subtracting(header.schema.names)
    if let name = unknown.min() {
      throw .unknownColumn(
        file: resource.path, name: name,
        near: NearNames.suggestions(for: name, among: header.schema.names))
    }
    var schema = header.schema
    schema.missingValues += hints.missingTexts
    return schema.fields.map { field in
      guard var given = hints.fields[field.name] else {
        return ColumnRule(field, in: schema, isDeclared: false)
      }
      // Days are made of the texts, since they come in many forms; limits are checked by the value.
      if given.type == .day, !given.constraints.hasLimits { given.type = .text }
      return ColumnRule(given, in: schema, isDeclared: true)
    }
  }

  /// Tells which texts of a column were taken for nothing known.
  private mutating func noteMissing(_ store: ColumnStore) {
    guard hints != nil else { return }
    for (marker, count) in zip(store.rule.markers, store.markerCounts) where count > 0 {
      let text = ShownText.quoted(String(decoding: marker, as: UTF8.self))
      note(
        ShownText.counted(count, "value") + " \(text) stand" + (count == 1 ? "s" : "")
          + " for nothing known", column: store.rule.field.name)
    }
  }

  /// Reads the file again for columns that turned out to be text after values were taken for something
  /// else. By their numbers.
  private func rereadTexts(
    _ assembly: FileAssembly, _ layout: inout FileLayout
  ) throws(FormatsError) -> [Int: ColumnStore] {
    let again = assembly.stores.indices.filter {
      assembly.stores[$0].mustBeText || assembly.stores[$0].codeAmongMarkers != nil
    }
    guard !again.isEmpty else { return [:] }
    layout.rules = again.map { index in
      let rule = layout.rules[index]
      return assembly.stores[index].codeAmongMarkers.map(rule.keeping) ?? rule.asText
    }
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
    schema.missingValues += hints?.missingTexts ?? []
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

  /// Reports something about the first line, or another one.
  mutating func report(
    _ reason: DataProblem.Reason, column: String? = nil, line: Int = 1, value: String? = nil
  ) {
    problems.add(
      DataProblem(
        file: resource.path, line: line, columns: column.map { [$0] } ?? [], value: value,
        reason: reason),
      file: 0)
  }
}
