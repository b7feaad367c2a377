/// Where keys first stand in a list that grows at its end. A short list is gone through; of a long one it
/// is kept, so that many keys don't take the square of their number.
struct GrowingIndex<Key: Hashable & Sendable>: Hashable, Sendable {
  private var places: [Key: Int] = [:]
  private var seenCount = 0

  private static var shortCount: Int { 32 }

  /// - Parameters:
  ///   - count: How long the list is; the keys that were there before are the same.
  ///   - keyAt: The key at a place; nil where there is none.
  mutating func first(_ key: Key, among count: Int, _ keyAt: (Int) -> Key?) -> Int? {
    guard count > Self.shortCount else { return (0..<count).first { keyAt($0) == key } }
    while seenCount < count {
      if let own = keyAt(seenCount), places[own] == nil { places[own] = seenCount }
      seenCount += 1
    }
    return places[key]
  }
}
