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
    for name in all {
      do throws(PlatformError) { try Folder.removeFile(installed.path(of: name)) } catch {
        throw CommandError.writing(error.description)
      }
      try StandardOutput.write("removed \(name.id) \(name.version)\n")
    }
  }
}
