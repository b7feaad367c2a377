import AnnalsEngine
import AnnalsFormats

/// A publisher's file as a dataset of the model.
struct ProfiledFile {
  let match: ProfileMatch
  let file: FlatFile
  /// What its reader found out of how it is written, and what is wrong and was read all the same.
  let notes: [DatasetNote]
  let problems: ProblemList

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
      name: name, metadata: PackageMetadata(), declaresModel: false,
      catalog: Catalog(entries: ClaimRule.applied(to: entries, budget: file.budget)),
      notes: [
        DatasetNote("read as \(profile.title) (profile `\(profile.name)`), since \(match.reason)"),
        DatasetNote("`original` is the file as published; the other tables are derived from it"),
      ] + notes, problems: problems.problems, problemCount: problems.count,
      findings: { () throws(EngineError) in try Findings(derived, profile).notes })
  }
}
