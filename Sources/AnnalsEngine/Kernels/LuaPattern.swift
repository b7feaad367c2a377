/// A pattern of Lua (Lua 5.4 manual, section 6.4.1), read and found to be well formed.
///
/// Two things differ from Lua: a character is a Unicode code point and not a byte, so that `.`, sets
/// and ranges do what they say beyond ASCII; and a letter that names no class can't follow `%`. The
/// classes are those of ASCII, as Lua's are in the C locale.
struct LuaPattern: Hashable, Sendable {
  /// One thing that is matched after another.
  enum Item: Hashable, Sendable {
    case character(CharacterClass, Repetition)
    /// `%bxy`: from one to the other, balanced.
    case balance(UInt32, UInt32)
    /// `%f[set]`: from a character outside of the set to one inside.
    case frontier(CharacterClass)
    /// `%1`: what the capture holds.
    case backReference(Int)
    case captureStart(Int)
    case captureEnd(Int)
    /// `$`: the end of the text.
    case end
  }

  enum Repetition: Hashable, Sendable {
    case once
    /// `?`
    case optional
    /// `*`, or `+` with at least one: as many as can be.
    case most(atLeastOne: Bool)
    /// `-`: as few as can be.
    case fewest
  }

  /// What makes a text no pattern.
  enum Problem: Error, Hashable, Sendable {
    case endsWithPercent, unknownClass, unclosedSet, frontierWithoutSet, balanceWithoutPair
    case unopenedCapture, unclosedCapture, unknownCapture, tooManyCaptures, tooLong
  }

  /// `^`: whether it matches at the start of the text alone.
  let isAnchored: Bool
  let items: [Item]

  /// As many as Lua has.
  static let captureLimit = 32
  /// Each item may deepen the matcher's recursion by one, so this bounds it.
  static let itemLimit = 200

  init(_ text: Span<UInt8>) throws(Problem) {
    var reader = LuaPatternReader(text)
    (isAnchored, items) = try reader.pattern()
  }
}

/// Reads a pattern from its characters.
private struct LuaPatternReader {
  private let characters: [UInt32]
  private var index = 0
  private var items: [LuaPattern.Item] = []
  private var openCaptures: [Int] = []
  private var captureCount = 0

  init(_ text: Span<UInt8>) {
    var characters: [UInt32] = []
    var place = 0
    while place < text.count {
      let end = TextCharacters.end(of: place, in: text)
      characters.append(TextCharacters.key(text.extracting(place..<end)))
      place = end
    }
    self.characters = characters
  }

  mutating func pattern() throws(LuaPattern.Problem) -> (Bool, [LuaPattern.Item]) {
    let isAnchored = take("^")
    while index < characters.count {
      items.append(try item())
      guard items.count <= LuaPattern.itemLimit else { throw .tooLong }
    }
    guard openCaptures.isEmpty else { throw .unclosedCapture }
    return (isAnchored, items)
  }

  private mutating func item() throws(LuaPattern.Problem) -> LuaPattern.Item {
    if take("(") {
      guard captureCount < LuaPattern.captureLimit else { throw .tooManyCaptures }
      openCaptures.append(captureCount)
      captureCount += 1
      return .captureStart(captureCount - 1)
    }
    if take(")") {
      guard let capture = openCaptures.popLast() else { throw .unopenedCapture }
      return .captureEnd(capture)
    }
    if characters[index] == key("$"), index + 1 == characters.count {
      index += 1
      return .end
    }
    if characters[index] == key("%"), let item = try special() { return item }
    let set = try characterClass()
    return .character(set, repetition())
  }

  /// What begins with `%` and is no class; nil if it is one.
  private mutating func special() throws(LuaPattern.Problem) -> LuaPattern.Item? {
    guard index + 1 < characters.count else { throw .endsWithPercent }
    switch characters[index + 1] {
    case key("b"):
      guard index + 3 < characters.count else { throw .balanceWithoutPair }
      index += 4
      return .balance(characters[index - 2], characters[index - 1])
    case key("f"):
      index += 2
      guard index < characters.count, characters[index] == key("[") else {
        throw .frontierWithoutSet
      }
      return .frontier(try characterClass())
    case key("0")...key("9"):
      let capture = Int(characters[index + 1] - key("0")) - 1
      guard capture >= 0, capture < captureCount, !openCaptures.contains(capture) else {
        throw .unknownCapture
      }
      index += 2
      // `()` holds a place and no text: nothing is ever like it.
      let end = items.firstIndex(of: .captureEnd(capture)) ?? 0
      let isPlace = end > 0 && items[end - 1] == .captureStart(capture)
      return isPlace ? .character(CharacterClass(), .once) : .backReference(capture)
    default: return nil
    }
  }

  private mutating func repetition() -> LuaPattern.Repetition {
    if take("?") { return .optional }
    if take("*") { return .most(atLeastOne: false) }
    if take("+") { return .most(atLeastOne: true) }
    return take("-") ? .fewest : .once
  }

  // MARK: Classes

  private mutating func characterClass() throws(LuaPattern.Problem) -> CharacterClass {
    if take("[") { return try set() }
    if take(".") { return .any }
    if take("%") { return try escaped() }
    index += 1
    return CharacterClass(characters[index - 1]...characters[index - 1])
  }

  private mutating func set() throws(LuaPattern.Problem) -> CharacterClass {
    let isComplement = take("^")
    var result = CharacterClass()
    var isFirst = true
    // A `]` that comes first stands for itself.
    while isFirst || !take("]") {
      isFirst = false
      guard index < characters.count else { throw .unclosedSet }
      if take("%") {
        result.formUnion(try escaped(inSet: true))
        continue
      }
      let first = characters[index]
      index += 1
      var last = first
      if index + 1 < characters.count, characters[index] == key("-"),
        characters[index + 1] != key("]")
      {
        last = characters[index + 1]
        index += 2
      }
      if first <= last { result.formUnion(CharacterClass(first...last)) }
    }
    return isComplement ? result.complement : result
  }

  private mutating func escaped(inSet: Bool = false) throws(LuaPattern.Problem) -> CharacterClass {
    guard index < characters.count else { throw inSet ? .unclosedSet : .endsWithPercent }
    let character = characters[index]
    index += 1
    guard character < 0x80, CharacterClass.isLetter(UInt8(character)) else {
      return CharacterClass(character...character)
    }
    guard let result = CharacterClass(letter: UInt8(character)) else { throw .unknownClass }
    return result
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < characters.count, characters[index] == key(character) else { return false }
    index += 1
    return true
  }

  /// Of an ASCII character.
  private func key(_ character: Unicode.Scalar) -> UInt32 { character.value }
}

extension LuaPattern.Problem {
  /// As it follows "is no pattern: ".
  var reason: String {
    switch self {
    case .endsWithPercent: "it ends with `%`"
    case .unknownClass: "a letter after `%` names no class"
    case .unclosedSet: "a `[` is never closed"
    case .frontierWithoutSet: "`%f` needs a set, as in `%f[%w]`"
    case .balanceWithoutPair: "`%b` needs two characters, as in `%b()`"
    case .unopenedCapture: "a `)` closes nothing"
    case .unclosedCapture: "a `(` is never closed"
    case .unknownCapture: "it refers to a capture that is not closed before"
    case .tooManyCaptures: "it has more than \(LuaPattern.captureLimit) captures"
    case .tooLong: "it has more than \(LuaPattern.itemLimit) parts"
    }
  }
}
