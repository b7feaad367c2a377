/// Where a random text gets its choices from: the bytes of a fuzzer, or a seed.
public struct Choices {
  private var bytes: [UInt8]
  private var position = 0

  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// As many bytes as the seed says, from a generator of its own (SplitMix64), so that the same seed
  /// gives the same text everywhere.
  public init(seed: UInt64) {
    var state = seed
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    let count = Int(next() % 600) + 8
    bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  /// Once nothing is left, all choices are the first.
  mutating func next(below limit: Int) -> Int {
    guard position < bytes.count, limit > 1 else { return 0 }
    position += 1
    return Int(bytes[position - 1]) % limit
  }
}
