package import AnnalsEngine
package import AnnalsFormats

/// A delimited file without a description, whose types are found from its values.
package struct SingleFile {
  private let path: String
  private let access: FileAccess
  private let dialect: DelimitedDialect
  private let hints: FileHints
  private let budget: MemoryBudget
  private let options: ReadingOptions

  /// - Parameters:
  ///   - path: As the user gave it; messages name it so.
  ///   - dialect: What the file's ending promises.
  package init(
    path: String, access: FileAccess = .anywhere, dialect: DelimitedDialect,
    hints: FileHints = FileHints(), budget: MemoryBudget,
    options: ReadingOptions = ReadingOptions()
  ) {
    self.path = path
    self.access = access
    self.dialect = dialect
    self.hints = hints
    self.budget = budget
    self.options = options
  }

  /// Reads the file as a table; see ``TableReader`` for the rules.
  package func table(problemLimit: Int = 100) throws(EventsError) -> Table {
    TableAssembly(
      try rawTable(problemLimit: problemLimit, name: DatasetLocation.name(of: path)).table
    ).table()
  }

  /// Reads the file as a table of a name.
  ///
  /// - Returns: The table, and what is wrong with it and was read all the same.
  /// - Throws: ``EventsError/badData(dataset:problems:more:)`` where a problem is grave, and where any
  ///   is to be an error.
  func rawTable(
    problemLimit: Int, name: String
  ) throws(EventsError) -> (table: RawTable, problems: ProblemList) {
    var problems = ProblemList(limit: problemLimit)
    let raw: RawTable
    do throws(FormatsError) {
      raw = try read(name, &problems)
    } catch {
      throw .formats(cause: error)
    }
    let fatal = hints.isStrict ? problems.problems : problems.graveProblems
    guard fatal.isEmpty else {
      let count = hints.isStrict ? problems.count : problems.graveCount
      throw .badData(
        dataset: DatasetLocation.name(of: path), problems: fatal, more: count - fatal.count)
    }
    return (raw, problems)
  }

  /// The dataset that its publisher's profile makes of it. Without one the table is both `events` and
  /// `original`, and all else is empty.
  func dataset(
    problemLimit: Int, profile choice: ProfileChoice
  ) throws(EventsError) -> Dataset {
    let (raw, problems) = try rawTable(
      problemLimit: problemLimit, name: DatasetLocation.name(of: path))
    let table = TableAssembly(raw).table()
    if let (profile, reason) = try choice.profile(for: table.schema.names, of: path) {
      let file = FlatFile(table, budget: budget, stop: options.stop)
      return try ProfiledFile(
        profile: profile, reason: reason, file: file, notes: raw.notes, problems: problems
      ).dataset(name: DatasetLocation.name(of: path))
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
      notes: [DatasetNote("a single file: types found from the values of each column")]
        + raw.notes, problems: problems.problems, problemCount: problems.count)
  }

  private func read(_ name: String, _ problems: inout ProblemList) throws(FormatsError) -> RawTable
  {
    let text = try TextFile(
      path: path, access: access, encoding: hints.encoding, budget: budget, stop: options.stop)
    let look = try FirstLook(text.source, hints: hints, usual: dialect, budget: budget)
    let raw = try TableReader.read(
      TableResource(name: name, path: path, dialect: look.dialect), schema: nil, hints: hints,
      from: text.source, budget: budget, options: options, problems: &problems)
    return raw.adding(notes(on: text) + notes(on: look))
  }

  private func notes(on text: TextFile) -> [DatasetNote] {
    var notes: [DatasetNote] = []
    if let compression = text.compression {
      notes.append(DatasetNote("compressed by \(compression.rawValue)"))
    }
    if text.encoding != .utf8 {
      notes.append(DatasetNote("written in \(text.encoding.rawValue)"))
    }
    return notes
  }

  /// What was found out of how the file is written.
  private func notes(on look: FirstLook) -> [DatasetNote] {
    var notes: [DatasetNote] = []
    if look.dialect.delimiter != dialect.delimiter {
      notes.append(DatasetNote("divided by " + Self.name(of: look.dialect.delimiter)))
    }
    if look.dialect.quote == nil { notes.append(DatasetNote("quotes mean nothing")) }
    if hints.header == .found, !look.dialect.hasHeader {
      notes.append(DatasetNote("line 1 is a row, and no names of columns"))
    }
    return notes
  }

  private static func name(of delimiter: UInt8) -> String {
    switch delimiter {
    case UInt8(ascii: ","): "commas"
    case UInt8(ascii: "\t"): "tabs"
    case UInt8(ascii: ";"): "semicolons"
    case UInt8(ascii: "|"): "pipes"
    default: ShownText.quoted(String(Unicode.Scalar(delimiter)))
    }
  }
}

extension FileHints {
  /// - Throws: ``EventsError/needlessHints(path:)`` if anything is said of a file that says itself how
  ///   it is read. To be strict with it changes nothing.
  func refuse(for path: String) throws(EventsError) {
    guard self == (isStrict ? .strict : FileHints()) else { throw .needlessHints(path: path) }
  }
}
