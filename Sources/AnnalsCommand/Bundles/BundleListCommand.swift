import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle list`.
struct BundleListCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the bundles that are installed.",
    discussion:
      "Each is checked as before a run. One that is broken is told on standard error, with status 2.",
    version: AnnalsCommand.version)

  func perform() throws {
    let installed = try InstalledBundles.ofUser()
    var rows: [[String]] = []
    var broken: [CommandError] = []
    for name in installed.all {
      do throws(CommandError) {
        let manifest = try installed.open(name).manifest
        rows.append([name.id, "\(name.version)", VisibleText.line(manifest.title)])
      } catch {
        broken.append(error)
      }
    }
    if rows.isEmpty, broken.isEmpty {
      StandardStream.error.write(
        "annals: no bundle is installed; `annals bundle install` installs a packed one\n")
    }
    if !rows.isEmpty { try StandardOutput.write(AlignedText.text(rows) + "\n") }
    guard let first = broken.first else { return }
    for error in broken.dropFirst().reversed() {
      StandardStream.error.write("annals: " + error.description + "\n")
    }
    throw first
  }
}
