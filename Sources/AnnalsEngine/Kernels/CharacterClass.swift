/// A set of characters, each given by its ``TextCharacters/key(_:)``.
struct CharacterClass: Hashable, Sendable {
  /// A bit for each ASCII character.
  private var ascii: UInt128 = 0
  /// The others that are members, or are none where `othersBelong`.
  private var ranges: [ClosedRange<UInt32>] = []
  private var othersBelong = false

  /// No character.
  init() {}

  init(_ range: ClosedRange<UInt32>) {
    for code in 0..<UInt32(0x80) where range.contains(code) { ascii |= 1 << UInt128(code) }
    if range.upperBound >= 0x80 { ranges = [max(range.lowerBound, 0x80)...range.upperBound] }
  }

  /// The class that a letter names after `%` in a pattern of Lua, in upper case its complement.
  init?(letter: UInt8) {
    guard let test = Self.test(letter | 0x20) else { return nil }
    for code in UInt8(0)..<0x80 where test(code) { ascii |= 1 << UInt128(code) }
    if letter & 0x20 == 0 { self = complement }
  }

  static var any: CharacterClass { CharacterClass().complement }

  var complement: CharacterClass {
    var result = self
    result.ascii = ~ascii
    result.othersBelong.toggle()
    return result
  }

  /// Adds the members of another class, which is a range, or a class that a letter names.
  mutating func formUnion(_ other: CharacterClass) {
    ascii |= other.ascii
    if other.othersBelong { othersBelong = true }
    ranges = othersBelong ? [] : ranges + other.ranges
  }

  func contains(_ key: UInt32) -> Bool {
    if key < 0x80 { return ascii >> UInt128(key) & 1 != 0 }
    for range in ranges where range.contains(key) { return !othersBelong }
    return othersBelong
  }

  static func isLetter(_ code: UInt8) -> Bool { (0x61...0x7A).contains(code | 0x20) }

  /// What the C locale says of ASCII codes.
  private static func test(_ letter: UInt8) -> ((UInt8) -> Bool)? {
    func isDigit(_ code: UInt8) -> Bool { (0x30...0x39).contains(code) }
    func isGraphic(_ code: UInt8) -> Bool { (0x21...0x7E).contains(code) }
    switch Unicode.Scalar(letter) {
    case "a": return isLetter
    case "c": return { $0 < 0x20 || $0 == 0x7F }
    case "d": return isDigit
    case "g": return isGraphic
    case "l": return { (0x61...0x7A).contains($0) }
    case "p": return { isGraphic($0) && !isLetter($0) && !isDigit($0) }
    case "s": return { $0 == 0x20 || (0x09...0x0D).contains($0) }
    case "u": return { (0x41...0x5A).contains($0) }
    case "w": return { isLetter($0) || isDigit($0) }
    case "x": return { isDigit($0) || (0x61...0x66).contains($0 | 0x20) }
    default: return nil
    }
  }
}
