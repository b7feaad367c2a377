import Glibc

/// Functions of numbers whose results do not depend on the machine's settings.
enum NumberFunctions {
  /// The rest of a floored division; it has the divisor's sign, as in Lua.
  static func flooredRemainder(_ value: Double, _ divisor: Double) -> Double {
    let rest = fmod(value, divisor)
    return rest != 0 && (rest < 0) != (divisor < 0) ? rest + divisor : rest
  }

  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  static func logarithm(_ value: Double) -> Double { Glibc.log(value) }

  /// The nearest number of so many decimals; halves go away from zero.
  ///
  /// What decides is the value as it is, not its product with the scale: 2.675 is a little less than it
  /// looks, but `2.675 * 100` gives 267.5.
  ///
  /// - Parameter scale: 10 to the number of decimals, at most 10^15.
  static func rounded(_ value: Double, scale: Double) -> Double {
    let scaled = value.magnitude * scale
    // From 2^53 on the next number is further away than the next decimal.
    guard scaled < 0x1p53 else { return value }
    let whole = scaled.rounded(.down)
    // The part of the exact product that `scaled` has lost. It matters on a half, and from 2^52 on, where
    // it is the fraction.
    let lost = (-scaled).addingProduct(value.magnitude, scale)
    let fraction = scaled - whole
    let goesUp = fraction > 0.5 || fraction == 0.5 && lost >= 0 || lost >= 0.5
    let result = (goesUp ? whole + 1 : whole) / scale
    return value < 0 && result > 0 ? -result : result
  }

  static func exponential(_ value: Double) -> Double { Glibc.exp(value) }

  /// The order of numbers in sorts and extremes: NaN comes after all others.
  static func precedes(_ left: Double, _ right: Double) -> Bool {
    left < right || (!left.isNaN && right.isNaN)
  }

  /// A whole number of 64 bits, or nil if it does not fit.
  static func whole(_ value: Double) -> Int64? { Int64(exactly: value) }
}
