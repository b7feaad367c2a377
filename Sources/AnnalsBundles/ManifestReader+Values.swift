import AnnalsEngine
import AnnalsFormats

extension ManifestReader {
  /// The largest magnitude up to which every program that reads JSON has the same whole numbers.
  private static let numberLimit: Int64 = 1 << 53

  /// Refuses numbers, wherever they stand, that other programs would read as different ones.
  func checkNumbers(_ value: JSONValue) throws(BundlesError) {
    switch value.content {
    case .integer(let number):
      guard number.magnitude <= UInt64(Self.numberLimit) else { throw wrong(.hugeNumber, value) }
    case .number(let number):
      guard number.magnitude <= Double(Self.numberLimit) else { throw wrong(.hugeNumber, value) }
    case .array(let values):
      for value in values { try checkNumbers(value) }
    case .object(let members):
      for member in members { try checkNumbers(member.value) }
    case .null, .boolean, .text: break
    }
  }

  /// A member of an object, also where it is `null`; nil where there is none.
  func member(_ name: String, of object: JSONValue) -> JSONValue? {
    guard case .object(let members) = object.content else { return nil }
    return members.first { $0.name == name }?.value
  }

  func members(of value: JSONValue, _ name: String) throws(BundlesError) -> [JSONMember] {
    guard case .object(let members) = value.content else {
      throw wrongKind(value, name, "an object")
    }
    return members
  }

  /// - Throws: For a value that is no object, and one that lacks the member.
  func needed(_ name: String, _ object: JSONValue) throws(BundlesError) -> JSONValue {
    _ = try members(of: object, "manifest")
    guard let value = member(name, of: object) else { throw wrong(.missing(name: name), object) }
    return value
  }

  /// Refuses members of other names.
  func checkNames(
    of value: JSONValue, _ known: [String], _ name: String
  ) throws(BundlesError) {
    for member in try members(of: value, name) where !known.contains(member.name) {
      let near = NearNames.suggestions(for: member.name, among: known)
      throw wrong(.unknown(name: member.name, near: near), at: member.place)
    }
  }

  func text(_ name: String, of object: JSONValue) throws(BundlesError) -> String {
    try text(try needed(name, object), name, limit: 200)
  }

  func text(_ value: JSONValue, _ name: String, limit: Int) throws(BundlesError) -> String {
    guard case .text(let text) = value.content else { throw wrongKind(value, name, "a text") }
    try check(text, name, value.place, limit: limit)
    return text
  }

  /// Checks a text that people read on a terminal before they trust the bundle.
  func check(_ text: String, _ name: String, _ place: TextPlace, limit: Int) throws(BundlesError) {
    if text.allSatisfy(\.isWhitespace) { throw wrong(.emptyText(name: name), at: place) }
    if text.unicodeScalars.count > limit {
      throw wrong(.longText(name: name, limit: limit), at: place)
    }
    guard !text.unicodeScalars.contains(where: Self.isControl) else {
      throw wrong(.controlCharacter(name: name), at: place)
    }
  }

  /// Also the marks that change the direction of writing, by which a text can look like another.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar.properties.isBidiControl
    default: false
    }
  }

  func whole(
    _ value: JSONValue, _ name: String, _ range: ClosedRange<Int64>
  ) throws(BundlesError) -> Int64 {
    switch value.content {
    case .integer(let number):
      guard range.contains(number) else {
        throw wrong(
          .outOfRange(name: name, least: range.lowerBound, most: range.upperBound), value)
      }
      return number
    case .number: throw wrong(.notWhole(name: name), value)
    default: throw wrongKind(value, name, "a whole number")
    }
  }

  func path(_ value: JSONValue, _ name: String) throws(BundlesError) -> String {
    guard case .text(let path) = value.content else { throw wrongKind(value, name, "a path") }
    try checkPath(path, at: value.place)
    return path
  }

  func checkPath(_ path: String, at place: TextPlace) throws(BundlesError) {
    guard let problem = BundlePath.problem(of: path) else { return }
    throw wrong(.badPath(path, problem: problem), at: place)
  }

  func wrongKind(_ value: JSONValue, _ name: String, _ needed: String) -> BundlesError {
    wrong(.wrongKind(name: name, needed: needed, found: value.kindName), value)
  }

  /// - Parameter value: Where the problem is; nil is the beginning of the file.
  func wrong(_ problem: ManifestProblem, _ value: JSONValue?) -> BundlesError {
    wrong(problem, at: value?.place ?? TextPlace(line: 1, column: 1))
  }

  func wrong(_ problem: ManifestProblem, at place: TextPlace) -> BundlesError {
    .manifest(bundle: bundle, place: place, problem: problem)
  }
}

/// What ids of bundles, names of their scripts and names of variables look like.
enum BundleName {
  /// Lower-case ASCII letters, digits and `-`, beginning with a letter, at most 64.
  static func isName(_ text: String, least: Int = 2) -> Bool {
    (least...64).contains(text.utf8.count)
      && text.utf8.first.map(isLower) == true
      && text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// ASCII letters, digits and `_`, not beginning with a digit.
  static func isVariable(_ text: String) -> Bool {
    (1...200).contains(text.utf8.count)
      && text.utf8.first.map(isDigit) == false
      && text.utf8.allSatisfy { byte in
        isLower(byte) || isLower(byte | 0x20) && byte < 0x60 || isDigit(byte)
          || byte == UInt8(ascii: "_")
      }
  }

  /// A name that datasets are looked up by: a part of a path, and no more.
  static func isDataset(_ text: String) -> Bool {
    !text.contains("/") && BundlePath.problem(of: text) == nil
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
