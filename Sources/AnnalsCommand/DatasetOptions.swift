import Annals
import ArgumentParser

/// Which dataset a script works on, how it is read, and how many threads work.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The dataset: a folder, file or name. Without it that of $ANNALS_DATA, else the one that comes with annals, if any.",
      valueName: "dataset"))
  var data: String?

  @OptionGroup
  var profile: ProfileOption

  @OptionGroup
  var fileOptions: FileOptions

  @Option(
    help: ArgumentHelp(
      "How many threads work; without it $ANNALS_THREADS, else all cores. Results are the same.",
      valueName: "number"))
  var threads: Int?

  func threadCount() throws(CommandError) -> Int { try ThreadCount.find(threads) }

  func open(threadCount: Int, stop: StopFlag) throws(CommandError) -> Dataset {
    try DatasetFinder.open(
      data, hints: try fileOptions.hints(), profile: profile.choice, threadCount: threadCount,
      stop: stop)
  }
}
