import Annals
import AnnalsConsole
import AnnalsPlatform

/// What may stand in a command of the console: its name, and what follows it.
struct CommandCompletion {
  private let console: Console

  init(_ console: Console) { self.console = console }

  func completions(in text: String, at offset: Int) -> Completions {
    let bytes = Array(text.utf8)
    let before = String(decoding: bytes[..<min(offset, bytes.count)], as: UTF8.self)
    let words = before.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count > 1, let name = words.first?.trimmed, let typed = words.last else {
      let commands = DotCommand.all.map { ConsoleName("." + $0.name, $0.summary) }
      return matching(commands, before.trimmed, offset)
    }
    switch name {
    case ".help":
      let names = Reference().names + DotCommand.all.map { "." + $0.name } + ["verbs"]
      return matching(names.map { ConsoleName($0) }, typed, offset)
    case ".mode":
      return matching(ConsoleMode.allCases.map { ConsoleName($0.rawValue) }, typed, offset)
    case ".timer": return matching([ConsoleName("off"), ConsoleName("on")], typed, offset)
    case ".schema", ".describe", ".explain":
      let data = ConsoleReceiver(names: ["data"])
      let lua = before.dropFirst(name.count + 1)
      guard typed.contains(where: { "(:.\"'".contains($0) }) || lua.contains(" ") else {
        return matching(console.session.fieldNames(of: data), typed, offset)
      }
      return lua.isEmpty ? .none : inLua(String(lua), at: offset)
    case ".run", ".save", ".open", ".record": return matching(files(typed), typed, offset)
    default: return .none
    }
  }

  /// What may stand in the expression that a command takes.
  private func inLua(_ lua: String, at offset: Int) -> Completions {
    let completion = LuaCompletion(console.session, pages: Reference().pages)
    let shift = offset - lua.utf8.count
    var found = completion.completions(in: lua, at: lua.utf8.count)
    found.range = found.range.lowerBound + shift..<found.range.upperBound + shift
    return found
  }

  private func matching(_ names: [ConsoleName], _ typed: String, _ offset: Int) -> Completions {
    let candidates = names.filter { $0.text.hasPrefix(typed) && $0.text != typed }
    return Completions(
      range: offset - typed.utf8.count..<offset,
      candidates: candidates.map { Completions.Candidate($0.text, note: $0.note) })
  }

  /// Files and folders that a path may go on with. Hidden ones only after a dot.
  private func files(_ typed: String) -> [ConsoleName] {
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let names = (try? Folder.names(in: folder.isEmpty ? "." : folder)) ?? []
    let rest = typed.dropFirst(folder.count)
    return names.filter { !$0.hasPrefix(".") || rest.hasPrefix(".") }.map { name in
      ConsoleName(folder + name + (FileKind(at: folder + name) == .folder ? "/" : ""))
    }
  }
}
