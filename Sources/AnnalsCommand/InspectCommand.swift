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
      and column, and the program ends with status 2.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "A dataset's folder, a file, or a dataset's name.")
  var dataset: String?

  @OptionGroup
  var profile: ProfileOption

  func perform() throws {
    let dataset = try DatasetFinder.open(
      dataset, profile: profile.choice, threadCount: try ThreadCount.find())
    let summary: DatasetSummary
    do throws(EventsError) {
      summary = try DatasetSummary(dataset)
    } catch {
      throw DatasetFinder.error(error)
    }
    try StandardOutput.write(VisibleText.lines(summary.description))
  }
}
