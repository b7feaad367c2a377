extension JSONValue {
  /// The value as JSON, with members and elements on lines of their own, indented by two spaces.
  package var text: String {
    var output = OutputBuffer()
    append(to: &output, indent: "", isCompact: false)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  /// The value as JSON without a space.
  package var compactText: String {
    var output = OutputBuffer()
    append(to: &output, indent: "", isCompact: true)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  private func append(to output: inout OutputBuffer, indent: String, isCompact: Bool) {
    let inner = indent + "  "
    let line = isCompact ? "" : "\n"
    let space = isCompact ? "" : inner
    switch content {
    case .null: output.append("null")
    case .boolean(let value): output.append(value ? "true" : "false")
    case .integer(let value): output.append(String(value))
    case .number(let value): output.append(value.description)
    case .text(let value): JSONForm.append(text: value, &output)
    case .array(let values):
      output.append("[")
      for (index, value) in values.enumerated() {
        output.append((index > 0 ? "," : "") + line + space)
        value.append(to: &output, indent: inner, isCompact: isCompact)
      }
      output.append((values.isEmpty || isCompact ? "" : line + indent) + "]")
    case .object(let members):
      output.append("{")
      for (index, member) in members.enumerated() {
        output.append((index > 0 ? "," : "") + line + space)
        JSONForm.append(text: member.name, &output)
        output.append(isCompact ? ":" : ": ")
        member.value.append(to: &output, indent: inner, isCompact: isCompact)
      }
      output.append((members.isEmpty || isCompact ? "" : line + indent) + "}")
    }
  }

  /// An object with the same members except those named, and others at the end.
  func with(_ added: [(name: String, content: Content)], without names: Set<String>) -> JSONValue {
    guard case .object(let members) = content else { return self }
    let gone = names.union(added.map(\.name))
    let kept = members.filter { !gone.contains($0.name) }
    return JSONValue(
      .object(
        kept
          + added.map {
            JSONMember(name: $0.name, place: place, value: JSONValue($0.content, at: place))
          }), at: place)
  }
}
