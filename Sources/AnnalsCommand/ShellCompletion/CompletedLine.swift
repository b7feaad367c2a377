import Annals
import ArgumentParser

/// The words of a line up to the cursor, and what may stand in the place of the last one.
struct CompletedLine {
  private let current: String
  /// The command's own words before the cursor.
  private var given: [String] = []
  private var command: any ParsableCommand.Type = AnnalsCommand.self
  private let words: CommandWords
  /// Arguments before the cursor that belong to no option.
  private var arguments: [String] = []
  private var usedOptions: Set<String> = []
  /// The option, or parameter of a script, whose value is at the cursor.
  private var open: String?

  /// - Parameter line: At least one word.
  init(_ line: [String]) {
    current = line.last ?? ""
    var before = line.dropLast()
    while let name = before.first,
      let next = command.configuration.subcommands.first(where: {
        $0.configuration.commandName == name
      })
    {
      command = next
      before.removeFirst()
    }
    words = CommandWords(of: command)
    given = before.map(PathCompletion.expanded)
    for word in given { take(word) }
    if let open, current.hasPrefix("--"), words.option(open) == nil { self.open = nil }
  }

  private var isRun: Bool { command == RunCommand.self }

  private var isHelp: Bool { command == HelpCommand.self }

  private var isRemoval: Bool { command == BundleRemoveCommand.self }

  private mutating func take(_ word: String) {
    if let open, words.option(open) != nil || !word.hasPrefix("--") {
      self.open = nil
      return
    }
    open = nil
    guard word.hasPrefix("-"), word.count > 1 else { return arguments.append(word) }
    let name = String(word.prefix { $0 != "=" })
    usedOptions.insert(name)
    let takesValue = words.option(name)?.takesValue ?? (isRun && word.hasPrefix("--"))
    if takesValue, name == word, word != "--" { open = name }
  }

  /// What can be told without reading a script.
  var candidates: [CompletionCandidate] {
    let found: [CompletionCandidate]
    if let open {
      found = words.option(open).map { values(of: $0.value, option: open, current) } ?? []
    } else if let (name, text) = assignment {
      found =
        words.option(name).map { option in
          values(of: option.value, option: name, text).map {
            CompletionCandidate(word: name + "=" + $0.word, help: $0.help)
          }
        } ?? []
    } else if current.hasPrefix("-") {
      found = options
    } else {
      found = subcommands + argumentValues
    }
    return found.filter { $0.word.hasPrefix(current) }
  }

  /// The two sides of `--name=text` at the cursor.
  private var assignment: (name: String, text: String)? {
    guard current.hasPrefix("--"), let equals = current.firstIndex(of: "=") else { return nil }
    return (String(current[..<equals]), String(current[current.index(after: equals)...]))
  }

  private var options: [CompletionCandidate] {
    words.options.filter { $0.isRepeating || usedOptions.isDisjoint(with: $0.names) }
      .compactMap { option in
        option.names.last.map { CompletionCandidate(word: $0, help: option.help) }
      }
  }

  private var subcommands: [CompletionCandidate] {
    given.isEmpty ? Self.subcommands(of: command) : []
  }

  private static func subcommands(
    of command: any ParsableCommand.Type
  ) -> [CompletionCandidate] {
    command.configuration.subcommands.map { $0.configuration }.filter { $0.shouldDisplay }.map {
      CompletionCandidate(word: $0.commandName ?? "", help: $0.abstract)
    }
  }

  private var argumentValues: [CompletionCandidate] {
    if arguments.count < words.arguments.count {
      return values(of: words.arguments[arguments.count], option: nil, current)
    }
    guard words.repeatsLast, let last = words.arguments.last else { return [] }
    return values(of: last, option: nil, current)
  }

  private func values(
    of value: CommandValue, option: String?, _ text: String
  ) -> [CompletionCandidate] {
    guard value.choices.isEmpty else { return value.choices.map { CompletionCandidate(word: $0) } }
    switch value.name {
    case "name" where option == "--script": return scriptNames
    case "name" where isHelp:
      return Self.subcommands(of: AnnalsCommand.self)
        + Reference().names.map { CompletionCandidate(word: $0) }
    case "dataset", "in", "old", "new": return paths(text) + Self.datasets
    case "folder": return paths(text, endings: [])
    case "file", "out": return paths(text)
    case "bundle" where isRemoval: return Self.installed
    case "bundle", "bundles": return paths(text, endings: [ReportBundle.ending])
    case "script" where isRun:
      return paths(text, endings: [".lua", ReportBundle.ending]) + Self.installed
    case "script": return paths(text, endings: [".lua"])
    default: return []
    }
  }

  private func paths(_ text: String, endings: [String]? = nil) -> [CompletionCandidate] {
    PathCompletion(endings: endings).paths(text).map { CompletionCandidate(word: $0, isPath: true) }
  }

  private static var datasets: [CompletionCandidate] {
    DatasetFinder.names.map { CompletionCandidate(word: $0, help: "a dataset") }
  }

  private static var installed: [CompletionCandidate] {
    let all = (try? InstalledBundles.ofUser())?.all ?? []
    return Set(all.map(\.id)).sorted().map {
      CompletionCandidate(word: $0, help: "an installed bundle")
    } + all.map { CompletionCandidate(word: "\($0.id)@\($0.version)", help: "an installed bundle") }
  }

  /// The names of the scripts of the bundle that the line runs.
  private var scriptNames: [CompletionCandidate] {
    guard let path = arguments.first,
      let target = try? RunTarget.find(path, script: nil, folders: [])
    else { return [] }
    return (target.bundle?.manifest.scripts ?? []).map {
      CompletionCandidate(word: $0.name, help: $0.file)
    }
  }

  /// Parameters of the script that the line runs, or what one of them may be.
  var parameterCandidates: [CompletionCandidate] {
    guard isRun, !arguments.isEmpty else { return [] }
    let found: [CompletionCandidate]
    if let open {
      guard words.option(open) == nil else { return [] }
      found = declarations.filter { "--" + $0.name == open }.flatMap { choices(of: $0, current) }
    } else if let (name, text) = assignment {
      guard words.option(name) == nil else { return [] }
      found = declarations.filter { "--" + $0.name == name }
        .flatMap { choices(of: $0, text) }
        .map { CompletionCandidate(word: name + "=" + $0.word) }
    } else {
      found = declarations.filter { !usedOptions.contains("--" + $0.name) }.map {
        CompletionCandidate(word: "--" + $0.name, help: $0.help ?? "")
      }
    }
    return found.filter { $0.word.hasPrefix(current) }
  }

  private func choices(
    of declaration: ParameterDeclaration, _ text: String
  ) -> [CompletionCandidate] {
    let isList = declaration.type == .list
    let start = isList ? text.lastIndex(of: ",").map { String(text[...$0]) } ?? "" : ""
    let choices = declaration.choices ?? (declaration.type == .boolean ? ["true", "false"] : [])
    return choices.map { CompletionCandidate(word: start + $0) }
  }

  /// None where the script or its dataset can't be read.
  private var declarations: [ParameterDeclaration] {
    let line = open.map { _ in Array(given.dropLast()) } ?? given
    guard let run = try? RunCommand.parse(line) else { return [] }
    return (try? run.declarationsForCompletion()) ?? []
  }
}
