import Annals

/// A command of the console itself, such as `.tables`.
struct DotCommand: Sendable {
  let name: String
  /// What follows the name, as the help shows it.
  let arguments: String
  /// One sentence on what it does.
  let summary: String
  let body: @Sendable (Console, String) throws(CommandError) -> Void

  init(
    _ name: String, _ summary: String,
    _ body: @escaping @Sendable (Console, String) throws(CommandError) -> Void
  ) {
    self.init(name, "", summary, body)
  }

  init(
    _ name: String, _ arguments: String, _ summary: String,
    _ body: @escaping @Sendable (Console, String) throws(CommandError) -> Void
  ) {
    self.name = name
    self.arguments = arguments
    self.summary = summary
    self.body = body
  }

  /// All commands, in the order of the help.
  static let all: [DotCommand] = forData + forView + forSession

  /// Whether it does something that a script would have to do as well.
  var changesData: Bool { ["open", "run", "save"].contains(name) }

  /// The command with what follows it, as it is typed.
  var usage: String { "." + name + (arguments.isEmpty ? "" : " " + arguments) }

  /// Whether a block is a command: Lua never begins with a dot and a letter.
  static func isOne(_ block: String) -> Bool {
    let text = block.drop { $0.isWhitespace }
    return text.first == "." && text.dropFirst().first?.isLetter == true
  }

  /// The command that a block names, if there is one.
  static func named(in block: String) -> DotCommand? {
    let name = block.trimmed.dropFirst().prefix { !$0.isWhitespace }
    return all.first { $0.name == name }
  }

  /// The command that somebody means who types its name, or what others call it, as if it were Lua.
  static func meant(by block: String) -> DotCommand? {
    let text = block.trimmed
    let word = text.hasSuffix("()") ? String(text.dropLast(2)) : text
    let name = synonyms[word] ?? word
    return all.first { $0.name == name }
  }

  private static let synonyms = ["exit": "quit", "q": "quit", "?": "help", "\\q": "quit"]

  /// Runs what was typed.
  static func run(_ block: String, in console: Console) throws(CommandError) {
    let text = block.drop { $0.isWhitespace }.dropFirst()
    let name = text.prefix { !$0.isWhitespace }
    let rest = String(text.dropFirst(name.count)).trimmed
    guard let command = all.first(where: { $0.name == name }) else {
      let near = NearNames.suggestions(for: String(name), among: all.map(\.name)).map { "." + $0 }
      throw .usage(
        "there is no command `.\(String(name).shortened)`",
        fix: near.isEmpty ? "`.help` lists them" : "did you mean \(near.quotedAlternatives)?")
    }
    guard rest.isEmpty || !command.arguments.isEmpty else {
      throw .usage("`.\(name)` takes nothing after it", fix: "write `.\(name)` alone")
    }
    try command.body(console, rest)
  }

  /// The error of a command that was given something else than it takes.
  static func misuse(_ name: String, _ message: String) -> CommandError {
    let usage = all.first { $0.name == name }?.usage ?? "." + name
    return .usage(message, fix: "write `\(usage)`")
  }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
