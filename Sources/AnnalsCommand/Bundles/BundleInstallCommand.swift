import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle install`.
struct BundleInstallCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Keep packed bundles, so that `annals run NAME` runs them from anywhere.",
    discussion: """
      They are copied to annals/bundles in $XDG_DATA_HOME, else in ~/.local/share. Several versions of a bundle \
      may be there; its name stands for the newest. Nothing is run; `annals bundle verify` tells who vouches \
      for a bundle.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "Packed bundles.")
  var bundles: [String]

  func perform() throws {
    let installed = try InstalledBundles.ofUser()
    var found: [ReportBundle] = []
    for path in bundles {
      let bundle = try BundleFinder.open(path)
      guard bundle.isPacked else {
        throw CommandError.usage(
          "`\(path.shortened)` is a folder",
          fix: "pack it with `annals bundle pack`, and install the file")
      }
      for bundle in [bundle] + bundle.carried {
        try BundleFinder.checkVersion(of: bundle)
        try check(bundle, among: installed)
        found.append(bundle)
      }
    }
    for bundle in found { _ = try UsedBundles(of: bundle, in: [installed], beside: found) }
    do throws(PlatformError) { try Folder.make(installed.folder) } catch {
      throw CommandError.writing(error.description)
    }
    for bundle in found {
      let name = InstalledBundle(bundle.manifest)
      try PackedBundle.write(bundle, to: installed.path(of: name))
      try StandardOutput.write("annals run \(name.id)  (version \(name.version))\n")
    }
  }

  /// A version is one content: another one of the same number is refused.
  private func check(
    _ bundle: ReportBundle, among installed: InstalledBundles
  ) throws(CommandError) {
    let name = InstalledBundle(bundle.manifest)
    guard installed.all.contains(name) else { return }
    let other = try installed.open(name)
    guard other.hash == bundle.hash else {
      throw .data(
        "another \(name.id) \(name.version) is installed, whose hash is \(other.hash.text)"
          + "\n  at:  \(bundle.name)\n  fix: remove it first, with `annals bundle remove"
          + " \(name.id)@\(name.version)`, if you want this one")
    }
  }
}
