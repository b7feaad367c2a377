/// Sorts whole numbers of 32 bits, which are not negative, digit by digit.
enum DigitSort {
  private static let digitBits = 11

  /// The places of the keys in ascending order of the keys; equal ones keep their order.
  ///
  /// - Parameters:
  ///   - keys: In no order after this.
  ///   - greatest: No key is greater.
  static func order(
    of keys: Buffer<Int32>, upTo greatest: Int, budget: MemoryBudget
  ) throws(EngineError) -> Buffer<Int32> {
    let count = keys.count
    var source = (keys: keys, places: try Buffer<Int32>(count: count, budget: budget))
    for place in 0..<count { source.places[place] = Int32(place) }
    var target = (
      keys: try Buffer<Int32>(count: count, budget: budget),
      places: try Buffer<Int32>(count: count, budget: budget)
    )
    let next = try Buffer<Int32>(count: 1 << digitBits, budget: budget)
    var shift = 0
    while greatest >> shift > 0 {
      findStarts(of: source.keys, shift, next)
      move(source, to: target, shift, next)
      swap(&source, &target)
      shift += digitBits
    }
    return source.places
  }

  /// Where the keys of each digit begin.
  private static func findStarts(of keys: Buffer<Int32>, _ shift: Int, _ starts: Buffer<Int32>) {
    let source = keys.span
    var next = starts.mutableSpan
    for digit in 0..<next.count { next[digit] = 0 }
    for index in 0..<source.count { next[digit(source[index], shift)] += 1 }
    var start: Int32 = 0
    for digit in 0..<next.count {
      let count = next[digit]
      next[digit] = start
      start += count
    }
  }

  private static func move(
    _ source: (keys: Buffer<Int32>, places: Buffer<Int32>),
    to target: (keys: Buffer<Int32>, places: Buffer<Int32>), _ shift: Int,
    _ starts: Buffer<Int32>
  ) {
    let (keys, places) = (source.keys.span, source.places.span)
    var newKeys = target.keys.mutableSpan
    var newPlaces = target.places.mutableSpan
    var next = starts.mutableSpan
    for index in 0..<keys.count {
      let digit = digit(keys[index], shift)
      let place = Int(next[digit])
      next[digit] += 1
      newKeys[place] = keys[index]
      newPlaces[place] = places[index]
    }
  }

  @inline(__always)
  private static func digit(_ key: Int32, _ shift: Int) -> Int {
    Int(key >> Int32(shift)) & (1 << digitBits - 1)
  }
}
