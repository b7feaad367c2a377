/// Comparison and hashing of texts as bytes.
enum ByteOrder {
  /// Whether `left` comes before `right` when compared byte by byte; a prefix comes first.
  static func precedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    compare(left, right) < 0
  }

  /// Negative, zero or positive, as `left` comes before, with or after `right`.
  static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
    let shared = min(left.count, right.count)
    var index = 0
    while index < shared {
      if left[index] != right[index] { return Int(left[index]) - Int(right[index]) }
      index += 1
    }
    return left.count - right.count
  }

  static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    left.count == right.count && compare(left, right) == 0
  }

  /// FNV-1a with a final mix, so that the low bits can address a table.
  static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    return mixed(hash)
  }

  /// Spreads the bits of a key over the whole word.
  static func mixed(_ key: UInt64) -> UInt64 {
    var bits = (key ^ (key >> 32)) &* 0x9E37_79B9_7F4A_7C15
    bits ^= bits >> 29
    return bits
  }
}

extension ByteOrder {
  /// Whether `part` stands in `whole` from byte `start` on.
  static func occurs(_ part: Span<UInt8>, in whole: Span<UInt8>, at start: Int) -> Bool {
    guard start >= 0, start + part.count <= whole.count else { return false }
    for index in part.indices where whole[start + index] != part[index] { return false }
    return true
  }

  /// Whether `part` stands anywhere in `whole`; an empty part does.
  static func occurs(_ part: Span<UInt8>, in whole: Span<UInt8>) -> Bool {
    guard part.count <= whole.count else { return false }
    guard part.count > 0 else { return true }
    for start in 0...(whole.count - part.count) where whole[start] == part[0] {
      if occurs(part, in: whole, at: start) { return true }
    }
    return false
  }
}
