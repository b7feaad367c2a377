import Annals
import AnnalsPlatform
import ArgumentParser

/// What a script may do besides computing, and how surely it is kept in.
struct PermissionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder whose files the script may read. May be given several times.",
      valueName: "folder"))
  var allowRead: [String] = []

  @Option(
    help: ArgumentHelp(
      "A folder in which the script may write files. May be given several times.",
      valueName: "folder"))
  var allowWrite: [String] = []

  @Option(
    help: ArgumentHelp(
      "A variable of the environment that the script may read. May be given several times.",
      valueName: "name"))
  var allowEnv: [String] = []

  @Flag(
    help: "Run a script of one's own, with all of Lua's libraries and LUA_PATH, and no walls.")
  var trusted = false

  @Flag(help: "Refuse to run where the system has not all walls that keep a script in.")
  var requireWalls = false

  /// Takes back all that was granted.
  mutating func withdraw() {
    allowRead = []
    allowWrite = []
    allowEnv = []
    trusted = false
  }

  /// What Lua is given.
  func permissions() throws(CommandError) -> ScriptPermissions {
    for folder in allowRead + allowWrite where FileKind(at: folder) != .folder {
      throw .usage(
        "there is no folder `\(folder.shortened)` to allow",
        fix: "name a folder; all that lies in it is allowed")
    }
    var permissions = ScriptPermissions()
    permissions.readableFolders = allowRead
    permissions.writableFolders = allowWrite
    permissions.isTrusted = trusted
    for name in allowEnv { permissions.environment[name] = .some(Environment.value(name)) }
    return permissions
  }

  /// Gives up what has not been granted, unless the script is trusted. From here on no other file can
  /// be opened.
  ///
  /// - Parameter walls: What the command itself needs; the granted folders are added.
  func raise(_ walls: Walls) throws(CommandError) {
    guard !trusted else { return }
    var walls = walls
    walls.readableFolders += allowRead
    walls.writableFolders += allowWrite
    try Self.raise(walls, all: requireWalls)
  }

  /// Gives up all but what the walls leave.
  ///
  /// - Parameter all: Whether it is refused to go on without one of them, rather than told.
  static func raise(_ walls: Walls, all: Bool) throws(CommandError) {
    let missing = walls.raise()
    guard !missing.isEmpty else { return }
    let names = missing.map(\.description).joined(separator: ", ")
    guard !all else { throw .walls("this system has no wall around " + names) }
    StandardStream.error.write(
      "annals: this system has no wall around " + names
        + "; only Lua itself keeps the script in\n")
  }
}
