import Annals
import ArgumentParser

/// What a script works on: a dataset, read by some threads, and a time and chance that it is told since
/// it can't find them out by itself.
struct SessionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The dataset: a folder, file or name. Without it that of $ANNALS_DATA, else the one that comes with annals, if any.",
      valueName: "dataset"))
  var data: String?

  @OptionGroup
  var fileOptions: FileOptions

  @Option(
    help: ArgumentHelp(
      "How many threads work; without it $ANNALS_THREADS, else all cores. Results are the same.",
      valueName: "number"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      """
      The time that the script is told, as 2024-05-01 or 2024-05-01T18:30:00Z. It stands still. \
      Without it 2022-01-01.
      """,
      valueName: "date"))
  var now: String?

  @Option(
    help: ArgumentHelp(
      "A whole number that `math.random` starts from. Without it 1.", valueName: "number"))
  var seed: String?

  func threadCount() throws(CommandError) -> Int { try ThreadCount.find(threads) }

  func open(threadCount: Int, stop: StopFlag) throws(CommandError) -> Dataset {
    try DatasetFinder.open(
      data, hints: try fileOptions.hints(), profile: fileOptions.profileChoice,
      threadCount: threadCount,
      stop: stop)
  }

  func tellTime(to limits: inout ScriptLimits, isTrusted: Bool) throws(CommandError) {
    if isTrusted, let option = now != nil ? "--now" : seed != nil ? "--seed" : nil {
      throw .usage(
        "`\(option)` does not hold for a script with `--trusted`, which has Lua's own clock",
        fix: "leave one of them out")
    }
    if let now { limits.now = try Self.time(now) }
    if let seed { limits.seed = try Self.number(seed) }
  }

  private static func time(_ text: String) throws(CommandError) -> Timestamp {
    if let time = Timestamp(text) ?? Timestamp(text + "T00:00Z") { return time }
    throw .usage(
      "`--now` can't be `\(text.shortened)`",
      fix: "write a date, such as 2024-05-01, or a time, such as 2024-05-01T18:30:00Z")
  }

  private static func number(_ text: String) throws(CommandError) -> Int64 {
    if let number = Int64(text) { return number }
    throw .usage(
      "`--seed` can't be `\(text.shortened)`",
      fix: "write a whole number of at most 64 bits, such as 42")
  }
}
