/// The beginning of a formula up to the cursor, as far as completion reads it.
struct FormulaReading: Hashable {
  /// What the cursor stands in.
  enum Place: Hashable {
    /// A name: the names of the path before it, and how many bytes of it are there.
    case name(after: [String], typed: Int)
    /// A bound value after `$`, of which so many bytes are there.
    case binding(typed: Int)
    /// A text that is compared with what a path leads to: the mark it opened with, and so many bytes.
    case value(of: [String], quote: UInt8, typed: Int)
    /// Anything else.
    case other
  }

  let place: Place
  /// The function around the cursor; nil if it stands in none.
  let function: String?

  /// - Parameter text: The formula's bytes from its beginning, as they stand in the Lua text.
  init(_ text: [UInt8]) {
    var quote: (mark: UInt8, start: Int)?
    var calls: [Int] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == Self.backslash, index + 1 < text.count, Self.isQuote(text[index + 1]) {
        index += 1
      }
      let mark = text[index]
      if let open = quote {
        if mark == open.mark { quote = nil }
      } else if Self.isQuote(mark) {
        quote = (mark, index + 1)
      } else if mark == UInt8(ascii: "(") {
        calls.append(index)
      } else if mark == UInt8(ascii: ")") {
        _ = calls.popLast()
      }
      index += 1
    }
    function = calls.last.flatMap { Self.name(endingAt: $0, in: text) }
    if let quote {
      var end = quote.start - 1
      if end > 0, text[end - 1] == Self.backslash { end -= 1 }
      let path = Self.comparedPath(Array(text[..<end]))
      place =
        path.map {
          .value(of: $0, quote: quote.mark, typed: text.count - quote.start)
        } ?? .other
      return
    }
    place = Self.place(in: text)
  }

  private static let backslash = UInt8(ascii: "\\")

  private static func place(in text: [UInt8]) -> Place {
    let start = nameStart(endingAt: text.count, in: text)
    let typed = text.count - start
    if start > 0, text[start - 1] == UInt8(ascii: "$") { return .binding(typed: typed) }
    guard start > 0, text[start - 1] == UInt8(ascii: ".") else {
      return .name(after: [], typed: typed)
    }
    let path = path(endingAt: start - 1, in: text)
    return path.isEmpty ? .other : .name(after: path, typed: typed)
  }

  /// The path that a text stands to be compared with: before `==` or `~=`, before `in {`, or first among the
  /// arguments of a function of texts.
  private static func comparedPath(_ before: [UInt8]) -> [String]? {
    var rest = trimmed(before)
    for mark in ["==", "~="] where rest.hasSuffix(mark) {
      return known(path(endingAt: trimmed(rest.dropLast(2)).count, in: rest))
    }
    if let brace = rest.lastIndex(of: UInt8(ascii: "{")), !rest[brace...].contains(0x7D) {
      rest = trimmed(rest[..<brace])
      guard rest.hasSuffix(" in") else { return nil }
      return known(path(endingAt: trimmed(rest.dropLast(3)).count, in: rest))
    }
    guard rest.last == UInt8(ascii: ","), let open = rest.lastIndex(of: UInt8(ascii: "(")),
      let function = name(endingAt: open, in: rest), textFunctions.contains(function)
    else { return nil }
    return known(path(endingAt: trimmed(rest.dropLast()).count, in: rest))
  }

  private static let textFunctions = ["starts_with", "ends_with", "contains", "replace"]

  private static func known(_ path: [String]) -> [String]? { path.isEmpty ? nil : path }

  /// The names of the path that ends at a byte; names that are none of Lua's stand in backticks.
  private static func path(endingAt end: Int, in text: [UInt8]) -> [String] {
    var names: [String] = []
    var index = end
    while index > 0 {
      var start: Int
      if text[index - 1] == UInt8(ascii: "`") {
        guard let open = text[..<(index - 1)].lastIndex(of: UInt8(ascii: "`")) else { return [] }
        names.insert(String(decoding: text[(open + 1)..<(index - 1)], as: UTF8.self), at: 0)
        start = open
      } else {
        start = nameStart(endingAt: index, in: text)
        guard start < index else { return [] }
        names.insert(String(decoding: text[start..<index], as: UTF8.self), at: 0)
      }
      guard start > 0, text[start - 1] == UInt8(ascii: ".") else { return names }
      start -= 1
      index = start
    }
    return names
  }

  private static func name(endingAt end: Int, in text: [UInt8]) -> String? {
    let start = nameStart(endingAt: end, in: text)
    return start < end ? String(decoding: text[start..<end], as: UTF8.self) : nil
  }

  private static func nameStart(endingAt end: Int, in text: [UInt8]) -> Int {
    var start = end
    while start > 0, isWord(text[start - 1]) { start -= 1 }
    return start
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: byte >= 0x80
    }
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private static func trimmed(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var bytes = Array(bytes)
    while let last = bytes.last, last == 0x20 || last == 0x0A || last == 0x09 { bytes.removeLast() }
    return bytes
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
