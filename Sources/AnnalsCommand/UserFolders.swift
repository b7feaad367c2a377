import AnnalsPlatform

/// Where the user's own files lie.
enum UserFolders {
  /// The file of keys that the user trusts.
  static func trustedKeys() throws(CommandError) -> String {
    try folder("XDG_CONFIG_HOME", "/.config", for: "the keys that you trust") + "/trusted-keys"
  }

  /// The folder of installed bundles.
  static func bundles() throws(CommandError) -> String {
    try folder("XDG_DATA_HOME", "/.local/share", for: "installed bundles") + "/bundles"
  }

  /// The folder of datasets that have names.
  static func datasets() throws(CommandError) -> String {
    try folder("XDG_DATA_HOME", "/.local/share", for: "datasets") + "/Datasets"
  }

  /// The folder of Annals in one of the user's folders.
  private static func folder(
    _ variable: String, _ usual: String, for purpose: String
  ) throws(CommandError) -> String {
    if let folder = Environment.value(variable), folder.hasPrefix("/") { return folder + "/annals" }
    if let home = Environment.value("HOME"), home.hasPrefix("/") { return home + usual + "/annals" }
    throw .usage(
      "there is no home folder to look for \(purpose) in", fix: "set $\(variable) or $HOME")
  }
}
