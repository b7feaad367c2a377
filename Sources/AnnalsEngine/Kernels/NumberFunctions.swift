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

  static func exponential(_ value: Double) -> Double { Glibc.exp(value) }

  /// The order of numbers in sorts and extremes: NaN comes after all others.
  static func precedes(_ left: Double, _ right: Double) -> Bool {
    left < right || (!left.isNaN && right.isNaN)
  }

  /// A whole number of 64 bits, or nil if it does not fit.
  static func whole(_ value: Double) -> Int64? { Int64(exactly: value) }
}
