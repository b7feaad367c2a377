import Annals

/// The help of a script: its title, what it says of itself, and its parameters.
struct ScriptHelp {
  let script: Script
  let path: String
  let declarations: [ParameterDeclaration]

  var text: String {
    var parts: [String] = []
    if let title = script.title { parts.append(title) }
    if !script.help.isEmpty { parts.append(script.help) }
    parts.append("usage: annals run \(path) [--data DATASET] [PARAMETERS]")
    if !declarations.isEmpty { parts.append("parameters:\n" + parameters) }
    parts.append("`annals run --help` lists the program's own options.")
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var parameters: String {
    let names = declarations.map { "  --\($0.name) \($0.type.name)" }
    let width = names.map(\.count).max() ?? 0
    return zip(names, declarations).map { name, declaration in
      let space = String(repeating: " ", count: width - name.count + 2)
      return (name + space + remarks(declaration)).trimmedEnd
    }.joined(separator: "\n")
  }

  private func remarks(_ declaration: ParameterDeclaration) -> String {
    var remarks: [String] = []
    if let help = declaration.help { remarks.append(help) }
    if declaration.isRequired { remarks.append("needed") }
    if declaration.defaultValue != .null {
      remarks.append("default \(declaration.defaultValue.text)")
    }
    if let choices = declaration.choices {
      let shown = choices.prefix(12).joined(separator: ", ")
      let more = choices.count > 12 ? " and \(choices.count - 12) more" : ""
      remarks.append(choices.isEmpty ? "no value in this dataset" : "one of \(shown)\(more)")
    }
    return remarks.joined(separator: "; ")
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
