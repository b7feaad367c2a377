public import AnnalsEngine
public import AnnalsFormats

/// An open dataset: its tables with their references, and who made it. Immutable, shared freely.
public final class Dataset: Sendable {
  /// Of the data package, else of its folder or file.
  public let name: String
  /// Title, licences and the like, as the data package states them.
  public let metadata: PackageMetadata
  /// Whether the dataset declares to follow the model (`annals:model`).
  public let declaresModel: Bool
  /// All tables: the dataset's in its order, then those of the model that it lacks, which are empty.
  public let catalog: Catalog
  /// What a reader of the dataset should know, and is no error.
  public let notes: [DatasetNote]
  /// The first problems of a single file whose rows were read all the same, by line.
  public let problems: [DataProblem]
  /// How many there are of these.
  public let problemCount: Int
  /// The publisher's file that its tables are derived from; nil where they stand in files themselves.
  let flat: LayoutTables?
  /// What there is to say about the values of a publisher's file; see ``allNotes()``.
  private let findings: @Sendable () throws(EngineError) -> [DatasetNote]

  init(
    name: String, metadata: PackageMetadata, declaresModel: Bool, catalog: Catalog,
    notes: [DatasetNote], problems: [DataProblem] = [], problemCount: Int = 0,
    flat: LayoutTables? = nil,
    findings: @escaping @Sendable () throws(EngineError) -> [DatasetNote] = {
      () throws(EngineError) in []
    }
  ) {
    self.problems = problems
    self.problemCount = problemCount
    self.flat = flat
    self.findings = findings
    self.name = name
    self.metadata = metadata
    self.declaresModel = declaresModel
    self.catalog = catalog
    self.notes = notes
  }

  /// Opens a dataset and checks all its keys, references and figures.
  ///
  /// - Parameters:
  ///   - path: A folder with a `datapackage.json`, such a file itself, or a single `.csv`, `.tsv` or
  ///     `.arrow` file. The table of a single file is both `events` and `original`.
  ///   - budget: What its columns may take of memory.
  ///   - reading: Whether Arrow files are mapped, so that opening them takes no time, or copied.
  ///   - problemLimit: How many problems of the data an error lists.
  ///   - hints: What is known of a single delimited file.
  ///   - options: How its files are read.
  ///   - profile: How a single table is taken that does not declare to follow the model: a delimited
  ///     or Arrow file, or the only one of a package. One that a profile recognises by its columns is
  ///     `original`, and the tables of the model are derived from it when they are first used.
  /// - Throws: ``EventsError/badData(dataset:problems:more:)`` with all problems of all files. Of a
  ///   single delimited file these are the grave ones; the others stand in ``problems``, unless
  ///   ``FileHints/isStrict`` is set.
  public static func open(
    _ path: String, budget: MemoryBudget = MemoryBudget(byteLimit: .max),
    reading: FileReading = .mapped, problemLimit: Int = 100, hints: FileHints = FileHints(),
    options: ReadingOptions = ReadingOptions(), profile: ProfileChoice = .automatic
  ) throws(EventsError) -> Dataset {
    try open(
      path, access: .anywhere, budget: budget, reading: reading, problemLimit: problemLimit,
      hints: hints, options: options, profile: profile)
  }

  /// As ``open(_:budget:reading:problemLimit:hints:options:profile:)``, through files that are within
  /// reach.
  ///
  /// - Parameter access: What may be opened.
  package static func open(
    _ path: String, access: FileAccess, budget: MemoryBudget, reading: FileReading = .mapped,
    problemLimit: Int = 100, hints: FileHints = FileHints(),
    options: ReadingOptions = ReadingOptions(), profile: ProfileChoice = .automatic
  ) throws(EventsError) -> Dataset {
    switch try location(path, access) {
    case .package(let path):
      try hints.refuse(for: path)
      var builder = DatasetBuilder(
        try package(path, access), reading: reading, budget: budget, problemLimit: problemLimit,
        options: options)
      return try builder.dataset(profile: profile)
    case .table(let path, let dialect):
      return try SingleFile(
        path: path, access: access, dialect: dialect, hints: hints, profile: profile,
        budget: budget, options: options
      ).dataset(problemLimit: problemLimit)
    case .arrow(let path):
      try hints.refuse(for: path)
      return try SingleArrowFile(
        path: path, access: access, reading: reading, budget: budget, options: options
      ).dataset(problemLimit: problemLimit, profile: profile)
    }
  }

  /// Reads a single file as a table; see ``SingleFile`` and ``SingleArrowFile`` for its types.
  ///
  /// - Parameters:
  ///   - path: A `.csv`, `.tsv` or `.arrow` file.
  ///   - access: What may be opened.
  /// - Throws: ``EventsError`` for a data package, and with all problems of the file.
  package static func table(
    _ path: String, access: FileAccess, budget: MemoryBudget,
    options: ReadingOptions = ReadingOptions()
  ) throws(EventsError) -> Table {
    switch try location(path, access) {
    case .package: throw .noSingleFile(path: path)
    case .table(let path, let dialect):
      return try SingleFile(
        path: path, access: access, dialect: dialect, hints: .strict, budget: budget,
        options: options
      ).table()
    case .arrow(let path):
      return try SingleArrowFile(
        path: path, access: access, reading: .mapped, budget: budget, options: options
      ).table()
    }
  }

  /// The table of a name; nil if there is none, not even in the model.
  public func table(_ name: String) -> Table? { catalog[name]?.table }

  /// Whether a table of that name has rows.
  public func has(_ name: String) throws(EventsError) -> Bool {
    do throws(EngineError) {
      return try table(name)?.foundRowCount() ?? 0 > 0
    } catch {
      throw .engine(cause: error)
    }
  }

  /// ``notes``, and what there is to say about the values of a publisher's file, which are read for it:
  /// values unknown to the codebook, figures whose bounds are out of order, repeated ids and the like.
  public func allNotes() throws(EventsError) -> [DatasetNote] {
    do throws(EngineError) {
      return notes + (try findings())
    } catch {
      throw .engine(cause: error)
    }
  }

  /// Reads and checks all columns that were not used yet; see ``Table/checked()``.
  public func check() throws(EventsError) {
    for entry in catalog.entries {
      do throws(EngineError) {
        _ = try entry.table.checked()
      } catch {
        throw .engine(cause: error)
      }
    }
  }

  static func location(
    _ path: String, _ access: FileAccess
  ) throws(EventsError) -> DatasetLocation {
    do {
      return try DatasetLocation.find(path, access: access)
    } catch {
      throw .formats(cause: error)
    }
  }

  static func package(
    _ path: String, _ access: FileAccess
  ) throws(EventsError) -> DataPackage {
    do {
      return try DataPackage.read(path: path, access: access)
    } catch {
      throw .formats(cause: error)
    }
  }
}
