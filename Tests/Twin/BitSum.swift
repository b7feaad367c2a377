/// The exact sum of finite doubles, slowly: how often each power of 2 occurs, from 2^-1074 up.
package struct BitSum {
  private var counts = [Int](repeating: 0, count: 2200)

  /// Zero.
  package init() {}

  /// Adds a finite number.
  package mutating func add(_ value: Double) {
    let isSubnormal = value.exponentBitPattern == 0
    let significand = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    let lowest = isSubnormal ? 0 : Int(value.exponentBitPattern) - 1
    for bit in 0..<53 where significand >> UInt64(bit) & 1 == 1 {
      counts[lowest + bit] += value.sign == .minus ? -1 : 1
    }
  }

  /// The nearest double, ties to even.
  package var rounded: Double {
    let (isNegative, bits) = digits
    guard let top = bits.lastIndex(of: 1) else { return 0 }
    let lowest = max(top - 52, 0)
    var kept: UInt64 = 0
    for position in stride(from: top, through: lowest, by: -1) {
      kept = kept << 1 | UInt64(bits[position])
    }
    let half = lowest > 0 && bits[lowest - 1] == 1
    let more = lowest > 1 && bits[0..<lowest - 1].contains(1)
    if half, more || kept & 1 == 1 { kept += 1 }
    let size = Double(sign: .plus, exponent: lowest - 1074, significand: Double(kept))
    return isNegative ? -size : size
  }

  /// The sum's sign, and its size as binary digits.
  private var digits: (isNegative: Bool, bits: [Int]) {
    func carried(_ counts: [Int]) -> (rest: Int, bits: [Int]) {
      var carry = 0
      let bits = counts.map { count in
        let sum = count + carry
        carry = sum >> 1
        return sum & 1
      }
      return (carry, bits)
    }
    let plain = carried(counts)
    guard plain.rest < 0 else { return (false, plain.bits) }
    return (true, carried(counts.map { -$0 }).bits)
  }
}
