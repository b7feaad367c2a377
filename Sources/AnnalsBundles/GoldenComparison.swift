/// Compares what a script gave with what it must give.
package struct GoldenComparison {
  /// To how many significant digits numbers with a point or an exponent must agree; nil where bytes must.
  private let digits: Int?
  /// Whether spaces and rules only line columns up, as in text and Markdown.
  private let isAligned: Bool

  /// - Parameter path: Of the golden; its ending tells what spaces mean.
  package init(path: String, digits: Int?) {
    self.digits = digits
    isAligned = path.hasSuffix(".txt") || path.hasSuffix(".md")
  }

  /// The lines that differ, with a few around them; nil if what was found will do.
  package func difference(expected: [UInt8], found: [UInt8]) -> String? {
    if expected == found { return nil }
    guard let left = Self.lines(expected), let right = Self.lines(found) else {
      let place = zip(expected, found).enumerated().first { $1.0 != $1.1 }?.offset
      return "byte \((place ?? min(expected.count, found.count)) + 1) and others differ;"
        + " \(expected.count) bytes were expected, and \(found.count) found"
    }
    return LineDifference(expected: left, found: right, isSame: agree).text
  }

  /// The lines of a text, each with its line break; nil for what is no text.
  private static func lines(_ bytes: [UInt8]) -> [Substring]? {
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    var lines: [Substring] = []
    var rest = text[...]
    while let end = rest.utf8.firstIndex(of: 0x0A) {
      let next = rest.utf8.index(after: end)
      lines.append(rest[..<next])
      rest = rest[next...]
    }
    if !rest.isEmpty { lines.append(rest) }
    return lines
  }

  private func agree(_ left: Substring, _ right: Substring) -> Bool {
    if left.utf8.elementsEqual(right.utf8) { return true }
    guard let digits else { return false }
    var (left, right) = (Array(left.utf8), Array(right.utf8))
    if isAligned { (left, right) = (Self.withoutAlignment(left), Self.withoutAlignment(right)) }
    return NumberedText(left).agrees(with: NumberedText(right), digits: digits)
  }

  /// A line with one space or dash where there are several, and none at its ends: a number that is
  /// written longer moves what stands beside it.
  private static func withoutAlignment(_ line: [UInt8]) -> [UInt8] {
    let text = String(decoding: line, as: UTF8.self)
    var result = ""
    for character in text where character != result.last || !" ─-".contains(character) {
      result.append(character)
    }
    while result.first == " " { result.removeFirst() }
    return Array(result.utf8)
  }
}

/// A line as numbers and what stands between them.
private struct NumberedText {
  /// What stands before each number, and behind the last.
  private var texts: [[UInt8]] = []
  private var numbers: [[UInt8]] = []

  init(_ bytes: [UInt8]) {
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let end = Self.isLetter(text.last) ? index : Self.numberEnd(in: bytes, from: index)
      if end > index {
        texts.append(text)
        numbers.append(Array(bytes[index..<end]))
        text = []
        index = end
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    texts.append(text)
  }

  func agrees(with other: NumberedText, digits: Int) -> Bool {
    texts == other.texts && numbers.count == other.numbers.count
      && zip(numbers, other.numbers).allSatisfy { Self.agree($0, $1, digits) }
  }

  /// Whole numbers are counts, and must be the same.
  private static func agree(_ left: [UInt8], _ right: [UInt8], _ digits: Int) -> Bool {
    if left == right { return true }
    guard !(left + right).allSatisfy(isSignOrDigit),
      let first = Double(String(decoding: left, as: UTF8.self)), first.isFinite,
      let second = Double(String(decoding: right, as: UTF8.self)), second.isFinite
    else { return false }
    var least = max(first.magnitude, second.magnitude)
    for _ in 0..<digits { least /= 10 }
    return (first - second).magnitude <= least
  }

  /// Where the number ends that begins at a place; the place itself if none does.
  private static func numberEnd(in bytes: [UInt8], from start: Int) -> Int {
    var end = start
    if bytes[end] == UInt8(ascii: "-") { end += 1 }
    let whole = digitsEnd(in: bytes, from: end)
    guard whole > end else { return start }
    end = whole
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
      let fraction = digitsEnd(in: bytes, from: end + 1)
      if fraction > end + 1 { end = fraction }
    }
    guard end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") else { return end }
    var power = end + 1
    if power < bytes.count, isSign(bytes[power]) { power += 1 }
    let last = digitsEnd(in: bytes, from: power)
    return last > power ? last : end
  }

  private static func digitsEnd(in bytes: [UInt8], from start: Int) -> Int {
    var end = start
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return end
  }

  /// Whether a digit behind a byte belongs to a word: `e12` is no number.
  private static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isSignOrDigit(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || isDigit(byte)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
