import SeededRandom

/// Where a random text gets its choices from: the bytes of a fuzzer, or a seed.
public struct Choices {
  private var bytes: [UInt8]
  private var position = 0

  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// As many bytes as the seed says; the same seed gives the same text everywhere.
  public init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = random.below(600) + 8
    bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  /// Once nothing is left, all choices are the first.
  mutating func next(below limit: Int) -> Int {
    guard position < bytes.count, limit > 1 else { return 0 }
    position += 1
    return Int(bytes[position - 1]) % limit
  }
}
