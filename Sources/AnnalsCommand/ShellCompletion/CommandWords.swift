import Annals
import ArgumentParser

/// What a command takes, as its declaration says.
struct CommandWords {
  /// An option or flag.
  struct Option {
    /// With their dashes, the short one first.
    let names: [String]
    let takesValue: Bool
    let isRepeating: Bool
    let value: CommandValue
    let help: String
  }

  private(set) var options: [Option] = []
  private(set) var arguments: [CommandValue] = []
  /// Whether the last argument may be given several times.
  private(set) var repeatsLast = false

  /// Reads what the command tells of itself.
  init(of command: any ParsableCommand.Type) {
    let description = Array(command._dumpHelp().utf8)
    let all = (try? JSONParser.parse(description, file: ""))?["command"]
    for entry in all?["arguments"]?.elements ?? [] { add(entry) }
  }

  private mutating func add(_ entry: JSONValue) {
    let name = entry["valueName"]?.text ?? ""
    let value = CommandValue(
      name: name, choices: entry["completionKind"]?["list"]?["values"]?.texts ?? [])
    let names = (entry["names"]?.elements ?? []).compactMap { entry in
      entry["name"]?.text.map { ($0.count == 1 ? "-" : "--") + $0 }
    }
    let isRepeating = entry["isRepeating"]?.content == .boolean(true)
    if entry["kind"]?.text != "positional" {
      options.append(
        Option(
          names: names, takesValue: entry["kind"]?.text == "option",
          isRepeating: isRepeating, value: value, help: entry["abstract"]?.text ?? ""))
    } else if name != "parameters" {
      arguments.append(value)
      repeatsLast = isRepeating
    }
  }

  func option(_ name: String) -> Option? { options.first { $0.names.contains(name) } }
}

/// What an option or argument takes, by the name that its help gives it.
struct CommandValue {
  let name: String
  /// The only values; empty where there are others.
  let choices: [String]
}

extension JSONValue {
  fileprivate var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  fileprivate var elements: [JSONValue] {
    if case .array(let values) = content { values } else { [] }
  }

  fileprivate var texts: [String] { elements.compactMap(\.text) }
}
