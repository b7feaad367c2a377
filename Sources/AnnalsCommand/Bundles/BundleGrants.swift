import Annals

/// What a bundle asks for against what the user grants.
///
/// A bundle's scripts may do what its manifest asks for and the user grants, and nothing else. What is
/// asked for and not granted stops the run before it starts; what is granted and not asked for is a
/// mistake of whoever grants it, and refused as well.
struct BundleGrants {
  let manifest: Manifest
  let options: PermissionOptions

  func check() throws(CommandError) {
    if options.trusted {
      throw .usage(
        "a bundle can't be run with `--trusted`",
        fix: "unpack it, and run its script by the path, if you trust whoever wrote it")
    }
    let asked = manifest.permissions
    try check("read files", asked.read, "--allow-read", options.allowRead)
    try check("write files", asked.write, "--allow-write", options.allowWrite)
    for variable in asked.environment where !options.allowEnv.contains(variable.name) {
      throw Self.missing(
        "read the variable `\(variable.name)`", variable.reason,
        "--allow-env=\(variable.name)")
    }
    for name in options.allowEnv where !asked.environment.contains(where: { $0.name == name }) {
      throw Self.tooMuch("--allow-env=\(name.shortened)")
    }
  }

  private func check(
    _ action: String, _ reason: String?, _ option: String, _ granted: [String]
  ) throws(CommandError) {
    if let reason, granted.isEmpty { throw Self.missing(action, reason, option + "=FOLDER") }
    if reason == nil, !granted.isEmpty { throw Self.tooMuch(option) }
  }

  private static func missing(_ action: String, _ reason: String, _ option: String) -> CommandError
  {
    .permission(
      "the bundle asks to \(action): \(VisibleText.line(reason))",
      fix: "grant it with `\(option)`, if you want to")
  }

  private static func tooMuch(_ option: String) -> CommandError {
    .usage("the bundle does not ask for `\(option)`", fix: "leave it out")
  }
}
