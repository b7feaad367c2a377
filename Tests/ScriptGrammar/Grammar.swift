/// Rules by which random texts are made: `<name>` in an alternative stands for one of that rule's.
///
/// The first alternative of a rule must lead to an end, since it is what is left when a text is deep.
public struct Grammar: Sendable {
  let rules: [String: [String]]

  /// How deep rules may be nested.
  private static let depthLimit = 12

  public func text(_ rule: String, _ choices: inout Choices) -> String {
    var result = ""
    expand(rule, depth: 0, &choices, into: &result)
    return result
  }

  private func expand(
    _ rule: String, depth: Int, _ choices: inout Choices, into result: inout String
  ) {
    guard let alternatives = rules[rule] else { preconditionFailure("there is no rule `\(rule)`") }
    let isDeep = depth >= Self.depthLimit || result.utf8.count > 8000
    let chosen = isDeep ? alternatives[0] : alternatives[choices.next(below: alternatives.count)]
    var rest = chosen[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let name = rest[rest.index(after: open)..<close]
      guard rules[String(name)] != nil else {
        // A comparison, not a rule.
        result += rest[...open]
        rest = rest[rest.index(after: open)...]
        continue
      }
      result += rest[..<open]
      expand(String(name), depth: depth + 1, &choices, into: &result)
      rest = rest[rest.index(after: close)...]
    }
    result += rest
  }
}
