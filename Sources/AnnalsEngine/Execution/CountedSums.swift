/// Counts and sums of whole numbers by group, both in one word, so that a row costs one place to write.
///
/// The upper bits of a group's word count the values that it was given; the lower ones hold their sum,
/// each value greater than it is by as much as makes none negative. Before a count could outgrow its bits
/// the words are emptied into counts and sums of 64 bits.
final class CountedSums {
  /// How a word is shared out. As many values as it counts add up to no more than the sum's bits hold.
  private struct Layout {
    /// For values of up to 16 bits, of which a word takes so many that it is hardly ever full.
    static let narrow = Layout(valueBitCount: 16)
    static let wide = Layout(valueBitCount: 32)

    let valueBitCount: Int
    /// How many rows may be counted.
    let rowLimit: Int
    /// The lowest bit of the count.
    let unit: UInt64
    /// What each value is made greater by.
    let shift: Int64

    private init(valueBitCount: Int) {
      self.valueBitCount = valueBitCount
      let countBitCount = (64 - valueBitCount) / 2
      rowLimit = 1 << countBitCount - 1
      unit = 1 << (64 - countBitCount)
      shift = 1 << (valueBitCount - 1)
    }
  }

  /// With more groups than this, emptying words that are soon full costs more than they save.
  private static let groupLimit = 1 << 15

  private let words: GrowingBuffer<UInt64>
  private var layout = Layout.narrow
  private var isNarrow = true
  /// How many rows were taken in since the words were empty.
  private var rowCount = 0
  /// Whether values came that don't fit; they may come again.
  private var isGivenUp = false

  init(budget: MemoryBudget) throws(EngineError) {
    words = try GrowingBuffer(budget: budget)
  }

  /// Takes in the known values of a batch; false if it can't, and has taken in nothing.
  ///
  /// - Parameters:
  ///   - key: Where given, the batch's rows follow one another, all values are known, and the groups are
  ///     the key's numbers: `input` holds memory for groups, but none yet.
  ///   - counts: Has a place for each group, as `sums` has; both are given what the words hold when
  ///     these are full.
  func add(
    _ lanes: IntegerLanes, _ validity: Bitmap?, _ input: AggregateInput, by key: DirectKey? = nil,
    to counts: GrowingBuffer<Int64>, _ sums: WholeSums
  ) throws(EngineError) -> Bool {
    guard !isGivenUp else { return false }
    if isNarrow {
      if try takeIn(lanes, validity, input, key, counts, sums) { return true }
      try empty(into: counts, sums)
      layout = .wide
      isNarrow = false
    }
    guard counts.count <= Self.groupLimit else { return false }
    isGivenUp = try !takeIn(lanes, validity, input, key, counts, sums)
    return !isGivenUp
  }

  /// Takes in a batch if its values fit the layout.
  private func takeIn(
    _ lanes: IntegerLanes, _ validity: Bitmap?, _ input: AggregateInput, _ key: DirectKey?,
    _ counts: GrowingBuffer<Int64>, _ sums: WholeSums
  ) throws(EngineError) -> Bool {
    let count = input.batch.count
    guard count <= layout.rowLimit else { return false }
    if rowCount + count > layout.rowLimit { try empty(into: counts, sums) }
    try words.append(repeating: 0, count: counts.count - words.count)
    let fits =
      switch lanes {
      case .unsigned8(let values): add(values, validity, input, key)
      case .unsigned16(let values): add(values, validity, input, key)
      case .signed8(let values): add(values, validity, input, key)
      case .signed16(let values): add(values, validity, input, key)
      case .signed32(let values): add(values, validity, input, key)
      case .signed64(let values): add(values, validity, input, key)
      }
    if fits { rowCount += count }
    return fits
  }

