package import AnnalsEngine

/// The columns of an Arrow file, which are read when they are first used.
package struct ArrowTable: Sendable {
  /// The key under which a file's schema tells of keys, references and figures: a Table Schema of the
  /// Data Package standard, as JSON.
  package static let schemaKey = "annals:schema"

  /// In the file's order, all names different.
  package let names: [String]
  package let columns: [TableColumn]
  package let rowCount: Int
  /// What the file itself says of its columns under ``schemaKey``, as JSON; nil if nothing.
  let description: String?

  /// Opens a file: its directory is read, and none of its values.
  ///
  /// - Parameters:
  ///   - name: What messages call the file.
  ///   - access: What may be opened.
  ///   - reading: Whether the file is mapped or copied.
  ///   - budget: For what must be copied: columns in several batches, and what stands in other widths
  ///     or units than here.
  ///   - threadCount: How many threads look through a column when it is first used.
  package static func read(
    path: String, name: String, access: FileAccess = .anywhere, reading: FileReading = .mapped,
    budget: MemoryBudget, threadCount: Int = 1
  ) throws(FormatsError) -> ArrowTable {
    ArrowTable(
      try ArrowFile(path: path, name: name, access: access, reading: reading, budget: budget),
      budget: budget, threadCount: threadCount)
  }

  /// As ``read(path:name:access:reading:budget:threadCount:)``, for bytes that are at hand.
  package static func read(
    _ memory: SharedMemory, name: String, budget: MemoryBudget, threadCount: Int = 1
  ) throws(FormatsError) -> ArrowTable {
    ArrowTable(try ArrowFile(memory, path: name), budget: budget, threadCount: threadCount)
  }

  private init(_ file: ArrowFile, budget: MemoryBudget, threadCount: Int) {
    let bytes = ArrowBytes(memory: file.memory, budget: budget)
    var dictionaries: [Int64: ArrowDictionary] = [:]
    var columns: [TableColumn] = []
    for (field, pieces) in zip(file.schema.fields, file.pieces) {
      if let id = field.dictionary?.id, dictionaries[id] == nil, case .text(let layout) = field.type
      {
        dictionaries[id] = ArrowDictionary(
          bytes: bytes, layout: layout, pieces: file.dictionaries[id] ?? [])
      }
      let reader = ArrowColumnReader(
        bytes: bytes, field: field, pieces: pieces,
        dictionary: field.dictionary.flatMap { dictionaries[$0.id] }, threadCount: threadCount)
      columns.append(.unread(Self.column(reader, rowCount: file.rowCount, file: file.path)))
    }
    names = file.schema.fields.map(\.name)
    self.columns = columns
    rowCount = file.rowCount
    description = file.schema.metadata[Self.schemaKey]
  }

  private static func column(
    _ reader: ArrowColumnReader, rowCount: Int, file: String
  ) -> UnreadColumn {
    UnreadColumn(
      type: reader.field.type.valueType, count: rowCount, isCoded: reader.field.dictionary != nil
    ) {
      () throws(EngineError) in
      do throws(ArrowColumnFailure) {
        return try reader.column()
      } catch {
        switch error {
        case .engine(let error): throw error
        case .problem(let reason, let row):
          throw .column(
            ColumnProblem(file: file, column: reader.field.name, row: row, reason: reason))
        }
      }
    }
  }
}
