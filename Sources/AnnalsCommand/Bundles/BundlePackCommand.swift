import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle pack`.
struct BundlePackCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Write a bundle's folder as one file.",
    discussion: """
      The same files give the same bytes, on any machine. A file that exists is replaced. What is packed \
      has been checked as a reader checks it; what is left out, because its name begins with a point, is \
      told.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "The bundle's folder.")
  var folder: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The file to write; without it <id>-<version>.annals here.", valueName: "file"))
  var output: String?

  func perform() throws {
    let bundle = try BundleFinder.open(folder)
    let path = output ?? bundle.packedName
    guard path.hasSuffix(ReportBundle.ending) else {
      throw CommandError.usage(
        "`\(path.shortened)` does not end as bundles do", fix: "end it in \(ReportBundle.ending)")
    }
    for name in bundle.leftOut {
      StandardStream.error.write("note: left out: " + VisibleText.line(name) + "\n")
    }
    try PackedBundle.write(bundle, to: path)
    try StandardOutput.write(VisibleText.line(path) + "  " + bundle.hash.text + "\n")
  }
}
