import ArgumentParser

/// How a report script is run, whichever it is.
struct RunOptions: ParsableArguments {
  @OptionGroup
  var sessionOptions: SessionOptions

  @Option(help: "How the report is written: text, csv, tsv, json, ndjson, markdown or arrow.")
  var format: OutputFormat?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write the report to a file, in the format of its ending.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write only the table of this number.", valueName: "number"))
  var table: Int?

  @Flag(
    name: .customLong("break"),
    help: "Open the console where the script fails, with the variables of that place.")
  var opensConsole = false

  @Option(
    help: ArgumentHelp(
      "Write how long each plan took to a file, as a line of JSON each.", valueName: "file"))
  var timings: String?

  @OptionGroup
  var permissionOptions: PermissionOptions

  @OptionGroup
  var limitOptions: LimitOptions

  @Flag(name: [.short, .long], help: "Show this help, or that of the script.")
  var help = false

  /// What a parameter of a script can't be called.
  static let optionNames =
    [
      "script", "bundles", "data", "format", "output", "table", "threads", "break",
      "timings", "allow-read", "allow-write", "allow-env", "trusted", "require-walls",
      "limit-memory",
      "limit-time", "limit-output", "now", "seed", "help", "o", "h", "annals",
    ] + FileOptions.optionNames
}
