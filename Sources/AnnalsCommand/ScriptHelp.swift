import Annals

/// The help of a script: its title, what it says of itself, and its parameters.
struct ScriptHelp {
  let script: Script
  /// What is typed before the parameters.
  let usage: String
  let declarations: [ParameterDeclaration]
  /// Without one no choice of a parameter is known that a dataset gives.
  var hasDataset = true
  /// What comes last.
  var rest = "`annals run --help` lists the program's own options."

  var text: String {
    var parts: [String] = []
    if let title = script.title { parts.append(title) }
    if !script.help.isEmpty { parts.append(script.help) }
    parts.append("usage: \(usage) [PARAMETERS]")
    if !declarations.isEmpty { parts.append("parameters:\n" + parameters) }
    parts.append(rest)
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
      let none = hasDataset ? "no value in this dataset" : "one of those in the dataset"
      remarks.append(choices.isEmpty ? none : "one of \(shown)\(more)")
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
