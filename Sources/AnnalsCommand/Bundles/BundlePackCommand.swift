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

      With `--executable` the file is a program that runs the bundle, on machines that have no annals: \
      this program with the bundle at its end. It has the same walls, and `--help` tells of the report. \
      Make it with an annals that is one file, which the README tells how to build.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "The bundle's folder, or a packed bundle.")
  var bundle: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The file to write; without it <id>-<version>.annals here, or <id>-<version> for a program.",
      valueName: "file"))
  var output: String?

  @Flag(help: "Write a program that runs the bundle by itself.")
  var executable = false

  @Flag(help: "Let the program need the shared libraries that this annals needs.")
  var needsLibraries = false

  @Option(help: InstalledBundles.folderHelp)
  var bundles: [String] = []

  func perform() throws {
    let bundle = try BundleFinder.open(self.bundle)
    let name = bundle.packedName
    let path = output ?? (executable ? String(name.dropLast(ReportBundle.ending.count)) : name)
    try checkName(path)
    for name in bundle.leftOut {
      StandardStream.error.write("note: left out: " + VisibleText.line(name) + "\n")
    }
    if executable {
      try writeProgram(bundle, to: path)
    } else {
      try PackedBundle.write(bundle, to: path)
    }
    try StandardOutput.write(VisibleText.line(path) + "  " + bundle.hash.text + "\n")
  }

  private func checkName(_ path: String) throws(CommandError) {
    guard path.hasSuffix(ReportBundle.ending) == executable else { return }
    let name = path.shortened
    throw executable
      ? .usage("`\(name)` ends as bundles do, and is to be a program", fix: "leave the ending out")
      : .usage("`\(name)` does not end as bundles do", fix: "end it in \(ReportBundle.ending)")
  }

  private func writeProgram(_ bundle: ReportBundle, to path: String) throws(CommandError) {
    guard needsLibraries || !OwnProgram.needsLibraries else {
      throw .usage(
        "this annals needs shared libraries, which other machines may lack",
        fix: "make it with an annals that is one file, as the README tells, or say"
          + " `--needs-libraries` if they are there")
    }
    let used = try UsedBundles(of: bundle, in: InstalledBundles.folders(adding: bundles)).all
    for bundle in [bundle] + used { try BundleFinder.checkVersion(of: bundle) }
    let content: [UInt8]
    do throws(BundlesError) {
      content = try ProgramFile.content(running: bundle, using: used)
    } catch {
      throw .data(error.description)
    }
    try PackedBundle.write(content, to: path, isProgram: true)
  }
}
