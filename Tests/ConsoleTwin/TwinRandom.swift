/// A random number generator that gives the same numbers for the same seed everywhere.
package struct TwinRandom: RandomNumberGenerator {
  private var state: UInt64

  /// Begins with a seed.
  package init(seed: UInt64) { state = seed }

  /// SplitMix64, of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Whether something happens that does so once in `times`.
  package mutating func happens(onceIn times: Int) -> Bool {
    Int.random(in: 0..<times, using: &self) == 0
  }

  /// One of several values.
  package mutating func one<Element>(of values: [Element]) -> Element {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
}
