/// Numbers that look random and are the same in every run: SplitMix64, of Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators" (2014).
package struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  /// - Parameter seed: Put it into the name or the comment of what fails.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A whole number from 0 to below `bound`.
  package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True once in `times`.
  package mutating func once(in times: Int) -> Bool { below(times) == 0 }

  /// One of some values.
  package mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}
