/// A JSON value and where it stands in its file.
package struct JSONValue: Hashable, Sendable {
  /// What the value is.
  package indirect enum Content: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// A number without point and exponent that 64 bits hold exactly.
    case integer(Int64)
    /// Any other number, and `-0`; the double nearest to it.
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([JSONMember])
  }

  package let content: Content
  package let place: TextPlace

  package init(_ content: Content, at place: TextPlace) {
    self.content = content
    self.place = place
  }

  /// The member of an object by name; nil where there is none, or where it is `null`.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = content,
      let member = members.first(where: { $0.name == name }), member.value.content != .null
    else { return nil }
    return member.value
  }

  /// What the value is called in messages.
  package var kindName: String {
    switch content {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer, .number: "a number"
    case .text: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// A named value of an object; members keep their order.
package struct JSONMember: Hashable, Sendable {
  package let name: String
  /// Where the name stands.
  package let place: TextPlace
  package let value: JSONValue

  package init(name: String, place: TextPlace, value: JSONValue) {
    self.name = name
    self.place = place
    self.value = value
  }
}
