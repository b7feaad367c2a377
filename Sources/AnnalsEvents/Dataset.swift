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
  ///   - path: A folder with a `datapackage.json`, such a file itself, or a single `.csv` or `.tsv`
  ///     file. The table of a single file is both `events` and `original`.
  ///   - budget: What its columns may take of memory.
  ///   - problemLimit: How many problems of the data an error lists.
  ///   - options: How its files are read.
  /// - Throws: ``EventsError/badData(dataset:problems:more:)`` with all problems of all files.
  public static func open(
    _ path: String, budget: MemoryBudget = MemoryBudget(byteLimit: .max), problemLimit: Int = 100,
    options: ReadingOptions = ReadingOptions()
  ) throws(EventsError) -> Dataset {
    switch try location(path) {
    case .package(let path):
      return try open(
        try package(path), budget: budget, problemLimit: problemLimit, options: options)
    case .table(let path, let dialect):
      return try SingleFile(path: path, dialect: dialect, budget: budget, options: options)
        .dataset(problemLimit: problemLimit)
    }
  }

  /// The table of a name; nil if there is none, not even in the model.
  public func table(_ name: String) -> Table? { catalog[name]?.table }

  /// Whether a table of that name has rows.
  public func has(_ name: String) -> Bool { (table(name)?.rowCount ?? 0) > 0 }

  private static func open(
    _ package: DataPackage, budget: MemoryBudget, problemLimit: Int, options: ReadingOptions
  ) throws(EventsError) -> Dataset {
    let name = package.metadata.name ?? DatasetLocation.folderName(of: package.path)
    var builder = DatasetBuilder(
      package, budget: budget, problemLimit: problemLimit, options: options)
    let entries = try builder.entries(of: name)
    let declaresModel = package.modelVersion != nil
    return Dataset(
      name: name, metadata: package.metadata, declaresModel: declaresModel,
      catalog: Catalog(entries: entries),
      notes: package.notes + (declaresModel ? ModelComparison.notes(on: entries) : []))
  }

  private static func location(_ path: String) throws(EventsError) -> DatasetLocation {
    do { return try DatasetLocation.find(path) } catch { throw .formats(cause: error) }
  }

  private static func package(_ path: String) throws(EventsError) -> DataPackage {
    do { return try DataPackage.read(path: path) } catch { throw .formats(cause: error) }
  }
}
