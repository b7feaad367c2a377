import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals inspect`.
struct InspectCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a dataset holds: tables, columns, types, nulls and references.",
    discussion: """
      All keys, references and values are checked on the way. What is wrong is listed with file, line \
      and column, and the program ends with status 2.
      """)

  @Argument(help: "A dataset's folder, a file, or a dataset's name.")
  var dataset: String?

  func perform() throws {
    let summary = DatasetSummary(
      try DatasetFinder.open(dataset, threadCount: try ThreadCount.find()))
    try StandardOutput.write(VisibleText.lines(summary.description))
  }
}
