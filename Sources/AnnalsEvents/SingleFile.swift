package import AnnalsEngine
package import AnnalsFormats

/// A delimited file without a description, whose types are found from its values.
package struct SingleFile {
  private let path: String
  private let access: FileAccess
  private let dialect: DelimitedDialect
  private let budget: MemoryBudget
  private let options: ReadingOptions

  /// - Parameter path: As the user gave it; messages name it so.
  package init(
    path: String, access: FileAccess = .anywhere, dialect: DelimitedDialect, budget: MemoryBudget,
    options: ReadingOptions = ReadingOptions()
  ) {
    self.path = path
    self.access = access
    self.dialect = dialect
    self.budget = budget
    self.options = options
  }

  /// Reads the file as a table; see ``TableReader`` for the rules.
  package func table(problemLimit: Int = 100) throws(EventsError) -> Table {
    TableAssembly(
      try rawTable(problemLimit: problemLimit, name: DatasetLocation.name(of: path))
    ).table()
  }

  /// Reads the file as a table of a name.
  func rawTable(problemLimit: Int, name: String) throws(EventsError) -> RawTable {
    var problems = ProblemList(limit: problemLimit)
    let raw: RawTable
    do throws(FormatsError) {
      raw = try read(name, &problems)
    } catch {
      throw .formats(cause: error)
    }
    guard problems.count == 0 else {
      throw .badData(
        dataset: DatasetLocation.name(of: path), problems: problems.problems, more: problems.more)
    }
    return raw
  }

  /// The dataset that its publisher's profile makes of it. Without one the table is both `events` and
  /// `original`, and all else is empty.
  func dataset(
    problemLimit: Int, profile choice: ProfileChoice
  ) throws(EventsError) -> Dataset {
    let table = try table(problemLimit: problemLimit)
    if let (profile, reason) = try choice.profile(for: table.schema.names, of: path) {
      let file = FlatFile(table, budget: budget, stop: options.stop)
      return try ProfiledFile(profile: profile, reason: reason, file: file)
        .dataset(name: DatasetLocation.name(of: path))
    }
    let own = ["events", "original"].map { Catalog.Entry(name: $0, table: table, key: []) }
    let entries: [Catalog.Entry]
    do throws(EngineError) {
      entries = try ModelCompletion(budget: budget, targets: [:]).completed(own)
    } catch {
      throw .engine(cause: error)
    }
    return Dataset(
      name: DatasetLocation.name(of: path), metadata: PackageMetadata(), declaresModel: false,
      catalog: Catalog(entries: entries),
      notes: [DatasetNote("a single file: types found from the values of each column")])
  }

  private func read(_ name: String, _ problems: inout ProblemList) throws(FormatsError) -> RawTable
  {
    try TableReader.read(
      TableResource(name: name, path: path, dialect: dialect), schema: nil,
      from: try ByteSource(path: path, access: access), budget: budget, options: options,
      problems: &problems)
  }
}
