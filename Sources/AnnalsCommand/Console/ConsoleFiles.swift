import Annals
import AnnalsPlatform

/// The files that the console's own commands may use: what was granted, for reading the places of
/// datasets and modules, and unless it opens where a script has failed, the current folder. Lua gets only
/// what was granted.
struct ConsoleFiles {
  /// What the process must keep for the commands.
  let walls: Walls
  private let readable: FileAccess
  private let writable: FileAccess
  /// What to do about a path that is out of reach, before the option is named.
  private let remedy: String

  private static let currentFolder = "."

  /// - Parameters:
  ///   - modules: Where scripts find their modules.
  ///   - dataset: The dataset as it was named.
  ///   - current: Whether the current folder is among them.
  init(
    _ options: PermissionOptions, modules: [String], dataset: String?, current: Bool = true
  ) throws(CommandError) {
    let own = current ? [Self.currentFolder] : []
    var walls = Walls()
    walls.readableFolders = own + modules
    if current {
      walls.readableFolders += DatasetFinder.places
      if let dataset { walls.readableFolders.append(Self.folder(of: dataset)) }
    }
    walls.writableFolders = own
    self.walls = walls
    remedy = current ? "stay in the current folder, or start it" : "start it"
    guard !options.trusted else {
      readable = .all
      writable = .all
      return
    }
    readable = Self.access(walls.readableFolders + options.allowRead)
    writable = Self.access(own + options.allowWrite)
  }

  /// Refuses a path that a command may not read.
  func checkReading(_ path: String) throws(CommandError) {
    try check(path, readable, "read", "--allow-read")
  }

  /// Refuses a path that a command may not write.
  func checkWriting(_ path: String) throws(CommandError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? Self.currentFolder
    try check(folder, of: path, writable, "write", "--allow-write")
  }

  private func check(
    _ place: String, of path: String? = nil, _ access: FileAccess, _ verb: String, _ option: String
  ) throws(CommandError) {
    do throws(PlatformError) {
      _ = try access.kind(of: place)
    } catch {
      guard case .notGranted = error else { return }
      throw .usage(
        "the console may not \(verb) `\((path ?? place).shortened)`",
        fix: remedy + " with `\(option)=FOLDER`")
    }
  }

  private static func access(_ folders: [String]) -> FileAccess {
    .folders(folders.compactMap { try? GrantedFolder(path: $0) })
  }

  /// A folder itself, or that of a file.
  private static func folder(of path: String) -> String {
    guard FileKind(at: path) == .file else { return path }
    return path.lastIndex(of: "/").map { String(path[...$0]) } ?? currentFolder
  }
}
