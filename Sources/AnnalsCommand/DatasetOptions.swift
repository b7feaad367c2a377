import Annals
import ArgumentParser

/// Which dataset a script works on, and how many threads do.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The dataset: a folder, file or name. Without it that of $ANNALS_DATA, else the shipped one.",
      valueName: "dataset"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "How many threads work; without it $ANNALS_THREADS, else all cores. Results are the same.",
      valueName: "number"))
  var threads: Int?

  func threadCount() throws(CommandError) -> Int { try ThreadCount.find(threads) }

  func open(
    hints: FileHints, threadCount: Int, stop: StopFlag
  ) throws(CommandError) -> Dataset {
    try DatasetFinder.open(data, hints: hints, threadCount: threadCount, stop: stop)
  }
}
