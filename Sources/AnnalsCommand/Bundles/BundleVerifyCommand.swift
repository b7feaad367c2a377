import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle verify`.
struct BundleVerifyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check who signed a bundle, that no byte has changed, and what its scripts give.",
    discussion: """
      All hashes and the signature are checked, the key must be one of those that you trust, and then the \
      bundle's tests run. One page tells who, what and the result.

      Exit status: 0 all is right, 2 a byte has changed, the signature is missing or wrong, or its key is \
      not trusted, 4 a golden output differs.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "A packed bundle.")
  var bundle: String

  @Option(
    help: ArgumentHelp(
      "The file of keys that you trust; without it ~/.config/annals/trusted-keys.",
      valueName: "file"))
  var trust: String?

  @Option(
    help: ArgumentHelp(
      "How many threads work; without it $ANNALS_THREADS, else all cores. Results are the same.",
      valueName: "number"))
  var threads: Int?

  @Option(help: InstalledBundles.folderHelp)
  var bundles: [String] = []

  @OptionGroup
  var permissionOptions: PermissionOptions

  @OptionGroup
  var limitOptions: LimitOptions

  func perform() throws {
    let bundle = try BundleFinder.open(self.bundle)
    let signer = try signer(of: bundle)
    let interrupt = ConsoleInterrupt()
    Interrupts.handle { interrupt.raise() }
    let outcomes = bundle.manifest.tests.isEmpty ? [] : try run(bundle, interrupt)
    try StandardOutput.write(
      VisibleText.lines(BundleSummary(bundle: bundle).verification(by: signer)))
    for line in outcomes.map(\.text).joined().split(separator: "\n") {
      try StandardOutput.write("  \(line)\n")
    }
    try end(outcomes)
  }

  /// Who signed the bundle, as the user's file of trusted keys calls the key.
  private func signer(of bundle: ReportBundle) throws(CommandError) -> String {
    guard let signature = bundle.signature else {
      throw .data(
        "the bundle is not signed\n  at:  \(bundle.name)\n  fix: "
          + (bundle.isPacked
            ? "get it from whoever vouches for it; `annals bundle inspect` shows what it is"
            : "name a packed bundle; a folder has no signature"))
    }
    let path: String
    if let trust { path = trust } else { path = try UserFolders.trustedKeys() }
    let trusted = try BundleKeyCommand.caught { () throws(BundlesError) in
      // Who never trusted anybody has no file.
      trust == nil && FileKind(at: path) == nil ? TrustedKeys() : try TrustedKeys(path)
    }
    guard let name = trusted.name(of: signature.key) else {
      throw .data(
        "the bundle is signed by a key that you do not trust: \(signature.key.id)"
          + "\n  at:  \(bundle.name)\n  fix: ask whoever signed it for these words; if they are the same,"
          + " add `\(signature.key.text)` and the name to `\(path)`")
    }
    return name
  }

  private func run(
    _ bundle: ReportBundle, _ interrupt: ConsoleInterrupt
  ) throws(CommandError) -> [BundleTests.Outcome] {
    let setting = try BundleRunSetting(
      bundle: bundle, permissions: permissionOptions, limits: limitOptions, threads: threads)
    let tests = try BundleTests(
      of: bundle, folders: InstalledBundles.folders(adding: bundles),
      threadCount: setting.limits.threadCount, stop: interrupt.script.flag)
    try permissionOptions.raise(Walls())
    return try tests.run(
      limits: setting.limits, permissions: setting.permissions, interrupt: interrupt.script)
  }

  private func end(_ outcomes: [BundleTests.Outcome]) throws(CommandError) {
    let outputs = try BundleTests.outputs(of: outcomes)
    let changed = outputs.count { $0.state != .same }
    guard changed == 0 else {
      throw .findings(
        "\(changed) of \(outputs.count) outputs are not what was signed", status: .goldenDiffers)
    }
    try StandardOutput.write("\nverified: no byte has changed since the bundle was signed")
    try StandardOutput.write(
      outputs.isEmpty ? "; it has no tests\n" : ", and its scripts give what they gave then\n")
  }
}
