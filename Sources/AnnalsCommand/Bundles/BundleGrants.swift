import Annals

/// What a bundle asks for against what the user grants.
///
/// A bundle's scripts may do what its manifest asks for and the user grants, and nothing else. What is
/// asked for and not granted stops the run before it starts; what is granted and not asked for is a
/// mistake of whoever grants it, and refused as well.
struct BundleGrants {
  let manifest: Manifest
  let permissions: PermissionOptions
  let limits: LimitOptions

  /// - Parameter starts: Whether the script will run, not only tell its parameters: for these it needs
  ///   nothing.
  func check(starts: Bool) throws(CommandError) {
    try checkNothingMore()
    guard starts else { return }
    try checkPermissions()
    if let excess = excesses.first {
      throw Self.missing("the bundle asks for \(excess.amount)", excess.option)
    }
  }

  /// Lowers the limits of a run to those of the manifest. What the user says goes before it.
  func lower(_ run: inout ScriptLimits) {
    let asked = manifest.limits
    if let seconds = asked.seconds, limits.limitTime == nil {
      run.timeout = run.timeout.map { min($0, .seconds(seconds)) }
    }
    if let memory = asked.memory, limits.limitMemory == nil {
      run.heapByteCount = min(run.heapByteCount, memory << 20)
      run.totalByteCount = min(run.totalByteCount, memory << 20)
    }
    if let output = asked.output, limits.limitOutput == nil {
      run.outputByteCount = min(run.outputByteCount, output << 20)
    }
  }

  private func checkNothingMore() throws(CommandError) {
    if permissions.trusted {
      throw .usage(
        "a bundle can't be run with `--trusted`",
        fix: "unpack it, and run its script by the path, if you trust whoever wrote it")
    }
    let asked = manifest.permissions
    var more: [String] = []
    if asked.read == nil, !permissions.allowRead.isEmpty { more.append("--allow-read") }
    if asked.write == nil, !permissions.allowWrite.isEmpty { more.append("--allow-write") }
    let names = asked.environment.map(\.name)
    more += permissions.allowEnv.filter { !names.contains($0) }.map {
      "--allow-env=\($0.shortened)"
    }
    guard let option = more.first else { return }
    throw .usage("the bundle does not ask for `\(option)`", fix: "leave it out")
  }

  private func checkPermissions() throws(CommandError) {
    let asked = manifest.permissions
    if let reason = asked.read, permissions.allowRead.isEmpty {
      throw Self.missing("the bundle asks to read files: " + reason, "--allow-read=FOLDER")
    }
    if let reason = asked.write, permissions.allowWrite.isEmpty {
      throw Self.missing("the bundle asks to write files: " + reason, "--allow-write=FOLDER")
    }
    for variable in asked.environment where !permissions.allowEnv.contains(variable.name) {
      throw Self.missing(
        "the bundle asks to read the variable `\(variable.name)`: " + variable.reason,
        "--allow-env=\(variable.name)")
    }
  }

  /// Limits of the manifest beyond the usual ones of which the user says nothing.
  private var excesses: [(amount: String, option: String)] {
    let usual = ScriptLimits.standard
    let asked = manifest.limits
    var excesses: [(amount: String, option: String)] = []
    if let seconds = asked.seconds, limits.limitTime == nil, let timeout = usual.timeout,
      .seconds(seconds) > timeout
    {
      excesses.append(("\(seconds) s", "--limit-time=\(seconds)s"))
    }
    if let memory = asked.memory, limits.limitMemory == nil, memory << 20 > usual.heapByteCount {
      excesses.append(("\(memory) MiB of memory", "--limit-memory=\(memory)MiB"))
    }
    if let output = asked.output, limits.limitOutput == nil, output << 20 > usual.outputByteCount {
      excesses.append(("\(output) MiB of output", "--limit-output=\(output)MiB"))
    }
    return excesses
  }

  private static func missing(_ message: String, _ option: String) -> CommandError {
    .permission(VisibleText.line(message), fix: "grant it with `\(option)`, if you want to")
  }
}
