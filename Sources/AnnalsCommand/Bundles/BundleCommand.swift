import ArgumentParser

/// `annals bundle`.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", _superCommandName: AnnalsCommand.name,
    abstract: "Make bundles: report scripts with what they need, in one file.",
    discussion: "`annals run BUNDLE` runs one. Documentation/bundles.md says what the file holds.",
    version: AnnalsCommand.version,
    subcommands: [
      BundleNewCommand.self, BundleLockCommand.self, BundleCheckCommand.self,
      BundleTestCommand.self,
      BundlePackCommand.self, BundleInspectCommand.self, BundleKeyCommand.self,
      BundleSignCommand.self, BundleVerifyCommand.self, BundleInstallCommand.self,
      BundleListCommand.self, BundleRemoveCommand.self,
    ])
}
