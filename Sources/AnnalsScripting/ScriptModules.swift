import AnnalsEngine
import AnnalsFormats
import AnnalsLua

/// `require`: modules in plain Lua from a few folders, each run once.
final class ScriptModules {
  private let files: ModuleFiles
  private unowned let state: LuaState
  /// Modules that have been asked for and have not returned yet.
  private var running: Set<String> = []

  init(files: ModuleFiles, state: LuaState) {
    self.files = files
    self.state = state
  }

  /// Puts `require` and `package.loaded` into the globals.
  func install() throws(LuaError) {
    let globals = try state.globals()
    var loaded: [(key: LuaValue, value: LuaValue)] = [(.string("_G"), .table(globals))]
    for name in ["coroutine", "math", "os", "string", "table", "utf8"] {
      loaded.append((.string(name), try state.get(name, of: globals)))
    }
    let results = try state.makeTable(pairs: loaded)
    let package = try state.makeTable(["loaded": .table(results)])
    try state.setGlobal("package", to: .table(package))
    let require = try state.makeFunction("require") { [unowned self] call throws(LuaError) in
      let name = try call.requiredString(at: 1)
      call.push(try self.module(name, loaded: results))
    }
    try state.setGlobal("require", to: .function(require))
  }

  /// Lets Lua's own `require` look in our folders first.
  func extendPath() throws(LuaError) {
    guard case .table(let package) = try state.get("package", of: state.globals()),
      let path = try state.get("path", of: package).text
    else { return }
    let folders = files.names.flatMap { [$0 + "/?.lua", $0 + "/?/init.lua"] }
    let extended = LuaText(folders.map { $0 + ";" }.joined()).bytes + path.bytes
    try state.set(.string("path"), to: .string(LuaText(bytes: extended)), of: package)
  }

  private func module(_ name: String, loaded: LuaReference) throws(LuaError) -> LuaValue {
    let known = try state.get(name, of: loaded)
    if !known.isNil { return known }
    guard running.insert(name).inserted else {
      throw LuaError(
        "module", "the module `\(name.shortened)` requires itself",
        fix: "move what both need to a module of its own")
    }
    defer { running.remove(name) }
    let found = try text(of: name)
    let function = try state.load(LuaText(bytes: found.bytes), chunkName: found.path)
    let results = try state.call(function, [.string(name), .string(found.path)])
    if let result = results.first, !result.isNil {
      try state.set(.string(name), to: result, of: loaded)
    }
    let result = try state.get(name, of: loaded)
    guard result.isNil else { return result }
    try state.set(.string(name), to: .boolean(true), of: loaded)
    return .boolean(true)
  }

  private func text(of name: String) throws(LuaError) -> (path: String, bytes: [UInt8]) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy(Self.isPart) else {
      throw LuaError(
        "module", "`\(name.shortened)` can be no module's name",
        fix: "write letters, digits, `_` and `-`, with dots between folders")
    }
    let path = parts.joined(separator: "/")
    do throws(FormatsError) {
      if let found = try files.contents(of: [path + ".lua", path + "/init.lua"]) { return found }
    } catch {
      throw LuaError(error)
    }
    if files.isBundled {
      throw LuaError(
        "module", "the bundle has no module `\(name.shortened)`",
        fix: "put `\(path).lua` beside the script that is run, or in `lib`")
    }
    let names = files.names.map { "`" + $0 + "`" }
    let places = names.isEmpty ? "no folder" : names.joined(separator: ", ")
    throw LuaError(
      "module", "there is no module `\(name.shortened)`; looked in \(places)",
      fix: "put `\(path).lua` beside the script, or run it with `--trusted` and LUA_PATH")
  }

  private static func isPart(_ part: Substring) -> Bool {
    !part.isEmpty
      && part.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }
}
