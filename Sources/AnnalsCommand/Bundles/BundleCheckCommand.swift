import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle check`.
struct BundleCheckCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look for mistakes in a bundle before anybody runs it.",
    discussion: """
      Checked are the manifest and the files, the syntax of all Lua files, globals that nobody sets, \
      permissions that are used or asked for in vain, help that is missing, and formulas: each script runs \
      for at most ten seconds on tables of one row that have the columns of `needs` and no others.

      Exit status: 0 nothing is wrong, 2 something is. Notes are no mistakes.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "A bundle's folder, or a packed bundle.")
  var bundle: String

  @Option(help: InstalledBundles.folderHelp)
  var bundles: [String] = []

  @Flag(help: "Refuse to run where the system has not all walls that keep a script in.")
  var requireWalls = false

  func perform() throws {
    let bundle = try BundleFinder.open(self.bundle)
    try BundleFinder.checkVersion(of: bundle)
    let interrupt = ConsoleInterrupt()
    Interrupts.handle { interrupt.raise() }
    let used = try UsedBundles(of: bundle, in: InstalledBundles.folders(adding: bundles)).all
    var check = try BundleCheck(bundle, used: used, interrupt: interrupt.script)
    try PermissionOptions.raise(Walls(), all: requireWalls)
    try check.run()
    try StandardOutput.write(check.findings.map { VisibleText.lines($0.text) }.joined())
    let count = check.findings.count { $0.isProblem }
    guard count == 0 else {
      throw CommandError.findings(
        count == 1 ? "1 problem" : "\(count) problems", status: .wrongData)
    }
    try StandardOutput.write("nothing is wrong\n")
  }
}
