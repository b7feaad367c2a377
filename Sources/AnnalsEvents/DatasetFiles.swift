public import AnnalsEngine
public import AnnalsFormats

/// The tables of a dataset as they stand in its files, to be written in another format.
///
/// References are keys, and the parts of a figure are columns, under the names that the files give
/// them. All keys, references and values were checked.
public struct DatasetFiles {
  /// Of the data package, else of its folder or file.
  public let name: String
  /// What is not carried over: files that are no tables here, and references to other files.
  public let notes: [DatasetNote]
  private let package: DataPackage
  private let tables: [RawTable]
  /// The first problems of a single file whose rows were read all the same, and how many there are.
  public let problems: [DataProblem]
  public let problemCount: Int

  /// Opens a dataset as ``Dataset/open(_:budget:reading:problemLimit:hints:options:profile:)`` does, and
  /// reads all of it. A publisher's file stays one table, as it was published, so that what is written
  /// of it opens by the same profile.
  ///
  /// - Throws: ``EventsError/badData(dataset:problems:more:)`` with all problems of all files.
  public init(
    _ path: String, budget: MemoryBudget = MemoryBudget(byteLimit: .max),
    reading: FileReading = .mapped, problemLimit: Int = 100, hints: FileHints = FileHints(),
    options: ReadingOptions = ReadingOptions(), profile: ProfileChoice = .automatic
  ) throws(EventsError) {
    switch try Dataset.location(path, .anywhere) {
    case .package(let path):
      try hints.refuse(for: path)
      let package = try Dataset.package(path, .anywhere)
      let name = package.metadata.name ?? DatasetLocation.folderName(of: package.path)
      try self.init(
        DatasetBuilder(
          package, reading: reading, budget: budget, problemLimit: problemLimit, options: options),
        package, name: name)
    case .arrow(let path):
      try hints.refuse(for: path)
      let file = SingleArrowFile(
        path: path, access: .anywhere, reading: reading, budget: budget, options: options)
      try self.init(
        file.builder(problemLimit: problemLimit), file.package,
        name: DatasetLocation.name(of: path))
    case .table(let path, let dialect):
      let file = SingleFile(
        path: path, dialect: dialect, hints: hints, profile: profile, budget: budget,
        options: options)
      let (table, problems, _) = try file.rawTable(
        problemLimit: problemLimit, name: SingleArrowFile.tableName)
      self.init(
        name: DatasetLocation.name(of: path),
        package: DataPackage(single: table.resource, access: .anywhere),
        tables: [table], notes: table.notes, problems: problems)
    }
  }

  private init(
    _ builder: DatasetBuilder, _ package: DataPackage, name: String
  ) throws(EventsError) {
    var builder = builder
    _ = try builder.entries(of: name)
    do throws(EngineError) {
      for table in builder.tables { _ = try table.table.checked() }
    } catch {
      throw .engine(cause: error)
    }
    // Notes on what is read as it is have no say here; those on what is left out do.
    let names = builder.tables.map(\.resource.name)
    let lost = package.notes.filter { note in note.table.map { !names.contains($0) } ?? true }
    self.init(
      name: name, package: package, tables: builder.tables,
      notes: lost + builder.tables.flatMap(\.notes))
  }

  private init(
    name: String, package: DataPackage, tables: [RawTable], notes: [DatasetNote],
    problems: ProblemList = ProblemList()
  ) {
    self.problems = problems.problems
    problemCount = problems.count
    self.name = name
    self.package = package
    self.tables = tables
    self.notes = notes
  }

  public var tableNames: [String] { tables.map(\.resource.name) }

  /// Writes one table, which must be one of ``tableNames``.
  public func writer(
    of name: String, as format: TableFormat
  ) throws(FormatsError) -> TableWriter {
    guard let index = tables.firstIndex(where: { $0.resource.name == name }) else {
      preconditionFailure("a table is one of those that are there")
    }
    let description = try PackageWriter(package, tables: [tables[index]], format: format)
      .descriptions.first
    return try TableWriter(tables[index].table, format: format, description: description)
  }

  /// What a table would lose in a format, column by column: CSV and TSV have no form for an empty text
  /// or list, nor for an element of a list that holds a `;`.
  public func losses(of name: String, as format: TableFormat) -> [DatasetNote] {
    guard let table = tables.first(where: { $0.resource.name == name }) else { return [] }
    return TableWriter.losses(of: table.table, as: format).map { column, count in
      DatasetNote(
        table: name, column: column,
        ShownText.counted(count, "value") + " without a form in \(format.rawValue),"
          + " which read back as null or divided")
    }
  }

  /// What a folder of the dataset holds: `datapackage.json`, and a file for each table.
  ///
  /// - Parameter format: One in which a dataset's tables can be read: CSV, TSV or Arrow.
  public func folder(
    as format: TableFormat
  ) throws(FormatsError) -> (descriptor: String, files: [(name: String, table: String)]) {
    let writer = try PackageWriter(package, tables: tables, format: format)
    return (
      writer.descriptor(name: name),
      zip(writer.fileNames, tableNames).map { ($0, $1) }
    )
  }
}
