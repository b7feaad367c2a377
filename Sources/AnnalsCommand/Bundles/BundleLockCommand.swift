import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle lock`.
struct BundleLockCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "Write down which versions of other bundles a bundle uses.",
    discussion: """
      Of each bundle that `uses` in the manifest names, and that these use in turn, the newest version is \
      taken that fits, among packed bundles in the folders given and those that are installed. Its version and \
      hash are written to bundle.lock; from then on the bundle runs with exactly these.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "The bundle's folder.")
  var folder: String

  @Option(help: InstalledBundles.folderHelp)
  var bundles: [String] = []

  func perform() throws {
    let bundle = try BundleFinder.open(folder)
    guard !bundle.isPacked else {
      throw CommandError.usage("a packed bundle has its lock", fix: "name the folder")
    }
    guard !bundle.manifest.uses.isEmpty else {
      throw CommandError.usage(
        "the bundle uses no others", fix: "name them in `uses` in its manifest")
    }
    let candidates = try candidates()
    let lock: BundleLock
    do throws(BundlesError) {
      lock = try BundleResolver.lock(
        of: BundleResolver.Candidate(bundle), named: bundle.name,
        among: candidates.map { BundleResolver.Candidate($0) })
    } catch {
      throw CommandError.data(error.description)
    }
    do throws(PlatformError) {
      let file = try AtomicFile(path: folder + "/" + BundleLock.path)
      try file.write(Array(lock.text.utf8).span)
      try file.finish()
    } catch {
      throw CommandError.writing(error.description)
    }
    let rows = lock.entries.map { [$0.id, "\($0.version)", $0.hash.text] }
    try StandardOutput.write(AlignedText.text(rows) + "\n")
  }

  /// All packed bundles in the folders. One version with two contents leaves open which is meant.
  private func candidates() throws(CommandError) -> [ReportBundle] {
    var found: [InstalledBundle: ReportBundle] = [:]
    for folder in InstalledBundles.folders(adding: bundles) {
      for name in folder.all {
        let bundle = try folder.open(name)
        guard let other = found.updateValue(bundle, forKey: name), other.hash != bundle.hash else {
          continue
        }
        throw .data(
          "there are two bundles \(name.id) \(name.version) of other content"
            + "\n  at:  \(other.name), \(bundle.name)\n  fix: remove the one that is not meant")
      }
    }
    return Array(found.values)
  }
}
