package import AnnalsEngine
package import AnnalsFormats

/// A delimited file without a description, whose types are found from its values.
package struct SingleFile {
  private let path: String
  private let access: FileAccess
  private let dialect: DelimitedDialect
  private let hints: FileHints
  private let profile: ProfileChoice
  private let budget: MemoryBudget
  private let options: ReadingOptions

  /// - Parameters:
  ///   - path: As the user gave it; messages name it so.
  ///   - dialect: What the file's ending promises.
  ///   - profile: How a publisher's file is taken. It says what its columns are called and which of
  ///     them hold codes, also where nothing but the table is wanted.
  package init(
    path: String, access: FileAccess = .anywhere, dialect: DelimitedDialect,
    hints: FileHints = FileHints(), profile: ProfileChoice = .automatic, budget: MemoryBudget,
    options: ReadingOptions = ReadingOptions()
  ) {
    self.path = path
    self.access = access
    self.dialect = dialect
    self.hints = hints
    self.profile = profile
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
  /// - Returns: The table, what is wrong with it and was read all the same, and the publisher's profile;
  ///   notes of a table without one say what speaks against those that it nearly fits.
  /// - Throws: ``EventsError/badData(dataset:problems:more:)`` where a problem is grave, and where any
  ///   is to be an error.
  func rawTable(
    problemLimit: Int, name: String
  ) throws(EventsError) -> (table: RawTable, problems: ProblemList, match: ProfileMatch?) {
    var problems = ProblemList(limit: problemLimit)
    let opening = try opening()
    let match = try profile.match(opening.look.firstRecord, of: path)
    let plain = PlainFile(firstRecord: opening.look.firstRecord)
    let raw: RawTable
    do throws(FormatsError) {
      raw = try read(opening, match, name, &problems)
        .adding(match == nil && profile == .automatic ? plain.notes : [])
    } catch {
      throw .formats(cause: error)
    }
    let fatal = hints.isStrict ? problems.problems : problems.graveProblems
    guard fatal.isEmpty else {
      let count = hints.isStrict ? problems.count : problems.graveCount
      throw .badData(
        dataset: DatasetLocation.name(of: path), problems: fatal, more: count - fatal.count)
    }
    return (raw, problems, match)
  }

  /// The dataset that its publisher's profile makes of it. Without one the table is both `events` and
  /// `original`, and all else is empty.
  func dataset(problemLimit: Int) throws(EventsError) -> Dataset {
    let (raw, problems, match) = try rawTable(
      problemLimit: problemLimit, name: DatasetLocation.name(of: path))
    let table = TableAssembly(raw).table()
    if let match {
      let file = FlatFile(table, match.profile, budget: budget, stop: options.stop)
      return try ProfiledFile(match: match, file: file, notes: raw.notes, problems: problems)
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
      notes: [DatasetNote("a single file: types found from the values of each column")]
        + raw.notes, problems: problems.problems, problemCount: problems.count)
  }

  /// The text of the file, and what its beginning shows.
  private typealias Opening = (text: TextFile, look: FirstLook)

  private func opening() throws(EventsError) -> Opening {
    do throws(FormatsError) {
      let text = try TextFile(
        path: path, access: access, encoding: hints.encoding, budget: budget, stop: options.stop)
      let look = try FirstLook(text.source, hints: hints, usual: dialect, budget: budget)
      return (text, look)
    } catch {
      throw .formats(cause: error)
    }
  }

  private func read(
    _ opening: Opening, _ match: ProfileMatch?, _ name: String, _ problems: inout ProblemList
  ) throws(FormatsError) -> RawTable {
    let (text, look) = opening
    let hints = match?.hints(adding: hints, columns: look.firstRecord) ?? hints
    var dialect = look.dialect
    if case .names = hints.header { dialect.hasHeader = false }
    if let hasQuotes = hints.hasQuotes, !hasQuotes { dialect.quote = nil }
    let raw = try TableReader.read(
      TableResource(name: name, path: path, dialect: dialect), schema: nil, hints: hints,
      from: text.source, budget: budget, options: options, problems: &problems)
    return raw.adding(notes(on: text) + notes(on: look, dialect, hints))
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
  private func notes(
    on look: FirstLook, _ dialect: DelimitedDialect, _ hints: FileHints
  ) -> [DatasetNote] {
    var notes: [DatasetNote] = []
    if dialect.delimiter != self.dialect.delimiter {
      notes.append(DatasetNote("divided by " + Self.name(of: dialect.delimiter)))
    }
    if dialect.quote == nil { notes.append(DatasetNote("quotes mean nothing")) }
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
