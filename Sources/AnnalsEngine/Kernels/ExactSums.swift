/// Exact sums of doubles, one for each group, rounded once when they are read.
///
/// Order does not matter, and neither do threads: this is the sum that `math.fsum` of Python gives.
/// A value is added in 128-bit fixed point with 64 bits after the point where it fits there without
/// rounding, which whole numbers and most decimals do; the rest goes into a wide accumulator that
/// covers every double. Infinities and NaN are counted apart.
struct ExactSums {
  /// In units of 2^-64.
  private let fixed: GrowingBuffer<Int128>
  /// By group, for the values that fixed point can't hold.
  private var wide: [Int: WideSum] = [:]
  private var special: [Int: (positive: Int, negative: Int, nan: Int)] = [:]

  init(budget: MemoryBudget) throws(EngineError) {
    fixed = try GrowingBuffer(budget: budget)
  }

  mutating func grow(to groups: Int) throws(EngineError) {
    if groups > fixed.count { try fixed.append(repeating: 0, count: groups - fixed.count) }
  }

  mutating func add(_ value: Double, to group: Int) {
    guard let units = Self.fixedPoint(value) else { return addUncommon(value, to: group) }
    let (sum, overflow) = fixed[group].addingReportingOverflow(units)
    if overflow {
      wide[group, default: WideSum()].add(fixed[group])
      fixed[group] = units
    } else {
      fixed[group] = sum
    }
  }

  /// Adds the known values of some rows, each to its group.
  ///
  /// - Parameters:
  ///   - rows: Nil for `count` rows from `firstRow` on.
  ///   - groups: By place among these rows.
  mutating func add(
    _ values: Buffer<Double>, _ validity: Bitmap?, at rows: Buffer<Int32>?, from firstRow: Int,
    to groups: Buffer<Int32>, count: Int
  ) {
    let fixed = fixed
    var sums = fixed.mutableSpan
    let groups = groups.span
    let source = values.span
    for index in 0..<count {
      let row = rows.map { Int($0[index]) } ?? firstRow + index
      if let validity, !validity[row] { continue }
      let group = Int(groups[index])
      guard let units = Self.fixedPoint(source[row]) else {
        addUncommon(source[row], to: group)
        continue
      }
      let (sum, overflow) = sums[group].addingReportingOverflow(units)
      sums[group] = overflow ? units : sum
      if overflow { wide[group, default: WideSum()].add(sum &- units) }
    }
  }

  /// Adds what `term` makes of the values at some places to one group.
  @inline(__always)
  mutating func add(
    _ values: Buffer<Double>, _ places: Range<Int>, to group: Int, _ term: (Double) -> Double
  ) {
    let source = values.span
    var total = fixed[group]
    for place in places {
      let value = term(source[place])
      guard let units = Self.fixedPoint(value) else {
        addUncommon(value, to: group)
        continue
      }
      let (sum, overflow) = total.addingReportingOverflow(units)
      if overflow { wide[group, default: WideSum()].add(total) }
      total = overflow ? units : sum
    }
    fixed[group] = total
  }

  /// Takes back a value that was added.
  mutating func remove(_ value: Double, from group: Int) {
    if value.isFinite { return add(-value, to: group) }
    guard var counts = special[group] else { return }
    if value.isNaN {
      counts.nan -= 1
    } else if value > 0 {
      counts.positive -= 1
    } else {
      counts.negative -= 1
    }
    special[group] = counts == (0, 0, 0) ? nil : counts
  }

  /// Sets a group's sum back to zero.
  mutating func clear(_ group: Int) {
    fixed[group] = 0
    wide[group] = nil
    special[group] = nil
  }

