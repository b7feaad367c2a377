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

  /// A hash for tables in memory, with a key of this process: nobody can choose texts that meet in
  /// one place. It must never show in a result.
  static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var hash = HashKey.first ^ UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(bytes[index + offset]) << UInt64(offset * 8) }
      hash = mixed(hash ^ word)
      index += 8
    }
    var rest: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count {
      rest |= UInt64(bytes[index]) << shift
      shift += 8
      index += 1
    }
    return mixed(hash ^ rest)
  }

  /// Spreads the bits of a key over the whole word: both halves of a product with this process's key.
  static func mixed(_ key: UInt64) -> UInt64 {
    Mixer().mixed(key)
  }

  /// As ``mixed(_:)``, for loops: the process's key is looked for once.
  struct Mixer {
    private let first = HashKey.first
    private let second = HashKey.second

    func mixed(_ key: UInt64) -> UInt64 {
      let product = (key ^ first).multipliedFullWidth(by: second)
      return product.high ^ product.low
    }
  }
}

/// The key of all hash tables of the process, drawn when it is first needed.
///
/// Tables number by first appearance and compare what they find, so that no result depends on it.
private enum HashKey {
  static let first = UInt64.random(in: .min ... .max)
  /// Odd, and never so small that a product would not reach the upper half.
  static let second = UInt64.random(in: .min ... .max) | 0x8000_0000_0000_0001
}

extension ByteOrder {
  /// Whether `part` stands in `whole` from byte `start` on.
  static func occurs(_ part: Span<UInt8>, in whole: Span<UInt8>, at start: Int) -> Bool {
    guard start >= 0, start + part.count <= whole.count else { return false }
    for index in part.indices where whole[start + index] != part[index] { return false }
    return true
  }
}
