/// Where short texts differ: the range of the bytes at each place.
///
/// Texts compare as the levels of their bytes do, one place after another.
struct SortedBytes {
  struct Position {
    let place: Int
    fileprivate let low: UInt8
    fileprivate let high: UInt8
    /// Whether some text ends before, which is a level of its own below all bytes.
    fileprivate let mayEnd: Bool

    fileprivate var greatest: UInt64 { UInt64(high - low) + (mayEnd ? 1 : 0) }
    var bitCount: Int { RadixSort.bitCount(greatest) }
  }

  /// Longer texts, or ones that differ in more bits, are better numbered first.
  private static let placeLimit = 64
  private static let bitLimit = 128

  /// The most significant first; places at which all texts agree are left out.
  let positions: [Position]
  private let texts: TextBlock

  /// - Returns: nil if the texts are long or differ much.
  init?(_ texts: TextBlock, _ validity: Bitmap?) {
    self.texts = texts
    var lows = [UInt8](repeating: .max, count: Self.placeLimit)
    var highs = [UInt8](repeating: 0, count: Self.placeLimit)
    var shortest = Int.max
    var longest = 0
    let offsets = texts.offsets.span
    let bytes = texts.bytes.span
    for row in 0..<texts.count where validity?[row] ?? true {
      let start = Int(offsets[row])
      let length = Int(offsets[row + 1]) - start
      guard length <= Self.placeLimit else { return nil }
      shortest = min(shortest, length)
      longest = max(longest, length)
      for place in 0..<length {
        let byte = bytes[start + place]
        lows[place] = min(lows[place], byte)
        highs[place] = max(highs[place], byte)
      }
    }
    positions = (0..<longest).compactMap { place in
      let position = Position(
        place: place, low: lows[place], high: highs[place], mayEnd: place >= shortest)
      return position.bitCount > 0 ? position : nil
    }
    if positions.reduce(0, { $0 + $1.bitCount }) > Self.bitLimit { return nil }
  }

  /// Pushes the levels at one place into words from below; those of nulls are 0.
  func push(
    _ position: Position, isDescending: Bool, _ validity: Bitmap?, into words: Buffer<UInt64>
  ) {
    let offsets = texts.offsets.span
    let bytes = texts.bytes.span
    var target = words.mutableSpan
    let shift = UInt64(position.bitCount)
    let first: UInt64 = position.mayEnd ? 1 : 0
    for row in 0..<texts.count {
      var level: UInt64 = 0
      if validity?[row] ?? true {
        let at = Int(offsets[row]) + position.place
        if at < Int(offsets[row + 1]) { level = UInt64(bytes[at] - position.low) + first }
        if isDescending { level = position.greatest - level }
      }
      target[row] = target[row] << shift | level
    }
  }
}