  /// Adds another sum's groups; group `i` there is group `mapping[i]` here.
  mutating func merge(_ other: ExactSums, mapping: Buffer<Int32>) {
    for group in 0..<other.fixed.count {
      let here = Int(mapping[group])
      let (sum, overflow) = fixed[here].addingReportingOverflow(other.fixed[group])
      if overflow {
        wide[here, default: WideSum()].add(fixed[here])
        fixed[here] = other.fixed[group]
      } else {
        fixed[here] = sum
      }
    }
    for (group, sum) in other.wide { wide[Int(mapping[group]), default: WideSum()].add(sum) }
    for (group, counts) in other.special {
      let here = Int(mapping[group])
      let old = special[here] ?? (0, 0, 0)
      special[here] = (
        old.positive + counts.positive, old.negative + counts.negative, old.nan + counts.nan
      )
    }
  }

  /// The sum of a group, rounded to the nearest double with ties to even.
  func sum(_ group: Int) -> Double {
    if !special.isEmpty, let counts = special[group] {
      if counts.nan > 0 || (counts.positive > 0 && counts.negative > 0) { return .nan }
      return counts.positive > 0 ? .infinity : -.infinity
    }
    guard !wide.isEmpty, var total = wide[group] else { return Self.double(fixed[group]) }
    total.add(fixed[group])
    return total.rounded()
  }

  /// The sums of some groups.
  func write(_ groups: Buffer<Int32>, into sums: Buffer<Double>) {
    let groups = groups.span
    var target = sums.mutableSpan
    guard wide.isEmpty, special.isEmpty else {
      for place in 0..<groups.count { target[place] = sum(Int(groups[place])) }
      return
    }
    let own = fixed
    let fixed = own.span
    for place in 0..<groups.count { target[place] = Self.double(fixed[Int(groups[place])]) }
  }

  private mutating func addUncommon(_ value: Double, to group: Int) {
    if value.isFinite {
      wide[group, default: WideSum()].add(value)
      return
    }
    var counts = special[group] ?? (0, 0, 0)
    if value.isNaN {
      counts.nan += 1
    } else if value > 0 {
      counts.positive += 1
    } else {
      counts.negative += 1
    }
    special[group] = counts
  }

  /// The value in units of 2^-64, or nil if it is too large or has finer bits.
  @inline(__always)
  private static func fixedPoint(_ value: Double) -> Int128? {
    // value = significand * 2^(exponent - 64), but for numbers too small for their leading bit.
    let bits = value.bitPattern
    let exponent = Int(bits >> 52 & 0x7FF) - 1011
    var significand = bits & 0xF_FFFF_FFFF_FFFF
    if exponent > -1011 { significand |= 1 << 52 }
    guard significand != 0 else { return 0 }
    var units: Int128
    if exponent >= 0 {
      // From 2^62 on it would come near the ends of what 128 bits hold; so do infinities and NaN.
      guard exponent <= 73 else { return nil }
      units = Int128(significand) &<< Int128(exponent)
    } else {
      guard exponent > -53, significand & (1 &<< UInt64(-exponent) - 1) == 0 else { return nil }
      units = Int128(significand &>> UInt64(-exponent))
    }
    return value.sign == .minus ? -units : units
  }

  /// A fixed-point number rounded to the nearest double.
  private static func double(_ units: Int128) -> Double {
    let magnitude = units.magnitude
    let high = UInt64(truncatingIfNeeded: magnitude >> 64)
    let low = UInt64(truncatingIfNeeded: magnitude)
    let zeros = high.leadingZeroBitCount
    let rounded: Double
    if high == 0 {
      rounded = Double(low) * 0x1p-64
    } else {
      // The 64 bits from the first that is set; below them only whether anything is set matters.
      var top = UInt64(truncatingIfNeeded: (magnitude &<< UInt128(zeros)) >> 64)
      if low &<< UInt64(zeros) != 0 { top |= 1 }
      rounded = Double(top) * Double(bitPattern: UInt64(1023 - zeros) << 52)
    }
    return units < 0 ? -rounded : rounded
  }
}

