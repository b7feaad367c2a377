import AnnalsEngine
import AnnalsFormats

/// A publisher's file as a dataset of the model.
struct ProfiledFile {
  let match: ProfileMatch
  let file: FlatFile
  /// What its reader found out of how it is written, and what is wrong and was read all the same.
  let notes: [DatasetNote]
  let problems: ProblemList
  var metadata = PackageMetadata()

  /// The dataset that a profile makes of a table that stands in an Arrow file or a package; nil where
  /// none is wanted or fits.
  static func dataset(
    _ name: String, of table: Table, _ choice: ProfileChoice, path: String, notes: [DatasetNote],
    metadata: PackageMetadata = PackageMetadata(), budget: MemoryBudget,
    stop: StopFlag
  ) throws(EventsError) -> Dataset? {
    guard let match = try choice.match(table.schema.fields.map(\.name), of: path) else {
      return nil
    }
    let file = FlatFile(table, match.profile, budget: budget, stop: stop)
    return try ProfiledFile(
      match: match, file: file, notes: notes, problems: ProblemList(), metadata: metadata
    ).dataset(name: name)
  }

  /// The dataset, of which nothing but the file itself was read.
  func dataset(name: String) throws(EventsError) -> Dataset {
    let profile = match.profile
    let derived = LayoutTables(file, profile.layout)
    var entries = derived.tables.map(\.entry) + [derived.original]
    do throws(EngineError) {
      entries = try ModelCompletion(budget: file.budget, targets: [:]).completed(entries)
    } catch {
      throw .engine(cause: error)
    }
    let order = Model.tables.map(\.name)
    func rank(_ entry: Catalog.Entry) -> Int { order.firstIndex(of: entry.name) ?? order.count }
    entries = entries.enumerated().sorted { left, right in
      (rank(left.element), left.offset) < (rank(right.element), right.offset)
    }.map(\.element)
    return Dataset(
      name: name, metadata: metadata, declaresModel: false,
      catalog: Catalog(entries: ClaimRule.applied(to: entries, budget: file.budget)),
      notes: [
        DatasetNote("read as \(profile.title) (profile `\(profile.name)`), since \(match.reason)"),
        DatasetNote("`original` is the file as published; the other tables are derived from it"),
      ] + notes, problems: problems.problems, problemCount: problems.count,
      flat: derived,
      findings: { () throws(EngineError) in try Findings(derived, profile).notes })
  }
}
