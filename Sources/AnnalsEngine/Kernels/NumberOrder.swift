/// Numbers as whole numbers that compare as the numbers do: NaN last, both zeros alike.
enum NumberOrder {
  static func key(_ value: Double) -> Int64 {
    if value.isNaN { return .max }
    let bits = Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)
    return bits < 0 ? .min - bits : bits
  }

  /// The number that has a key.
  static func number(_ key: Int64) -> Double {
    if key == .max { return .nan }
    return Double(bitPattern: UInt64(bitPattern: key < 0 ? .min - key : key))
  }
}
