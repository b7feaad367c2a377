import Annals
import ArgumentParser

/// `annals bundle inspect`.
struct BundleInspectCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a bundle is, what it needs and asks for, before any of it runs.",
    discussion: "A bundle that breaks the rules is refused with what is wrong, and status 2.",
    version: AnnalsCommand.version)

  @Argument(help: "A bundle's folder, or a packed bundle.")
  var bundle: String

  func perform() throws {
    let bundle = try BundleFinder.open(self.bundle)
    try StandardOutput.write(VisibleText.lines(BundleSummary(bundle: bundle).text))
  }
}
