/// Reads JSON by the letter of RFC 8259, keeping order and places.
///
/// Stricter than the standard asks: a name that occurs twice in an object, a number beyond the
/// largest double, a lone surrogate and bad UTF-8 are errors. A byte order mark is skipped.
package struct JSONParser {
  /// How deep arrays and objects may be nested.
  package static let depthLimit = 128

  private let file: String
  private var cursor: JSONCursor
  private var depth = 0

  /// Reads the one value of a file.
  ///
  /// - Parameter file: The name for messages.
  /// - Throws: ``FormatsError/json(file:place:problem:)``
  package static func parse(_ bytes: [UInt8], file: String) throws(FormatsError) -> JSONValue {
    var parser = JSONParser(bytes, file: file)
    try parser.checkEncoding(bytes)
    parser.cursor.skipSpace()
    let value = try parser.value()
    parser.cursor.skipSpace()
    if parser.cursor.byte != nil {
      throw parser.error(.trailingText(found: parser.cursor.character))
    }
    return value
  }

  private init(_ bytes: [UInt8], file: String) {
    self.file = file
    cursor = JSONCursor(bytes)
  }

  private func checkEncoding(_ bytes: [UInt8]) throws(FormatsError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      var seeker = JSONCursor(bytes)
      while seeker.position < error.byteOffsets.lowerBound { seeker.advance() }
      throw .json(file: file, place: seeker.place, problem: .badUTF8)
    }
  }

  private mutating func value() throws(FormatsError) -> JSONValue {
    let place = cursor.place
    switch cursor.byte {
    case UInt8(ascii: "{"): return JSONValue(.object(try members()), at: place)
    case UInt8(ascii: "["): return JSONValue(.array(try elements()), at: place)
    case UInt8(ascii: "\""): return JSONValue(.text(try text()), at: place)
    case UInt8(ascii: "t"): return JSONValue(try word("true", .boolean(true)), at: place)
    case UInt8(ascii: "f"): return JSONValue(try word("false", .boolean(false)), at: place)
    case UInt8(ascii: "n"): return JSONValue(try word("null", .null), at: place)
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
      return JSONValue(try number(), at: place)
    default: throw unexpected(needed: "a value")
    }
  }

  private mutating func members() throws(FormatsError) -> [JSONMember] {
    try enter()
    var members: [JSONMember] = []
    var places: [[UInt8]: TextPlace] = [:]
    if !endsAtOnce(with: "}") {
      repeat {
        let place = cursor.place
        guard cursor.byte == UInt8(ascii: "\"") else { throw unexpected(needed: "a name") }
        let name = try text()
        if let first = places.updateValue(place, forKey: Array(name.utf8)) {
          throw .json(
            file: file, place: place, problem: .duplicateName(name: name, first: first))
        }
        cursor.skipSpace()
        guard cursor.take(":") else { throw unexpected(needed: "a colon") }
        cursor.skipSpace()
        members.append(JSONMember(name: name, place: place, value: try value()))
      } while try hasNext(end: "}")
    }
    depth -= 1
    return members
  }

  private mutating func elements() throws(FormatsError) -> [JSONValue] {
    try enter()
    var values: [JSONValue] = []
    if !endsAtOnce(with: "]") {
      repeat { values.append(try value()) } while try hasNext(end: "]")
    }
    depth -= 1
    return values
  }

  private mutating func enter() throws(FormatsError) {
    guard depth < Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit)) }
    depth += 1
    cursor.advance()
    cursor.skipSpace()
  }

  private mutating func endsAtOnce(with end: Unicode.Scalar) -> Bool {
    cursor.take(end)
  }

  /// Whether a comma follows, and so another element; takes the end otherwise.
  private mutating func hasNext(end: Unicode.Scalar) throws(FormatsError) -> Bool {
    cursor.skipSpace()
    if cursor.take(",") {
      cursor.skipSpace()
      return true
    }
    guard cursor.take(end) else { throw unexpected(needed: "a comma or `\(end)`") }
    return false
  }

  private mutating func word(
    _ word: String, _ content: JSONValue.Content
  ) throws(FormatsError) -> JSONValue.Content {
    for scalar in word.unicodeScalars where !cursor.take(scalar) {
      throw unexpected(needed: "`\(word)`")
    }
    return content
  }

  private mutating func text() throws(FormatsError) -> String {
    var scanner = JSONTextScanner(cursor: cursor)
    if let (problem, place) = scanner.scan() {
      throw .json(file: file, place: place, problem: problem)
    }
    cursor = scanner.cursor
    return scanner.text
  }

  private mutating func number() throws(FormatsError) -> JSONValue.Content {
    let place = cursor.place
    let text = cursor.takeNumberText()
    let shape = NumberShape(text.span)
    guard let shape, !shape.hasPlus, !shape.hasLeadingZero, !shape.hasBarePoint else {
      throw .json(
        file: file, place: place, problem: .badNumber(text: String(decoding: text, as: UTF8.self)))
    }
    let string = String(decoding: text, as: UTF8.self)
    if shape.isInteger, string != "-0", let integer = Int64(string) { return .integer(integer) }
    guard let double = Double(string), double.isFinite else {
      throw .json(file: file, place: place, problem: .numberTooLarge(text: string))
    }
    return .number(double)
  }

  private func unexpected(needed: String) -> FormatsError {
    guard cursor.byte != nil else { return error(.unexpectedEnd(needed: needed)) }
    return error(.unexpectedCharacter(found: cursor.character, needed: needed))
  }

  private func error(_ problem: JSONProblem) -> FormatsError {
    .json(file: file, place: cursor.place, problem: problem)
  }
}
