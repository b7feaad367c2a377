import AnnalsEngine

/// Values out of the bytes of a field, for the ways of writing them that nearly all files use.
///
/// What these refuse is not wrong: `FieldType.value` and `NumberShape` decide, which are slow and know
/// all ways. All bytes of a field, and eight behind it, can be read.
struct FieldScan {
  /// The powers of ten that a double holds exactly.
  private let powers: Lane<Double>

  /// - Parameter powers: See ``powersOfTen(budget:)``; outlives the value.
  init(powers: Buffer<Double>) { self.powers = Lane(powers) }

  static func powersOfTen(budget: MemoryBudget) throws(EngineError) -> Buffer<Double> {
    var power = 1.0
    let powers = try Buffer<Double>(count: 23, budget: budget)
    for exponent in 0..<23 {
      powers[exponent] = power
      power *= 10
    }
    return powers
  }

  /// A whole number of up to 18 digits, without a plus sign, leading zeros or minus zero.
  @inline(__always) func integer(_ bytes: Lane<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    let isNegative = bytes[start] == 0x2D
    var index = isNegative ? start &+ 1 : start
    let count = end &- index
    guard count > 0, count <= 18 else { return nil }
    if bytes[index] == 0x30, count > 1 || isNegative { return nil }
    var value: Int64 = 0
    while index < end {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int64(digit)
      index &+= 1
    }
    return isNegative ? 0 &- value : value
  }

  /// A decimal number of up to 18 digits, without a plus sign, leading zeros or exponent, that one
  /// division rounds right.
  ///
  /// Source: W. D. Clinger, "How to read floating point numbers accurately" (1990): up to 2^53 and
  /// 10^22 both operands are exact, so that one operation rounds once.
  @inline(__always) func number(_ bytes: Lane<UInt8>, _ start: Int, _ end: Int) -> Double? {
    let isNegative = bytes[start] == 0x2D
    var index = isNegative ? start &+ 1 : start
    guard end &- index > 0, end &- index <= 19 else { return nil }
    let first = index
    var value: UInt64 = 0
    var digit = bytes[index] &- 0x30
    while digit <= 9, index < end {
      value = value &* 10 &+ UInt64(digit)
      index &+= 1
      digit = bytes[index] &- 0x30
    }
    let whole = index &- first
    guard whole > 0, whole == 1 || bytes[first] != 0x30 else { return nil }
    var fraction = 0
    if index < end {
      guard bytes[index] == 0x2E, index &+ 1 < end else { return nil }
      index &+= 1
      fraction = end &- index
      while index < end {
        let digit = bytes[index] &- 0x30
        guard digit <= 9 else { return nil }
        value = value &* 10 &+ UInt64(digit)
        index &+= 1
      }
    }
    guard whole &+ fraction <= 18, value <= 1 << 53 else { return nil }
    let number = Double(value) / powers[fraction]
    return isNegative ? -number : number
  }

  /// The number of a day from year 0 to 9999 as `2022-01-05`, and of nothing else.
  ///
  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
  @inline(__always) func day(_ bytes: Lane<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    guard end &- start == 10 else { return nil }
    // Digits become their values, hyphens zero; the test takes bytes above 9 for what they are.
    let front = bytes.word(start) ^ 0x2D30_302D_3030_3030
    let back = bytes.word(start &+ 2) ^ 0x3030_2D30_302D_3030
    let high: UInt64 = 0x8080_8080_8080_8080
    let nines: UInt64 = 0x7676_7676_7676_7676
    guard ((front &+ nines) | front) & high == 0, ((back &+ nines) | back) & high == 0,
      front & 0xFF00_00FF_0000_0000 == 0
    else { return nil }
    @inline(__always) func digit(_ word: UInt64, _ index: UInt64) -> Int {
      Int(truncatingIfNeeded: (word &>> (index &* 8)) & 0xF)
    }
    let year =
      digit(front, 0) &* 1000 &+ digit(front, 1) &* 100 &+ digit(front, 2) &* 10
      &+ digit(front, 3)
    let month = digit(front, 5) &* 10 &+ digit(front, 6)
    let day = digit(back, 6) &* 10 &+ digit(back, 7)
    guard month >= 1, month <= 12, day >= 1, day <= Self.length(ofMonth: month, year) else {
      return nil
    }
    // Years from March on, moved by a cycle of 400 so that none is negative.
    let shifted = month <= 2 ? year &+ 399 : year &+ 400
    let monthFromMarch = month <= 2 ? month &+ 9 : month &- 3
    let years = 365 &* shifted &+ shifted / 4 &- shifted / 100 &+ shifted / 400
    return Int64(years &+ (monthFromMarch &* 153 &+ 2) / 5 &+ day &- 1 &- 719_468 &- 146_097)
  }

  @inline(__always) private static func length(ofMonth month: Int, _ year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return 30 &+ ((month &+ month / 8) & 1)
  }
}
