/// Loops that turn the lanes of columns into the numbers of groups, a batch at a time.
enum CodeLoops {
  /// Lanes from a row on, as distances from `origin`, which must fit.
  static func load(
    _ lanes: IntegerLanes, from firstRow: Int, origin: Int64, into codes: Buffer<Int32>, count: Int
  ) {
    switch lanes {
    case .unsigned8(let values): load(values, firstRow, origin, codes, count)
    case .unsigned16(let values): load(values, firstRow, origin, codes, count)
    case .signed8(let values): load(values, firstRow, origin, codes, count)
    case .signed16(let values): load(values, firstRow, origin, codes, count)
    case .signed32(let values): load(values, firstRow, origin, codes, count)
    case .signed64(let values): load(values, firstRow, origin, codes, count)
    }
  }

  /// As ``load(_:from:origin:into:count:)``, for rows that do not follow one another.
  static func load(
    _ lanes: IntegerLanes, at rows: Buffer<Int32>, origin: Int64, into codes: Buffer<Int32>,
    count: Int
  ) {
    switch lanes {
    case .unsigned8(let values): load(values, rows, origin, codes, count)
    case .unsigned16(let values): load(values, rows, origin, codes, count)
    case .signed8(let values): load(values, rows, origin, codes, count)
    case .signed16(let values): load(values, rows, origin, codes, count)
    case .signed32(let values): load(values, rows, origin, codes, count)
    case .signed64(let values): load(values, rows, origin, codes, count)
    }
  }

  @inline(__always)
  private static func load<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ firstRow: Int, _ origin: Int64, _ codes: Buffer<Int32>, _ count: Int
  ) {
    let source = values.span.extracting(firstRow..<firstRow + count)
    var target = codes.mutableSpan
    if T.bitWidth > 32 {
      for row in 0..<count {
        target[row] = Int32(truncatingIfNeeded: Int64(truncatingIfNeeded: source[row]) &- origin)
      }
    } else {
      // Distances that fit are the same modulo 2^32.
      let origin = Int32(truncatingIfNeeded: origin)
      for start in stride(from: 0, to: count, by: ReadAhead.rowCount) {
        values.readAhead(from: firstRow &+ start)
        for row in start..<min(start &+ ReadAhead.rowCount, count) {
          target[row] = Int32(truncatingIfNeeded: source[row]) &- origin
        }
      }
    }
  }

  @inline(__always)
  private static func load<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ rows: Buffer<Int32>, _ origin: Int64, _ codes: Buffer<Int32>,
    _ count: Int
  ) {
    let source = values.span
    let numbers = rows.span.extracting(first: count)
    var target = codes.mutableSpan
    for start in stride(from: 0, to: count, by: ReadAhead.rowCount) {
      values.readAhead(at: numbers, after: start)
      for row in start..<min(start &+ ReadAhead.rowCount, count) {
        let value = Int64(truncatingIfNeeded: source[Int(numbers[row])])
        target[row] = Int32(truncatingIfNeeded: value &- origin)
      }
    }
  }

  /// Puts `code` where the source row is null.
  static func setNulls(
    _ validity: Bitmap, from firstRow: Int, rows: Buffer<Int32>?, to code: Int32,
    in codes: Buffer<Int32>, count: Int
  ) {
    let words = validity.words.span
    var target = codes.mutableSpan
    if let rows {
      let numbers = rows.span
      for index in 0..<count {
        let row = Int(numbers[index])
        if words[row >> 6] >> UInt64(row & 63) & 1 == 0 { target[index] = code }
      }
      return
    }
    var row = firstRow
    let end = firstRow + count
    while row < end {
      // A word at a time; one that is full of values needs no look at its bits.
      let stop = min(end, (row | 63) + 1)
      var nulls = ~words[row >> 6] >> UInt64(row & 63)
      while nulls != 0 {
        let at = row + nulls.trailingZeroBitCount
        if at >= stop { break }
        target[at - firstRow] = code
        nulls &= nulls - 1
      }
      row = stop
    }
  }

  /// Replaces each code by its entry of a table.
  static func map(_ codes: Buffer<Int32>, by table: Buffer<Int32>, count: Int) {
    let entries = table.span
    var target = codes.mutableSpan
    for index in 0..<count { target[index] = entries[Int(target[index])] }
  }

  /// Makes `combined * radix + digits` of each pair. The caller sees to it that it fits.
  static func combine(
    _ combined: Buffer<Int32>, radix: Int32, _ digits: Buffer<Int32>, count: Int
  ) {
    let low = digits.span.extracting(first: count)
    var target = combined.mutableSpan
    for index in 0..<count { target[index] = target[index] &* radix &+ low[index] }
  }

  /// As ``combine(_:radix:_:count:)``, in 64 bits.
  static func combine(
    _ combined: Buffer<UInt64>, radix: UInt64, _ digits: Buffer<Int32>, count: Int
  ) {
    let low = digits.span.extracting(first: count)
    var target = combined.mutableSpan
    for index in 0..<count {
      target[index] = target[index] &* radix &+ UInt64(truncatingIfNeeded: low[index])
    }
  }

  /// Takes the last digit off each number.
  static func split(_ numbers: Buffer<UInt64>, radix: UInt64, into digits: Buffer<Int32>) {
    var rests = numbers.mutableSpan
    var target = digits.mutableSpan
    for index in 0..<rests.count {
      let (rest, digit) = rests[index].quotientAndRemainder(dividingBy: radix)
      target[index] = Int32(truncatingIfNeeded: digit)
      rests[index] = rest
    }
  }

  /// Replaces addresses by their numbers, in the order in which they appear.
  ///
  /// - Parameters:
  ///   - known: The number + 1 at each address that was seen, else 0.
  ///   - used: How many numbers are in use.
  static func number(
    _ addresses: Buffer<Int32>, by known: Buffer<Int32>, from used: inout Int32, count: Int
  ) {
    var known = known.mutableSpan
    var target = addresses.mutableSpan
    for index in 0..<count {
      let address = Int(target[index])
      if known[address] == 0 {
        used += 1
        known[address] = used
      }
      target[index] = known[address] &- 1
    }
  }

  /// Counts the rows of each group.
  static func count(_ groups: Buffer<Int32>, into counts: inout MutableSpan<Int64>, count: Int) {
    let numbers = groups.span.extracting(first: count)
    for row in 0..<count { counts[Int(numbers[row])] &+= 1 }
  }

  /// Adds the weight of each row's code to its group.
  static func add(
    _ weights: Buffer<Int64>, of codes: Buffer<Int32>, to counts: inout MutableSpan<Int64>,
    of groups: Buffer<Int32>, count: Int
  ) {
    let weights = weights.span
    let codes = codes.span.extracting(first: count)
    let groups = groups.span.extracting(first: count)
    for row in 0..<count { counts[Int(groups[row])] &+= weights[Int(codes[row])] }
  }
}
