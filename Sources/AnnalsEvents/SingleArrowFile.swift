import AnnalsEngine
import AnnalsFormats

/// An Arrow file without a data package around it.
///
/// Its own schema may tell of a key, references and figures, as ``ArrowTable/schemaKey`` says. A key
/// and figures are checked then, which takes a pass over their columns; without them the values are
/// not looked at before they are used.
struct SingleArrowFile {
  /// As the user gave it.
  let path: String
  let access: FileAccess
  let reading: FileReading
  let budget: MemoryBudget
  let options: ReadingOptions

  /// Reads the file as a table, with its figures put together.
  func table(problemLimit: Int = 100) throws(EventsError) -> Table {
    var builder = builder(problemLimit: problemLimit)
    let entries = try builder.entries(of: DatasetLocation.name(of: path))
    guard let own = entries.first(where: { $0.name == Self.tableName }) else {
      preconditionFailure("a package of one table gives that table")
    }
    return own.table
  }

  /// The dataset that its publisher's profile makes of it. Without one the table is both `events` and
  /// `original`, and all else is empty.
  func dataset(problemLimit: Int, profile: ProfileChoice) throws(EventsError) -> Dataset {
    var builder = builder(problemLimit: problemLimit)
    let name = DatasetLocation.name(of: path)
    let entries = try builder.entries(of: name)
    let events = entries.first { $0.name == Self.tableName }
    if let events,
      let dataset = try ProfiledFile.dataset(
        name, of: events.table, profile, path: path, notes: builder.notes, budget: budget,
        stop: options.stop)
    {
      return dataset
    }
    return Dataset(
      name: name, metadata: PackageMetadata(), declaresModel: false,
      catalog: Catalog(
        entries: entries.map { entry in
          guard entry.name == "original", let events else { return entry }
          return Catalog.Entry(name: entry.name, table: events.table, key: events.key)
        }),
      notes: [DatasetNote("a single file: its table is both `events` and `original`")]
        + builder.notes)
  }

  static let tableName = "events"

  /// Reads the file as the one table of a dataset.
  func builder(problemLimit: Int) -> DatasetBuilder {
    DatasetBuilder(
      package, reading: reading, budget: budget, problemLimit: problemLimit, options: options)
  }

  /// A package of the one table.
  var package: DataPackage {
    DataPackage(
      single: TableResource(name: Self.tableName, path: path, format: .arrow), access: access)
  }
}
