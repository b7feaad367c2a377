import AnnalsEngine
import AnnalsFormats

/// Turns the files of a data package into the tables of a dataset.
///
/// Keys come first, then references to them, then figures and the rules of the model. All problems of
/// all files are gathered, and with any of them there is no dataset.
struct DatasetBuilder {
  /// Near keys are looked for in tables of up to so many keys.
  static let nearKeyLimit = 10_000

  private let package: DataPackage
  private let reading: FileReading
  private let budget: MemoryBudget
  private let options: ReadingOptions
  private var problems: ProblemList
  /// The tables as they stand in their files, in the order of the package; filled by ``entries(of:)``.
  private(set) var tables: [RawTable] = []
  private var indexes: [String: KeyIndex] = [:]
  private var targets: [String: ReferenceTarget] = [:]
  /// Tables of which some keys could not be read, so that references to them may dangle.
  private var unread: Set<String> = []
  /// File and name of each column that became references.
  private var references: Set<[String]> = []

  init(
    _ package: DataPackage, reading: FileReading, budget: MemoryBudget, problemLimit: Int,
    options: ReadingOptions
  ) {
    self.package = package
    self.reading = reading
    self.budget = budget
    self.options = options
    problems = ProblemList(limit: problemLimit)
  }

  /// The dataset, with all that is to be known of it.
  ///
  /// - Parameter profile: How a package is taken that holds one table and does not declare to follow
  ///   the model, as ``DatasetFiles`` writes it of a publisher's file.
  mutating func dataset(profile: ProfileChoice) throws(EventsError) -> Dataset {
    let declaresModel = package.modelVersion != nil
    let isFlat = package.resources.count == 1 && !declaresModel
    if !isFlat { try profile.refuse(for: package.path) }
    let name = package.metadata.name ?? DatasetLocation.folderName(of: package.path)
    let entries = try entries(of: name)
    if isFlat, let raw = tables.first,
      let entry = entries.first(where: { $0.name == raw.resource.name }),
      let dataset = try ProfiledFile.dataset(
        name, of: entry.table, profile, path: package.path, notes: notes,
        metadata: package.metadata,
        budget: budget, stop: options.stop)
    {
      return dataset
    }
    return Dataset(
      name: name, metadata: package.metadata, declaresModel: declaresModel,
      catalog: Catalog(entries: entries),
      notes: notes + (declaresModel ? ModelComparison.notes(on: entries) : []))
  }

  /// What a reader of the dataset should know; whole after ``entries(of:)``.
  var notes: [DatasetNote] { package.notes + tables.flatMap(\.notes) }

  /// The tables in the order of the package, then those of the model that it lacks.
  ///
  /// - Parameter name: What the dataset is called in messages.
  mutating func entries(of name: String) throws(EventsError) -> [Catalog.Entry] {
    do throws(FormatsError) {
      try readFiles()
    } catch {
      throw .formats(cause: error)
    }
    let entries: [Catalog.Entry]
    do throws(EngineError) {
      try checkKeys()
      entries = try linkedEntries()
    } catch {
      throw .engine(cause: error)
    }
    guard problems.count == 0 else {
      throw .badData(
        dataset: name, problems: problems.problems.map(withNearKeys), more: problems.more)
    }
    return entries
  }

  private mutating func readFiles() throws(FormatsError) {
    var resources = package.resources
    for (index, resource) in package.resources.enumerated() {
      let path = package.path(of: resource)
      let table: RawTable
      if resource.format == .arrow {
        table = try ArrowTableReader.read(
          resource, path: path, tables: package.isSingle ? [] : package.resources.map(\.name),
          fileIndex: index, access: package.access, reading: reading, budget: budget,
          threadCount: options.threadCount, problems: &problems)
      } else {
        table = try TableReader.read(
          resource, schema: resource.schema,
          from: try ByteSource(path: path, access: package.access), fileIndex: index,
          budget: budget, options: options, problems: &problems)
      }
      tables.append(table)
      resources[index].schema = table.schema
    }
    try ForeignKeyCheck.check(resources)
    for (index, table) in tables.enumerated() {
      let spoilt = problems.columns[index] ?? []
      if !spoilt.isDisjoint(with: table.schema.primaryKey + [""]) {
        unread.insert(table.resource.name)
      }
    }
  }

  private mutating func checkKeys() throws(EngineError) {
    for (index, table) in tables.enumerated() {
      let checker = KeyChecker(table: table, fileIndex: index, budget: budget)
      indexes[table.resource.name] = try checker.primaryKey(&problems)
      try checker.uniqueColumns(&problems)
      if table.schema.primaryKey.count == 1,
        let keys = try table.column(table.schema.primaryKey[0]),
        keys.type == .text || keys.type == .integer
      {
        targets[table.resource.name] = ReferenceTarget(table: table.resource.name, keys: keys)
      }
    }
  }

  private mutating func linkedEntries() throws(EngineError) -> [Catalog.Entry] {
    var entries: [Catalog.Entry] = []
    for (index, raw) in tables.enumerated() {
      var assembly = TableAssembly(raw)
      let resolver = ReferenceResolver(
        table: raw, fileIndex: index, budget: budget, unread: unread)
      let rules =
        package.modelVersion == nil
        ? nil : ModelRules(table: raw, fileIndex: index, budget: budget)
      for key in raw.schema.foreignKeys {
        if let column = try resolved(key, of: raw, by: resolver) {
          assembly.replace(key.columns[0], with: column)
          try rules?.check(key.columns[0], references: column, &problems)
        }
      }
      try rules?.checkDays(&problems)
      let builder = FigureBuilder(table: raw, fileIndex: index, budget: budget)
      for figure in raw.schema.figures {
        assembly.merge(figure, into: try builder.columns(of: figure, &problems))
      }
      entries.append(
        Catalog.Entry(
          name: raw.resource.name, table: assembly.table(), key: raw.schema.primaryKey))
    }
    let completed = try ModelCompletion(budget: budget, targets: targets).completed(entries)
    return ClaimRule.applied(to: completed, budget: budget)
  }

  /// Checks a foreign key; where it names a table's single key column, the column of references.
  private mutating func resolved(
    _ key: ForeignKey, of raw: RawTable, by resolver: ReferenceResolver
  ) throws(EngineError) -> Column? {
    guard let there = tables.first(where: { $0.resource.name == key.table }) else { return nil }
    guard key.referredColumns == there.schema.primaryKey, let index = indexes[key.table] else {
      let columns = try there.columns(key.referredColumns)
      let index = try KeyIndex(columns, rowCount: there.rowCount, budget: budget) { _, _ in }
      try resolver.check(key, against: index, &problems)
      return nil
    }
    guard key.columns.count == 1, let column = try raw.column(key.columns[0]),
      let target = targets[key.table]
    else {
      try resolver.check(key, against: index, &problems)
      return nil
    }
    references.insert([raw.resource.path, key.columns[0]])
    return try resolver.resolve(key, column: column, target: target, index: index, &problems)
  }

  /// Offers the keys that a dangling reference may have meant.
  private func withNearKeys(_ problem: DataProblem) -> DataProblem {
    guard case .danglingReference(let table, _, let mayBeUnread) = problem.reason,
      let value = problem.value, references.contains([problem.file] + problem.columns),
      let index = indexes[table], index.count <= Self.nearKeyLimit
    else { return problem }
    let near = NearNames.suggestions(for: value, among: index.texts)
    return DataProblem(
      file: problem.file, line: problem.line, columns: problem.columns, value: value,
      reason: .danglingReference(table: table, near: near, mayBeUnread: mayBeUnread),
      unit: problem.unit)
  }
}
