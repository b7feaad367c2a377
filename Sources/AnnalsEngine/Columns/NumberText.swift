/// How a number is written wherever people or other programs read it.
public enum NumberText {
  /// The shortest digits that read back as the same double; a whole number has no point.
  ///
  /// Infinities are `inf` and `-inf`, and what is not a number is `nan`.
  public static func shortest(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    if value == value.rounded(.towardZero), abs(value) < 1e15 {
      return value == 0 && value.sign == .minus ? "-0" : String(Int64(value))
    }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
