/// An object of a data package's description, with typed access to its properties.
///
/// A property that is missing or `null` is nil; one of the wrong kind is an error with its place.
struct Descriptor {
  let file: String
  let value: JSONValue

  /// - Parameter name: What the value is called if it turns out to be no object.
  init(_ value: JSONValue, file: String, name: String) throws(FormatsError) {
    guard case .object = value.content else {
      throw .descriptor(
        file: file, place: value.place,
        problem: .wrongKind(property: name, found: value.kindName, needed: "an object"))
    }
    self.value = value
    self.file = file
  }

  /// An error at a property, or at the object if there is none of that name.
  func error(_ problem: DescriptorProblem, at property: String? = nil) -> FormatsError {
    let place = property.flatMap { value[$0]?.place } ?? value.place
    return .descriptor(file: file, place: place, problem: problem)
  }

  func text(_ name: String) throws(FormatsError) -> String? {
    guard let property = value[name] else { return nil }
    guard case .text(let text) = property.content else { throw wrongKind(name, "a text") }
    return text
  }

  func requiredText(_ name: String, of owner: String) throws(FormatsError) -> String {
    guard let text = try text(name) else { throw error(.missingProperty(name, of: owner)) }
    return text
  }

  func boolean(_ name: String) throws(FormatsError) -> Bool? {
    guard let property = value[name] else { return nil }
    guard case .boolean(let boolean) = property.content else {
      throw wrongKind(name, "true or false")
    }
    return boolean
  }

  func array(_ name: String, of kind: String) throws(FormatsError) -> [JSONValue]? {
    guard let property = value[name] else { return nil }
    guard case .array(let values) = property.content else {
      throw wrongKind(name, "an array of \(kind)")
    }
    return values
  }

  func texts(_ name: String) throws(FormatsError) -> [String]? {
    guard let values = try array(name, of: "texts") else { return nil }
    var texts: [String] = []
    for value in values { texts.append(try text(of: value, in: name)) }
    return texts
  }

  /// A text, which counts as an array of one, or an array of texts.
  func textOrTexts(_ name: String) throws(FormatsError) -> [String]? {
    if case .text(let text)? = value[name]?.content { return [text] }
    return try texts(name)
  }

  func object(_ name: String) throws(FormatsError) -> Descriptor? {
    guard let property = value[name] else { return nil }
    return try Descriptor(property, file: file, name: name)
  }

  func objects(_ name: String) throws(FormatsError) -> [Descriptor]? {
    guard let values = try array(name, of: "objects") else { return nil }
    var objects: [Descriptor] = []
    for value in values { objects.append(try Descriptor(value, file: file, name: name)) }
    return objects
  }

  /// Refuses a property with any value but some, shown as texts.
  func require(_ name: String, toBe supported: [String]) throws(FormatsError) {
    guard let property = value[name] else { return }
    let shown = Self.shown(property)
    guard supported.contains(shown) else {
      throw error(.unsupported(property: name, value: shown, supported: supported), at: name)
    }
  }

  /// A value as a message shows it: texts without quotes.
  static func shown(_ value: JSONValue) -> String {
    switch value.content {
    case .null: "null"
    case .boolean(let boolean): boolean ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): number.description
    case .text(let text): text
    case .array(let values): "[" + values.map(shown).joined(separator: ", ") + "]"
    case .object: "{…}"
    }
  }

  private func text(of value: JSONValue, in name: String) throws(FormatsError) -> String {
    guard case .text(let text) = value.content else {
      throw .descriptor(
        file: file, place: value.place,
        problem: .wrongKind(property: name, found: value.kindName, needed: "an array of texts"))
    }
    return text
  }

  private func wrongKind(_ name: String, _ needed: String) -> FormatsError {
    let found = value[name]?.kindName ?? "missing"
    return error(.wrongKind(property: name, found: found, needed: needed), at: name)
  }
}
