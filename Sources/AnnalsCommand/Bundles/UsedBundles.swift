import Annals

/// The bundles that another one uses, found by its lock.
struct UsedBundles {
  private(set) var all: [ReportBundle] = []

  /// - Throws: If one is not there, or is not the one that the lock names.
  init(of bundle: ReportBundle, in folders: [InstalledBundles]) throws(CommandError) {
    try self.init(of: bundle, in: folders, beside: [])
  }

  /// - Parameter given: Bundles that are at hand, and are looked at first.
  init(
    of bundle: ReportBundle, in folders: [InstalledBundles], beside given: [ReportBundle]
  ) throws(CommandError) {
    let lock = try Self.caught { () throws(BundlesError) in try bundle.lock() }
    for entry in lock.entries {
      let name = InstalledBundle(id: entry.id, version: entry.version)
      guard let found = try Self.find(name, in: folders, beside: given + bundle.carried) else {
        throw Self.error(bundle, .absent(id: entry.id, version: entry.version))
      }
      guard found.hash == entry.hash else {
        throw Self.error(
          bundle,
          .otherContent(
            id: entry.id, version: entry.version, locked: entry.hash, found: found.hash))
      }
      try Self.caught { () throws(BundlesError) in
        try bundle.check(lock, for: found.manifest.uses)
      }
      all.append(found)
    }
  }

  private static func find(
    _ name: InstalledBundle, in folders: [InstalledBundles], beside given: [ReportBundle]
  ) throws(CommandError) -> ReportBundle? {
    if let found = given.first(where: { InstalledBundle($0.manifest) == name }) { return found }
    for folder in folders where folder.all.contains(name) { return try folder.open(name) }
    return nil
  }

  private static func error(_ bundle: ReportBundle, _ problem: UsesProblem) -> CommandError {
    .data(BundlesError.uses(bundle: bundle.name, problem: problem).description)
  }

  private static func caught<Result>(
    _ body: () throws(BundlesError) -> Result
  ) throws(CommandError) -> Result {
    do throws(BundlesError) { return try body() } catch { throw .data(error.description) }
  }
}
