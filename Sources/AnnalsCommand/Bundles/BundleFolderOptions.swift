import ArgumentParser

/// Where bundles are that another one uses.
struct BundleFolderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A folder with packed bundles that the bundle may use, beside those that are installed. May be given \
      several times.
      """,
      valueName: "folder"))
  var bundles: [String] = []

  /// The folders in the order in which they are looked through.
  func folders() throws(CommandError) -> [InstalledBundles] {
    let installed = try? InstalledBundles.ofUser()
    return bundles.map { InstalledBundles(folder: $0) } + [installed].compactMap { $0 }
  }
}
