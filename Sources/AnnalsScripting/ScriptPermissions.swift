import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import AnnalsLua

/// What a script may do besides computing and returning; by default nothing.
public struct ScriptPermissions: Sendable {
  /// Folders whose files it may read, with `annals.open` and `annals.read`.
  public var readableFolders: [String] = []
  /// Folders in which it may write files, with `save`.
  public var writableFolders: [String] = []
  /// Variables of the environment that it may read with `os.getenv`, and their values.
  public var environment: [String: String?] = [:]
  /// It is one's own: it may do all that Lua and the process can, and limits only catch mistakes.
  public var isTrusted = false

  public init() {}

  public static let none = ScriptPermissions()
}

/// The files that a script may open: its folders, held open since before it began.
struct ScriptFiles {
  let readable: FileAccess
  let writable: FileAccess
  let modules: ModuleFiles

  /// - Throws: `file` for a folder that can't be opened.
  init(_ permissions: ScriptPermissions, modules: ModuleFiles) throws(LuaError) {
    self.modules = modules
    guard !permissions.isTrusted else {
      readable = .anywhere
      writable = .anywhere
      return
    }
    do throws(FormatsError) {
      readable = try .within(permissions.readableFolders)
      writable = try .within(permissions.writableFolders)
    } catch {
      throw LuaError(error)
    }
  }
}

extension LuaError {
  /// What scripts see of a file that can't be opened or written.
  init(_ error: FormatsError) {
    if let refusal = error.refusal {
      let option = refusal.isWriting ? "--allow-write" : "--allow-read"
      self.init(
        "permission",
        "not permitted to \(refusal.isWriting ? "write" : "read") `\(refusal.path.shortened)`",
        fix: "allow it with `\(option)=FOLDER`, a folder that it lies in and no link leads out of")
      return
    }
    switch error {
    case .engine(cause: .outOfMemory): self.init("memory", described: error.description)
    case .engine: self.init("data", described: error.description)
    default: self.init("file", described: error.description)
    }
  }

  /// What scripts see of a dataset that can't be opened.
  init(_ error: EventsError) {
    switch error {
    case .formats(let cause): self.init(cause)
    case .engine(let cause): self.init(FormatsError.engine(cause: cause))
    default: self.init("data", described: error.description)
    }
  }

  /// An error whose description ends with its fix.
  private init(_ kind: String, described text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var fix: String?
    let mark = "  fix: "
    if let last = lines.last, last.hasPrefix(mark) {
      fix = String(last.dropFirst(mark.count))
      lines.removeLast()
    }
    self.init(kind, lines.joined(separator: "\n"), fix: fix)
  }
}
