/// Sorts rows by whole numbers, digit by digit, which compares nothing.
enum RadixSort {
  /// Below so many rows, comparing them is quicker than counting digits.
  private static let comparedLimit = 256

  /// Puts rows in ascending order of their words; rows with equal words keep their order.
  ///
  /// - Parameters:
  ///   - words: Of each row, not of each place.
  ///   - width: How many of their low bits are used.
  static func sort(
    _ rows: Buffer<Int32>, by words: Buffer<UInt64>, width: Int, budget: MemoryBudget
  ) throws(EngineError) {
    if rows.count <= Self.comparedLimit {
      return try MergeSort.sort(rows, budget: budget) { words[$0] < words[$1] }
    }
    let placeWidth = Self.bitCount(UInt64(rows.count - 1))
    var shift = 0
    while shift < width {
      let part = min(width - shift, 64 - placeWidth)
      try sort(rows, by: words, bits: shift..<shift + part, placeWidth, budget)
      shift += part
    }
  }

  /// How many bits a number needs; 0 for 0.
  static func bitCount(_ number: UInt64) -> Int { 64 - number.leadingZeroBitCount }

  /// Sorts by some bits of the words, which fit into a word beside a row's place.
  private static func sort(
    _ rows: Buffer<Int32>, by words: Buffer<UInt64>, bits: Range<Int>, _ placeWidth: Int,
    _ budget: MemoryBudget
  ) throws(EngineError) {
    var source = try Buffer<UInt64>(count: rows.count, budget: budget)
    var target = try Buffer<UInt64>(count: rows.count, budget: budget)
    try pack(rows, words, bits, placeWidth, into: source, budget)
    let digitCount = (bits.count + 10) / 11
    let digitWidth = (bits.count + digitCount - 1) / digitCount
    let counts = try Buffer<Int32>(count: 1 << digitWidth, budget: budget)
    for digit in 0..<digitCount {
      try budget.checkStop()
      let shift = placeWidth + digit * digitWidth
      guard try makeStarts(source, shift, digitWidth, into: counts, budget) else { continue }
      var start = 0
      while start < rows.count {
        try budget.checkStop()
        let end = min(start + 65_536, rows.count)
        scatter(source, start..<end, shift, digitWidth, counts, into: target)
        start = end
      }
      swap(&source, &target)
    }
    try unpack(source, placeWidth, rows, try Buffer(count: rows.count, budget: budget), budget)
  }

  private static func pack(
    _ rows: Buffer<Int32>, _ words: Buffer<UInt64>, _ bits: Range<Int>, _ placeWidth: Int,
    into packed: Buffer<UInt64>, _ budget: MemoryBudget
  ) throws(EngineError) {
    let numbers = rows.span
    let source = words.span
    var target = packed.mutableSpan
    let mask = UInt64.max >> UInt64(64 - bits.count)
    let (low, up) = (UInt64(bits.lowerBound), UInt64(placeWidth))
    for part in Parts(below: numbers.count) {
      try budget.checkStop()
      for place in part {
        target[place] = (source[Int(numbers[place])] &>> low & mask) &<< up | UInt64(place)
      }
    }
  }

  /// Where each digit begins among the sorted; false if all are one digit.
  private static func makeStarts(
    _ packed: Buffer<UInt64>, _ shift: Int, _ width: Int, into counts: Buffer<Int32>,
    _ budget: MemoryBudget
  ) throws(EngineError) -> Bool {
    let source = packed.span
    var starts = counts.mutableSpan
    let mask = UInt64(1) << UInt64(width) - 1
    for digit in 0..<starts.count { starts[digit] = 0 }
    for part in Parts(below: source.count) {
      try budget.checkStop()
      for place in part { starts[Int(source[place] &>> UInt64(shift) & mask)] &+= 1 }
    }
    if starts[Int(source[0] &>> UInt64(shift) & mask)] == source.count { return false }
    var sum: Int32 = 0
    for digit in 0..<starts.count {
      let own = starts[digit]
      starts[digit] = sum
      sum &+= own
    }
    return true
  }

  private static func scatter(
    _ packed: Buffer<UInt64>, _ places: Range<Int>, _ shift: Int, _ width: Int,
    _ counts: Buffer<Int32>, into target: Buffer<UInt64>
  ) {
    let source = packed.span
    var next = counts.mutableSpan
    var sorted = target.mutableSpan
    let mask = UInt64(1) << UInt64(width) - 1
    for place in places {
      let word = source[place]
      let digit = Int(word &>> UInt64(shift) & mask)
      sorted[Int(next[digit])] = word
      next[digit] &+= 1
    }
  }

  private static func unpack(
    _ packed: Buffer<UInt64>, _ placeWidth: Int, _ rows: Buffer<Int32>, _ before: Buffer<Int32>,
    _ budget: MemoryBudget
  ) throws(EngineError) {
    before.copy(from: rows, start: 0, count: rows.count, at: 0)
    let source = packed.span
    let numbers = before.span
    var target = rows.mutableSpan
    let mask = UInt64(1) << UInt64(placeWidth) - 1
    for part in Parts(below: source.count) {
      try budget.checkStop()
      for place in part { target[place] = numbers[Int(source[place] & mask)] }
    }
  }
}
