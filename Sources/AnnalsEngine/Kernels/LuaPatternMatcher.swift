/// Looks for a pattern in a text, going back where a choice did not lead to a match.
///
/// The work is bounded by a limit of steps, the recursion by the number of the pattern's items.
struct LuaPatternMatcher {
  enum Answer: Hashable, Sendable {
    case found, absent
    /// The steps were used up before it was clear.
    case unclear
  }

  private let pattern: LuaPattern
  /// How many characters and items were looked at, those that were looked at again counted again.
  private(set) var steps = 0
  private var stepLimit = 0
  /// The bytes of each capture. One that was closed on a way which led nowhere is written again
  /// before anything refers to it.
  private var captureStarts = [Int](repeating: 0, count: LuaPattern.captureLimit)
  private var captureEnds = [Int](repeating: 0, count: LuaPattern.captureLimit)

  init(_ pattern: LuaPattern) { self.pattern = pattern }

  /// Whether the pattern matches somewhere in the text.
  mutating func answer(_ text: Span<UInt8>, stepLimit: Int) -> Answer {
    self.stepLimit = stepLimit
    steps = 0
    var start = 0
    while true {
      if matches(item: 0, at: start, text) { return .found }
      if steps > stepLimit { return .unclear }
      guard !pattern.isAnchored, start < text.count else { return .absent }
      start = TextCharacters.end(of: start, in: text)
    }
  }

  /// Whether the items from one on match from a place on. False too once the steps are used up.
  private mutating func matches(item first: Int, at start: Int, _ text: Span<UInt8>) -> Bool {
    var place = start
    var index = first
    while index < pattern.items.count {
      steps += 1
      if steps > stepLimit { return false }
      switch pattern.items[index] {
      case .character(let set, .once):
        guard let next = next(place, set, text) else { return false }
        place = next
      case .character(let set, .optional):
        if let next = next(place, set, text), matches(item: index + 1, at: next, text) {
          return true
        }
      case .character(let set, .most(let atLeastOne)):
        return matchesMost(set, atLeastOne, before: index + 1, at: place, text)
      case .character(let set, .fewest):
        return matchesFewest(set, before: index + 1, at: place, text)
      case .balance(let opening, let closing):
        guard let end = balanceEnd(opening, closing, at: place, text) else { return false }
        place = end
      case .frontier(let set):
        guard isFrontier(set, place, text) else { return false }
      case .backReference(let capture):
        let part = text.extracting(captureStarts[capture]..<captureEnds[capture])
        steps += part.count
        guard ByteOrder.occurs(part, in: text, at: place) else { return false }
        place += part.count
      case .captureStart(let capture): captureStarts[capture] = place
      case .captureEnd(let capture): captureEnds[capture] = place
      case .end: return place == text.count
      }
      index += 1
    }
    return true
  }

  private mutating func matchesMost(
    _ set: CharacterClass, _ atLeastOne: Bool, before rest: Int, at start: Int,
    _ text: Span<UInt8>
  ) -> Bool {
    var place = start
    while let next = next(place, set, text) { place = next }
    var least = start
    if atLeastOne {
      guard place > start else { return false }
      least = TextCharacters.end(of: start, in: text)
    }
    while true {
      if matches(item: rest, at: place, text) { return true }
      if place == least || steps > stepLimit { return false }
      place = TextCharacters.start(endingAt: place, in: text, notBefore: least)
    }
  }

  private mutating func matchesFewest(
    _ set: CharacterClass, before rest: Int, at start: Int, _ text: Span<UInt8>
  ) -> Bool {
    var place = start
    while !matches(item: rest, at: place, text) {
      guard steps <= stepLimit, let next = next(place, set, text) else { return false }
      place = next
    }
    return true
  }

  /// The place after one character of a set; nil if there is none.
  private mutating func next(
    _ place: Int, _ set: CharacterClass, _ text: Span<UInt8>
  ) -> Int? {
    guard place < text.count else { return nil }
    steps += 1
    let end = TextCharacters.end(of: place, in: text)
    return set.contains(TextCharacters.key(text.extracting(place..<end))) ? end : nil
  }

  private mutating func balanceEnd(
    _ opening: UInt32, _ closing: UInt32, at start: Int, _ text: Span<UInt8>
  ) -> Int? {
    var place = start
    var depth = 0
    while place < text.count {
      steps += 1
      let end = TextCharacters.end(of: place, in: text)
      let key = TextCharacters.key(text.extracting(place..<end))
      if place == start {
        guard key == opening else { return nil }
        depth = 1
      } else if key == closing {
        depth -= 1
        if depth == 0 { return end }
      } else if key == opening {
        depth += 1
      }
      place = end
    }
    return nil
  }

  /// As in Lua, a text is taken to have a zero character at either end.
  private func isFrontier(_ set: CharacterClass, _ place: Int, _ text: Span<UInt8>) -> Bool {
    var before: UInt32 = 0
    var after: UInt32 = 0
    if place > 0 {
      let start = TextCharacters.start(endingAt: place, in: text, notBefore: 0)
      before = TextCharacters.key(text.extracting(start..<place))
    }
    if place < text.count {
      let end = TextCharacters.end(of: place, in: text)
      after = TextCharacters.key(text.extracting(place..<end))
    }
    return !set.contains(before) && set.contains(after)
  }
}
