/// How a number is written wherever people or other programs read it.
public enum NumberText {
  /// Reads a decimal number with or without a sign, a fraction and an exponent; nil for anything else,
  /// and for what is too large.
  static func number(_ text: String) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
    }
    guard isDecimal, let value = Double(text), value.isFinite else { return nil }
    return value
  }

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
