extension FixedWidthInteger where Self: SignedInteger {
  /// The quotient rounded towards minus infinity; `divisor` is not 0 and the quotient fits.
  func flooredQuotient(by divisor: Self) -> Self {
    let quotient = self / divisor
    return (self % divisor != 0 && (self < 0) != (divisor < 0)) ? quotient - 1 : quotient
  }

  /// The rest that goes with ``flooredQuotient(by:)``; it has the divisor's sign.
  func flooredRemainder(by divisor: Self) -> Self {
    if divisor == -1 { return 0 }
    let rest = self % divisor
    return (rest != 0 && (rest < 0) != (divisor < 0)) ? rest + divisor : rest
  }
}
