import Annals

/// The arguments that are left for the script: `--name value`, `--name=value`, or `--name` alone,
/// which has no text.
struct ScriptArguments {
  static func read(_ rest: [String]) throws(CommandError) -> [(name: String, text: String?)] {
    var result: [(name: String, text: String?)] = []
    var index = 0
    while index < rest.count {
      let argument = rest[index]
      index += 1
      if argument == "--" { continue }
      guard argument.hasPrefix("--") else {
        throw .usage(
          "unexpected argument `\(argument.shortened)`",
          fix: "parameters of the script are written `--name value`")
      }
      let body = argument.dropFirst(2)
      let name: String
      let text: String?
      if let equals = body.firstIndex(of: "=") {
        name = String(body[..<equals])
        text = String(body[body.index(after: equals)...])
      } else {
        name = String(body)
        if index < rest.count, !rest[index].hasPrefix("--") {
          text = rest[index]
          index += 1
        } else {
          text = nil
        }
      }
      guard !result.contains(where: { $0.name == name }) else {
        throw .usage("`--\(name)` is given twice", fix: "give it once")
      }
      result.append((name, text))
    }
    return result
  }
}
