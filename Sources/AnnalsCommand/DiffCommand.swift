import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals diff`.
struct DiffCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "diff", _superCommandName: AnnalsCommand.name,
    abstract: "Show which events a new release of a dataset adds, changes and removes.",
    discussion: """
      Events are compared by their ids. There are three tables: how many events were added, changed, \
      removed and left as they were; what the figures of both releases add up to; and each event that \
      was added or removed, and each column of one that has another value. Of a publisher's file the \
      published columns are compared.
      """,
    version: AnnalsCommand.version)

  @Argument(help: ArgumentHelp("The earlier release: a folder, file or name.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The later release.", valueName: "new"))
  var new: String

  @Option(
    help: ArgumentHelp(
      "A publisher's list of deleted events, which count as removed; with a column event_id_cnty or id.",
      valueName: "file"))
  var deletions: String?

  @Option(help: "How it is written: text, csv, tsv, json, ndjson, markdown or arrow.")
  var format: OutputFormat?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write it to a file, in the format of its ending.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write only one table: 1 for the numbers, 2 for the totals, 3 for the changes.",
      valueName: "number"))
  var table: Int?

  @OptionGroup
  var fileOptions: FileOptions

  func perform() throws {
    let threadCount = try ThreadCount.find()
    let hints = try fileOptions.hints()
    let file = try ReportWriter.beginFile(output)
    let writer = ReportWriter(
      format: try ReportWriter.format(format, for: output), tableNumber: table, file: file)
    let releases = try [old, new].map { path in
      try DatasetFinder.open(
        path, hints: hints, profile: fileOptions.profileChoice, threadCount: threadCount)
    }
    let revision: DatasetRevision
    do throws(EventsError) {
      let budget = MemoryBudget(byteLimit: Memory.byteCount / 2)
      let context = RunContext(threadCount: threadCount, budget: budget)
      let deleted = try deletions.map { path throws(EventsError) in
        try DatasetRevision.deletedIDs(at: path, budget: budget)
      }
      revision = try DatasetRevision(
        from: releases[0], to: releases[1], deleted: deleted ?? [], context: context)
    } catch {
      throw DatasetFinder.error(error)
    }
    for note in revision.notes { ConvertCommand.note(note) }
    try writer.write(
      Report(items: [revision.summary, revision.totals, revision.changes].map { .table($0) }))
  }
}
