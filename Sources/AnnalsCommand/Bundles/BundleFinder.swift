import Annals
import AnnalsPlatform

/// Finds the bundle that a command is about.
enum BundleFinder {
  /// Whether a path is meant as a bundle's: a folder with a manifest, the name of a packed one, or a
  /// program that may carry one.
  static func isBundle(_ path: String) -> Bool {
    if path.hasSuffix(ReportBundle.ending) || ReportBundle.isProgram(at: path) { return true }
    return FileKind(at: path) == .folder && FileKind(at: path + "/" + Manifest.path) != nil
  }

  static func open(_ path: String) throws(CommandError) -> ReportBundle {
    do throws(BundlesError) { return try ReportBundle.open(path) } catch {
      throw .data(error.description)
    }
  }

  /// Refuses a bundle that is not made for this version of the program.
  static func checkVersion(of bundle: ReportBundle) throws(CommandError) {
    guard let own = Version(AnnalsCommand.version), !bundle.manifest.annals.contains(own) else {
      return
    }
    throw .data(
      "the bundle is for Annals \(bundle.manifest.annals), and this is \(own)"
        + "\n  at:  \(bundle.name)\n  fix: get a version of either that fits the other")
  }
}
