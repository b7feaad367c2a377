import AnnalsEngine

/// Puts given values and declarations together.
struct ParameterValues {
  let declarations: [ParameterDeclaration]
  /// Name and text, as they were given; without a text a boolean is true.
  let given: [(name: String, text: String?)]
  /// Options of the program, which an unknown name may have meant.
  let programOptions: [String]

  /// The value of each parameter.
  ///
  /// - Throws: ``ScriptError/parameter(message:fix:)``.
  func resolved() throws(ScriptError) -> [String: Value] {
    var values: [String: Value] = [:]
    for declaration in declarations { values[declaration.name] = declaration.defaultValue }
    for (name, text) in given {
      guard let declaration = declarations.first(where: { $0.name == name }) else {
        throw Self.unknown(name, declarations, programOptions)
      }
      values[name] = try value(text, of: declaration)
    }
    for declaration in declarations where declaration.isRequired {
      guard values[declaration.name] == .null else { continue }
      throw .parameter(
        message: "the parameter `--\(declaration.name)` is needed",
        fix: declaration.help.map { "it is the " + $0 })
    }
    return values
  }

  static func unknown(
    _ name: String, _ declarations: [ParameterDeclaration], _ programOptions: [String]
  ) -> ScriptError {
    let known = declarations.map(\.name)
    // Options of one letter are near to everything.
    let meant = known + programOptions.filter { $0.count > 1 }
    let near = NearNames.suggestions(for: name, among: meant).map { "--" + $0 }
    let options = known.map { "--" + $0 }
    return .parameter(
      message: "unknown option `--\(name.shortened)`",
      fix: !near.isEmpty
        ? "did you mean \(near.quotedAlternatives)?"
        : options.isEmpty
          ? "the script takes no parameters"
          : "the script takes \(options.quotedList)")
  }

  private func value(
    _ given: String?, of declaration: ParameterDeclaration
  ) throws(ScriptError) -> Value {
    let name = declaration.name
    guard let text = given ?? (declaration.type == .boolean ? "true" : nil) else {
      throw .parameter(message: "`--\(name)` needs a value", fix: "write `--\(name) VALUE`")
    }
    guard let value = declaration.value(text) else {
      throw .parameter(
        message: "`--\(name)` needs \(declaration.type.name == "integer" ? "an" : "a")"
          + " \(declaration.type.name), not `\(text.shortened)`",
        fix: Self.example(declaration.type).map { "write \($0)" })
    }
    guard let choices = declaration.choices else { return value }
    var elements = [text]
    if case .list(let texts) = value { elements = texts }
    for element in elements where !choices.contains(element) {
      let near = NearNames.suggestions(for: element, among: choices)
      throw .parameter(
        message: "`--\(name)` can't be `\(element.shortened)`",
        fix: near.isEmpty
          ? choices.isEmpty
            ? "the dataset has no value for it" : "one of \(choices.quotedAlternatives)"
          : "did you mean \(near.quotedAlternatives)?")
    }
    return value
  }

  private static func example(_ type: ValueType) -> String? {
    switch type {
    case .integer: "it as in 12"
    case .number: "it as in 0.5"
    case .boolean: "`true` or `false`"
    case .day: "it as in 2022-01-05"
    default: nil
    }
  }
}
