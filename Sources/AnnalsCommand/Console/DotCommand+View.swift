import Annals
import AnnalsPlatform

extension DotCommand {
  /// What decides how answers look, and what tells about the console itself.
  static let forView: [DotCommand] = [
    DotCommand("help", "[NAME]", "This list, or the page of a verb, function or command.") {
      console, text throws(CommandError) in
      let width = console.output.width
      console.output.show(text.isEmpty ? list(width: width) : try page(of: text, in: console))
    },
    DotCommand(
      "mode", "[MODE]",
      "How tables are shown: " + ConsoleMode.allCases.map(\.rawValue).joined(separator: ", ") + "."
    ) { console, text throws(CommandError) in
      guard !text.isEmpty else { return console.output.writeRemark(console.settings.mode.rawValue) }
      guard let mode = ConsoleMode(rawValue: text) else {
        let known = ConsoleMode.allCases.map(\.rawValue)
        let near = NearNames.suggestions(for: text, among: known)
        throw .usage(
          "there is no mode `\(text.shortened)`",
          fix: near.isEmpty
            ? "one of \(known.quotedAlternatives)" : "did you mean \(near.quotedAlternatives)?")
      }
      console.settings.mode = mode
    },
    DotCommand(
      "width", "[CELLS]", "How wide tables may be: a number, or `auto` for the terminal's width."
    ) { console, text throws(CommandError) in
      let shown = console.settings.width.map(String.init) ?? "auto"
      guard !text.isEmpty else { return console.output.writeRemark(shown) }
      let width = Int(text)
      guard text == "auto" || width.map({ (20...10_000).contains($0) }) == true else {
        throw .usage(
          "`\(text.shortened)` is no width", fix: "give 20 to 10000 cells, or `auto`")
      }
      console.settings.width = width
      console.session.layout = TableLayout(width: width ?? console.output.width)
    },
    DotCommand("timer", "[on|off]", "Whether the time of each answer is told.") {
      console, text throws(CommandError) in
      switch text {
      case "": console.output.writeRemark(console.settings.isTimed ? "on" : "off")
      case "on": console.settings.isTimed = true
      case "off": console.settings.isTimed = false
      default: throw misuse("timer", "`.timer` takes `on` or `off`, not `\(text.shortened)`")
      }
    },
    DotCommand("params", "The parameters that the last script declared, and their values.") {
      console, _ throws(CommandError) in
      let parameters = console.session.parameters
      guard !parameters.isEmpty else {
        return console.output.writeRemark("no script has declared parameters; see `.help params`")
      }
      let cells = parameters.map { parameter in
        [
          parameter.declaration.name, parameter.declaration.type.name,
          parameter.value == .null ? "·" : parameter.value.text, parameter.declaration.help ?? "",
        ]
      }
      console.output.show(AlignedLines.text(cells.map { $0.map(VisibleText.line) }))
    },
    DotCommand("locals", "The variables that the last script has left, and their values.") {
      console, _ throws(CommandError) in
      let text = try locals(in: console)
      guard !text.isEmpty else { return console.output.writeRemark("no script has left variables") }
      console.output.show(text)
    },
    DotCommand("limits", "What Lua and plans may use, and what they hold.") {
      console, _ throws(CommandError) in
      let memory = console.session.memory
      console.output.show(
        AlignedLines.text([
          ["memory of Lua", shown(memory.heap) + " of " + shown(memory.heapLimit)],
          ["memory of plans", shown(memory.plans) + " of " + shown(memory.plansLimit)],
          ["time", "no limit; Ctrl-C stops what runs"],
          ["output", "no limit"],
        ]))
    },
  ]

  /// The variables that a script has left, a line each.
  static func locals(in console: Console) throws(CommandError) -> String {
    let width = console.settings.width ?? console.output.width ?? 80
    let variables = try Console.caught { () throws(ScriptError) in
      try console.session.variables(width: width)
    }
    let lines = AlignedLines.text(
      variables.map { [$0.name, $0.note, VisibleText.line($0.text)] })
    return lines.split(separator: "\n")
      .map { DisplayWidth.cut(String($0), to: width) + "\n" }.joined()
  }

  private static func list(width: Int?) -> String {
    AlignedLines.text(all.map { ["  " + $0.usage, $0.summary] }, width: width)
      + "\n" + """
        Anything else is Lua: `data.events` shows a table, and `t = data.events:where("…")` keeps one.
        `_` is the last value, `_1` to `_9` are those before it. `.help NAME` explains a verb or
        function, such as `.help where`; `.help verbs` lists them all.

        """
  }

  /// - Parameter text: A name, or a call of it.
  private static func page(
    of text: String, in console: Console
  ) throws(CommandError) -> String {
    let reference = Reference()
    let name = String(text.prefix { $0 != "(" }).trimmed
    if name == "verbs" { return reference.text }
    let plain = name.first == "." ? String(name.dropFirst()) : name
    if let command = all.first(where: { $0.name == plain }),
      name.first == "." || reference.pages(named: name).isEmpty
    {
      return command.usage + "\n\n" + command.summary + "\n"
    }
    let pages = reference.pages(named: name)
    guard pages.isEmpty else { return pages.map(\.text).joined(separator: "\n\n") }
    throw .usage(
      "there is no verb, function or command `\(name.shortened)`",
      fix: remedy(for: plain, reference, console.session.dataset))
  }

  /// Where to look instead: at a table, at what is called nearly so, or at pages that speak of it.
  private static func remedy(
    for name: String, _ reference: Reference, _ dataset: Dataset
  ) -> String {
    let table = name.hasPrefix("data.") ? String(name.dropFirst(5)) : name
    if name == "data" { return "`data` is the dataset; `.tables` lists what it holds" }
    if dataset.catalog[table] != nil {
      return "it is a table: `.schema \(table)` and `.describe \(table)` tell what it holds"
    }
    let near =
      reference.nearNames(to: name)
      + NearNames.suggestions(for: name, among: all.map(\.name)).map { "." + $0 }
    if !near.isEmpty { return "did you mean \(near.quotedAlternatives)?" }
    let speaking = reference.pages.filter { $0.text.lowercased().contains(name.lowercased()) }
    guard name.count >= leastSearched, !speaking.isEmpty else {
      return "`.help` and `.help verbs` list them"
    }
    let names = speaking.prefix(mostFound).map { "`.help \($0.name)`" }
    return "these speak of it: " + names.joined(separator: ", ")
  }

  /// Letters of a word that is looked for in all pages, at least.
  private static let leastSearched = 3
  /// So many pages that speak of a word are named.
  private static let mostFound = 5

  /// Bytes in the unit that suits them.
  private static func shown(_ byteCount: Int) -> String {
    for (unit, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    where byteCount >= size {
      let tenths = byteCount / (size / 10)
      return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)") + " " + unit
    }
    return "\(byteCount) B"
  }
}
