/// Numbers as whole numbers that compare as the numbers do: NaN last, both zeros alike.
enum NumberOrder {
  static func key(_ value: Double) -> Int64 {
    if value.isNaN { return .max }
    let bits = Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)
    return bits < 0 ? .min - bits : bits
  }

  /// How an integer compares with a number that is not NaN, by their exact values: below 0, 0 or above.
  static func compare(_ whole: Int64, _ number: Double) -> Int {
    if number >= 0x1p63 { return -1 }
    if number < -0x1p63 { return 1 }
    let floor = Int64(number.rounded(.down))
    if whole != floor { return whole < floor ? -1 : 1 }
    return number > Double(floor) ? -1 : 0
  }

  /// The number that has a key.
  static func number(_ key: Int64) -> Double {
    if key == .max { return .nan }
    return Double(bitPattern: UInt64(bitPattern: key < 0 ? .min - key : key))
  }
}