/// A sum that holds every finite double exactly: limbs of 32 bits with room for carries.
private struct WideSum {
  /// Limb `i` counts units of 2^(32 i - 1088); 1088 is the next multiple of 32 below the smallest
  /// double, 2^-1074.
  private var limbs = [Int64](repeating: 0, count: 70)
  private var pending = 0

  private static let lowestExponent = -1088

  mutating func add(_ value: Double) {
    guard value != 0 else { return }
    // value = significand * 2^exponent with a whole significand of at most 53 bits.
    let isSubnormal = value.exponentBitPattern == 0
    let significand =
      Int64(value.significandBitPattern) + (isSubnormal ? 0 : 1 << 52)
    let exponent = isSubnormal ? -1074 : Int(value.exponentBitPattern) - 1075
    addScaled(Int128(value < 0 ? -significand : significand), exponent: exponent)
  }

  mutating func add(_ fixed: Int128) { addScaled(fixed, exponent: -64) }

  mutating func add(_ other: WideSum) {
    propagate()
    var other = other
    other.propagate()
    for index in limbs.indices { limbs[index] += other.limbs[index] }
    pending = 2
  }

  /// Adds `value * 2^exponent`, 32 bits at a time.
  private mutating func addScaled(_ value: Int128, exponent: Int) {
    let position = exponent - Self.lowestExponent
    let shift = position % 32
    var index = position / 32
    let isNegative = value < 0
    var rest = value.magnitude
    // The lowest limb takes what fits above the shift; the others 32 bits each.
    var chunk = Int64((rest << UInt128(shift)) & 0xFFFF_FFFF)
    rest >>= UInt128(32 - shift)
    while true {
      limbs[index] += isNegative ? -chunk : chunk
      if rest == 0 { break }
      index += 1
      chunk = Int64(rest & 0xFFFF_FFFF)
      rest >>= 32
    }
    pending += 1
    if pending > 1 << 29 { propagate() }
  }

  /// Brings every limb but the last into 0..<2^32.
  private mutating func propagate() {
    for index in 0..<limbs.count - 1 {
      let carry = limbs[index] >> 32
      limbs[index] -= carry << 32
      limbs[index + 1] += carry
    }
    pending = 0
  }

  /// The nearest double, ties to even.
  mutating func rounded() -> Double {
    propagate()
    let isNegative = (limbs.last ?? 0) < 0
    if isNegative {
      for index in limbs.indices { limbs[index] = -limbs[index] }
      propagate()
    }
    guard let top = limbs.lastIndex(where: { $0 != 0 }) else { return 0 }
    // 96 bits from the top hold the 53 that count; below them only whether anything is set matters.
    var head: UInt128 = 0
    for offset in 0..<3 {
      head = head << 32 | UInt128(top >= offset ? UInt64(limbs[top - offset]) : 0)
    }
    let isSticky = top >= 3 && limbs[0...(top - 3)].contains { $0 != 0 }
    let exponent = 32 * (top - 2) + Self.lowestExponent
    let magnitude = Self.rounded(head, exponent, isSticky)
    return isNegative ? -magnitude : magnitude
  }

  /// `head * 2^exponent` rounded to nearest, ties to even, down to subnormal numbers.
  private static func rounded(_ head: UInt128, _ exponent: Int, _ isSticky: Bool) -> Double {
    let bits = 128 - head.leadingZeroBitCount
    // How many bits of `head` lie below the last one of the result.
    let dropped = max(bits - 53, -1074 - exponent, 0)
    guard dropped > 0 else {
      return Double(sign: .plus, exponent: exponent, significand: Double(UInt64(head)))
    }
    if dropped > 127 { return 0 }
    var kept = UInt64(truncatingIfNeeded: head >> UInt128(dropped))
    let rest = head & ((1 << UInt128(dropped)) - 1)
    let half = UInt128(1) << UInt128(dropped - 1)
    if rest > half || (rest == half && (isSticky || kept & 1 == 1)) { kept += 1 }
    return Double(sign: .plus, exponent: exponent + dropped, significand: Double(kept))
  }
}