  /// Moves what the words hold into counts and sums.
  func empty(into counts: GrowingBuffer<Int64>, _ sums: WholeSums) throws(EngineError) {
    guard rowCount > 0 else { return }
    rowCount = 0
    let (ownWords, ownCounts) = (words, counts)
    let (unit, shift) = (layout.unit, layout.shift)
    var words = ownWords.mutableSpan
    var counts = ownCounts.mutableSpan
    for group in 0..<words.count where words[group] != 0 {
      let count = Int64(truncatingIfNeeded: words[group] / unit)
      let sum = Int64(truncatingIfNeeded: words[group] % unit)
      words[group] = 0
      counts[group] += count
      try sums.add(sum - count * shift, to: group)
    }
  }

  @inline(__always)
  private func add<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ validity: Bitmap?, _ input: AggregateInput, _ key: DirectKey?
  ) -> Bool {
    if let key {
      if fits(values, key, input.batch) { return true }
      key.code.fill(input.groups, input.batch)
    } else if fits(values, validity, input, isTakenBack: false) {
      return true
    }
    // All of it wraps, so that subtracting the same leaves what was there.
    _ = fits(values, validity, input, isTakenBack: true)
    return false
  }

  /// Adds the values of a batch, or takes them back; false if one has too many bits.
  @inline(__always)
  private func fits<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ validity: Bitmap?, _ input: AggregateInput, isTakenBack: Bool
  ) -> Bool {
    let ownWords = words
    var words = ownWords.mutableSpan
    let count = input.batch.count
    let groups = input.groups.span.extracting(first: count)
    let firstRow = input.batch.firstRow
    let (unit, shift) = (layout.unit, layout.shift)
    var excess: UInt64 = 0
    /// - Parameter mask: All bits of a known value, none of a null.
    @inline(__always)
    func put(_ value: T, _ group: Int, _ mask: UInt64, _ words: inout MutableSpan<UInt64>) {
      let wide = Int64(truncatingIfNeeded: value) &+ shift
      let raised = UInt64(bitPattern: wide) & mask
      excess |= raised
      let word = raised &+ unit & mask
      words[group] = isTakenBack ? words[group] &- word : words[group] &+ word
    }
    if let rows = input.batch.rows {
      let source = values.span
      let numbers = rows.span.extracting(first: count)
      for index in 0..<count {
        let row = Int(numbers[index])
        let mask = validity.map { 0 &- ($0.words[row >> 6] >> UInt64(row & 63) & 1) } ?? .max
        put(source[row], Int(groups[index]), mask, &words)
      }
    } else if let validity {
      let source = values.span.extracting(firstRow..<firstRow + count)
      let known = validity.words.span
      for start in stride(from: 0, to: count, by: ReadAhead.rowCount) {
        values.readAhead(from: firstRow &+ start)
        for index in start..<min(start &+ ReadAhead.rowCount, count) {
          let row = firstRow &+ index
          let mask = 0 &- (known[row >> 6] >> UInt64(truncatingIfNeeded: row & 63) & 1)
          put(source[index], Int(groups[index]), mask, &words)
        }
      }
    } else if isTakenBack {
      let source = values.span.extracting(firstRow..<firstRow + count)
      for index in 0..<count { put(source[index], Int(groups[index]), .max, &words) }
    } else {
      let source = values.span.extracting(firstRow..<firstRow + count)
      for start in stride(from: 0, to: count, by: ReadAhead.rowCount) {
        values.readAhead(from: firstRow &+ start)
        let rows = start..<min(start &+ ReadAhead.rowCount, count)
        excess |= Self.put(
          source.extracting(rows), groups.extracting(rows), unit, shift, to: &words)
      }
    }
    return excess >> UInt64(layout.valueBitCount) == 0
  }

  /// Adds the values of a batch to the groups that a key's lanes tell; false if one has too many bits.
  @inline(__always)
  private func fits<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ key: DirectKey, _ batch: Batch
  ) -> Bool {
    let excess =
      switch key.lanes {
      case .unsigned8(let keys): put(values, keys, key.code, batch)
      case .unsigned16(let keys): put(values, keys, key.code, batch)
      case .signed32(let keys): put(values, keys, key.code, batch)
      }
    return excess >> UInt64(layout.valueBitCount) == 0
  }

  private func put<T: FixedWidthInteger & BitwiseCopyable & Sendable, Key: FixedWidthInteger>(
    _ values: Buffer<T>, _ keys: Buffer<Key>, _ key: KeyCode, _ batch: Batch
  ) -> UInt64 {
    let (ownWords, end) = (words, batch.firstRow + batch.count)
    var words = ownWords.mutableSpan
    let (source, groups) = (values.span, keys.span)
    let (unit, shift) = (layout.unit, layout.shift)
    var excess: UInt64 = 0
    for start in stride(from: batch.firstRow, to: end, by: ReadAhead.rowCount) {
      values.readAhead(from: start)
      keys.readAhead(from: start)
      let rows = start..<min(start &+ ReadAhead.rowCount, end)
      let (some, groups) = (source.extracting(rows), groups.extracting(rows))
      if let validity = key.validity {
        excess |= Self.put(
          some, groups, key.origin, validity.word(from: start), key.count, unit, shift, to: &words)
      } else {
        excess |= Self.put(some, groups, key.origin, unit, shift, to: &words)
      }
    }
    return excess
  }

  // Plain form:  number the groups of a batch first (`KeyCode.fill`), then the loop of values below.
  // Trick:       take the groups from the key's lanes as they are read.
  // Measured:    q1 1.27x, open 1.2x at 10 million rows of a mapped file (pairs by turns).
  // Remove when: the plain form comes within 1.1x on that question.
  /// Adds values that are all known, of groups by a key that is, and gives the bits that any of them has.
  @inline(never)
  private static func put<T: FixedWidthInteger & BitwiseCopyable, Key: FixedWidthInteger>(
    _ values: Span<T>, _ keys: Span<Key>, _ origin: Int64, _ unit: UInt64, _ shift: Int64,
    to words: inout MutableSpan<UInt64>
  ) -> UInt64 {
    var bits: UInt64 = 0
    for index in values.indices {
      let raised = UInt64(bitPattern: Int64(truncatingIfNeeded: values[index]) &+ shift)
      bits |= raised
      let group = Int(Int64(truncatingIfNeeded: keys[index]) &- origin)
      words[group] = words[group] &+ (raised &+ unit)
    }
    return bits
  }

  /// As above by a key that may be null.
  ///
  /// - Parameter known: A bit for each row, the first lowest.
  @inline(never)
  private static func put<T: FixedWidthInteger & BitwiseCopyable, Key: FixedWidthInteger>(
    _ values: Span<T>, _ keys: Span<Key>, _ origin: Int64, _ known: UInt64, _ nullGroup: Int,
    _ unit: UInt64, _ shift: Int64, to words: inout MutableSpan<UInt64>
  ) -> UInt64 {
    var (bits, known) = (UInt64(0), known)
    for index in values.indices {
      let raised = UInt64(bitPattern: Int64(truncatingIfNeeded: values[index]) &+ shift)
      bits |= raised
      let isNull = Int(truncatingIfNeeded: known & 1) &- 1
      known >>= 1
      let group = Int(Int64(truncatingIfNeeded: keys[index]) &- origin)
      let own = group & ~isNull | nullGroup & isNull
      words[own] = words[own] &+ (raised &+ unit)
    }
    return bits
  }

  // Plain form:  the loop in the function above, where it stands beside the others.
  // Trick:       a function of its own, so that what the loop needs stays in registers.
  // Measured:    q1 and q2 1.07x at 10 million rows of a mapped file (pairs by turns).
  // Remove when: the plain form comes within 1.05x on that question.
  /// Adds values that are all known, and gives the bits that any of them has.
  @inline(never)
  private static func put<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Span<T>, _ groups: Span<Int32>, _ unit: UInt64, _ shift: Int64,
    to words: inout MutableSpan<UInt64>
  ) -> UInt64 {
    var bits: UInt64 = 0
    for index in values.indices {
      let raised = UInt64(bitPattern: Int64(truncatingIfNeeded: values[index]) &+ shift)
      bits |= raised
      let group = Int(groups[index])
      words[group] = words[group] &+ (raised &+ unit)
    }
    return bits
  }
}
