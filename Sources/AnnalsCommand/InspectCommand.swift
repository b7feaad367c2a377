import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals inspect`.
struct InspectCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "inspect", _superCommandName: AnnalsCommand.name,
    abstract: "Show what a dataset holds: tables, columns, types, nulls and references.",
    discussion: """
      All keys, references and values are checked on the way. What is wrong is listed with file, line \
      and column, and the program ends with status 2. A single CSV or TSV file is shown with its \
      problems, unless rows can't be trusted or `--strict` is given.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "A dataset's folder, a file, or a dataset's name.")
  var dataset: String?

  @OptionGroup
  var fileOptions: FileOptions

  func perform() throws {
    let dataset = try DatasetFinder.open(
      dataset, hints: try fileOptions.hints(), profile: fileOptions.profileChoice,
      threadCount: try ThreadCount.find(), tellsProblems: false)
    let summary: DatasetSummary
    do throws(EventsError) {
      summary = try DatasetSummary(dataset)
    } catch {
      throw DatasetFinder.error(error)
    }
    try StandardOutput.write(VisibleText.lines(summary.description))
  }
}
