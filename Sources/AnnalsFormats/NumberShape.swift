/// How the text of a decimal number is built: sign, digits, point, digits, exponent.
struct NumberShape {
  /// Neither point nor exponent.
  let isInteger: Bool
  let hasPlus: Bool
  /// A zero that another digit follows, as in `007`.
  let hasLeadingZero: Bool
  /// A point without a digit on either side.
  let hasBarePoint: Bool
  /// The digits before the exponent as one whole number, if it is exact in a double.
  private let mantissa: UInt64?
  private let exponent: Int
  private let isNegative: Bool

  /// Nil if the text is no decimal number.
  init?(_ text: Span<UInt8>) {
    var scan = Scan()
    isNegative = scan.take("-", text)
    hasPlus = !isNegative && scan.take("+", text)
    let startsWithZero = scan.byte(text) == UInt8(ascii: "0")
    let whole = scan.digits(text)
    let hasPoint = scan.take(".", text)
    let fraction = hasPoint ? scan.digits(text) : 0
    guard whole + fraction > 0 else { return nil }
    hasLeadingZero = startsWithZero && whole > 1
    hasBarePoint = hasPoint && (whole == 0 || fraction == 0)
    var power = 0
    let hasExponent = scan.take("e", text) || scan.take("E", text)
    if hasExponent {
      guard let value = scan.exponent(text) else { return nil }
      power = value
    }
    guard scan.index == text.count else { return nil }
    isInteger = !hasPoint && !hasExponent
    mantissa = scan.mantissa
    exponent = power - fraction
  }

  /// The nearest double where plain arithmetic gives it; nil where a careful conversion is needed.
  ///
  /// Source: W. D. Clinger, "How to read floating point numbers accurately" (1990): up to 2^53 and
  /// 10^22 both operands are exact, so that one operation rounds once.
  var exactDouble: Double? {
    guard let mantissa, mantissa <= 1 << 53, abs(exponent) <= 22 else { return nil }
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
    return isNegative ? -value : value
  }

  /// The whole number; nil where there is a point or exponent, or where 64 bits do not hold it.
  var integer: Int64? {
    guard isInteger, let mantissa else { return nil }
    if isNegative { return mantissa <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- mantissa) : nil }
    return Int64(exactly: mantissa)
  }

  /// A position in the text and the digits that were passed.
  private struct Scan {
    var index = 0
    /// Nil once 64 bits do not hold the digits.
    var mantissa: UInt64? = 0

    func byte(_ text: Span<UInt8>) -> UInt8? { index < text.count ? text[index] : nil }

    mutating func take(_ scalar: Unicode.Scalar, _ text: Span<UInt8>) -> Bool {
      guard let byte = byte(text), UInt32(byte) == scalar.value else { return false }
      index += 1
      return true
    }

    mutating func digit(_ text: Span<UInt8>) -> UInt64? {
      guard let byte = byte(text), byte >= 48, byte <= 57 else { return nil }
      index += 1
      return UInt64(byte - 48)
    }

    /// Passes digits into the mantissa and returns how many.
    mutating func digits(_ text: Span<UInt8>) -> Int {
      let start = index
      while let digit = digit(text) {
        guard let known = mantissa else { continue }
        let (tens, high) = known.multipliedReportingOverflow(by: 10)
        let (sum, low) = tens.addingReportingOverflow(digit)
        mantissa = high || low ? nil : sum
      }
      return index - start
    }

    /// The signed digits after `e`, held below a million; nil if there are none.
    mutating func exponent(_ text: Span<UInt8>) -> Int? {
      let isNegative = take("-", text)
      if !isNegative { _ = take("+", text) }
      let start = index
      var value = 0
      while let digit = digit(text) { value = min(value * 10 + Int(digit), 1_000_000) }
      guard index > start else { return nil }
      return isNegative ? -value : value
    }
  }
}
