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

  package init(
    name: String, metadata: PackageMetadata, declaresModel: Bool, catalog: Catalog,
    notes: [DatasetNote]
  ) {
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
  ///   - access: Whether Arrow files are mapped, so that opening them takes no time, or copied.
  ///   - problemLimit: How many problems of the data an error lists.
  /// - Throws: ``EventsError/badData(dataset:problems:more:)`` with all problems of all files.
  public static func open(
    _ path: String, budget: MemoryBudget = MemoryBudget(byteLimit: .max),
    access: FileAccess = .mapped, problemLimit: Int = 100
  ) throws(EventsError) -> Dataset {
    switch try location(path) {
    case .package(let path):
      var builder = DatasetBuilder(
        try package(path), access: access, budget: budget, problemLimit: problemLimit)
      return try builder.dataset()
    case .table(let path, let dialect):
      return try SingleFile(path: path, dialect: dialect, budget: budget)
        .dataset(problemLimit: problemLimit)
    case .arrow(let path):
      return try SingleArrowFile(path: path, access: access, budget: budget)
        .dataset(problemLimit: problemLimit)
    }
  }

  /// The table of a name; nil if there is none, not even in the model.
  public func table(_ name: String) -> Table? { catalog[name]?.table }

  /// Whether a table of that name has rows.
  public func has(_ name: String) -> Bool { (table(name)?.rowCount ?? 0) > 0 }

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

  static func location(_ path: String) throws(EventsError) -> DatasetLocation {
    do { return try DatasetLocation.find(path) } catch { throw .formats(cause: error) }
  }

  static func package(_ path: String) throws(EventsError) -> DataPackage {
    do { return try DataPackage.read(path: path) } catch { throw .formats(cause: error) }
  }
}
