import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle remove`.
struct BundleRemoveCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove an installed bundle.",
    version: AnnalsCommand.version)

  @Argument(help: "The bundle's id: all versions; or one version, as town-tolls@1.2.0.")
  var bundle: String

  func perform() throws {
    let installed = try InstalledBundles.ofUser()
    let named = try installed.find(bundle)
    let all = bundle.contains("@") ? [named] : installed.all.filter { $0.id == named.id }
    try check(all, in: installed)
    for name in all {
      do throws(PlatformError) { try Folder.removeFile(installed.path(of: name)) } catch {
        throw CommandError.writing(error.description)
      }
      try StandardOutput.write("removed \(name.id) \(name.version)\n")
    }
  }

  /// Refuses to take away what another bundle uses.
  private func check(
    _ names: [InstalledBundle], in installed: InstalledBundles
  ) throws(CommandError) {
    for other in installed.all where !names.contains(other) {
      // A broken bundle runs no more, whatever it uses.
      guard let lock = try? installed.open(other).lock() else { continue }
      for name in names where lock[name.id]?.version == name.version {
        throw .usage(
          "the installed bundle \(other.id) \(other.version) uses \(name.id) \(name.version)",
          fix: "remove \(other.id) first")
      }
    }
  }
}
