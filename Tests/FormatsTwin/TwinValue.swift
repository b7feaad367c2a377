package import AnnalsEngine
package import AnnalsFormats

/// The value that a text stands for, read through texts of the standard library.
package enum TwinValue {
  /// - Throws: ``CellFailure`` as the library does.
  package static func value(_ text: String, _ type: FieldType) throws(CellFailure) -> Value {
    switch type {
    case .text: return .text(text)
    case .integer:
      guard let shape = TwinNumberShape(text), shape.isInteger else { throw .notOfType }
      guard let value = Int64(text) else { throw .tooLarge }
      return .integer(value)
    case .number: return .number(try number(text))
    case .boolean(let trueTexts, let falseTexts):
      if trueTexts.contains(text) { return .boolean(true) }
      if falseTexts.contains(text) { return .boolean(false) }
      throw .notOfType
    case .day:
      guard let day = Day(text) else { throw .notOfType }
      return .day(day)
    case .time:
      guard let time = Timestamp(text) else { throw .notOfType }
      return .time(time)
    case .list(let delimiter):
      return .list(
        text.unicodeScalars.split(delimiter).map { String(String.UnicodeScalarView($0)) })
    }
  }

  static func number(_ text: String) throws(CellFailure) -> Double {
    switch text {
    case "NaN", "nan": return .nan
    case "INF", "inf": return .infinity
    case "-INF", "-inf": return -.infinity
    default: break
    }
    guard TwinNumberShape(text) != nil, let value = Double(text) else { throw .notOfType }
    guard value.isFinite else { throw .tooLarge }
    return value
  }
}

extension String.UnicodeScalarView {
  /// The parts between a text, from left to right.
  fileprivate func split(_ delimiter: String) -> [ArraySlice<Unicode.Scalar>] {
    let scalars = Array(self)
    let mark = Array(delimiter.unicodeScalars)
    var parts: [ArraySlice<Unicode.Scalar>] = []
    var start = 0
    var index = 0
    while index < scalars.count {
      if scalars[index...].starts(with: mark) {
        parts.append(scalars[start..<index])
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [scalars[start...]]
  }
}

/// How the text of a decimal number is built.
struct TwinNumberShape {
  let isInteger: Bool
  let hasPlus: Bool
  /// A zero that another digit follows, as in `007`.
  let hasLeadingZero: Bool

  /// Nil if the text is no decimal number.
  init?(_ text: String) {
    let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
      .flatMap { $0.split(separator: "E", omittingEmptySubsequences: false) }
    guard let front = parts.first, parts.count <= 2 else { return nil }
    if parts.count == 2 {
      guard let digits = Self.unsigned(parts[1]), Self.areDigits(digits), !digits.isEmpty else {
        return nil
      }
    }
    guard let unsigned = Self.unsigned(front) else { return nil }
    let halves = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, halves.allSatisfy(Self.areDigits), unsigned != "",
      halves.contains(where: { !$0.isEmpty })
    else { return nil }
    isInteger = halves.count == 1 && parts.count == 1
    hasPlus = front.unicodeScalars.first == "+"
    let whole = halves.first ?? ""
    hasLeadingZero = whole.count > 1 && whole.unicodeScalars.first == "0"
  }

  private static func unsigned(_ text: Substring) -> Substring? {
    let first = text.unicodeScalars.first
    return first == "-" || first == "+" ? Substring(text.unicodeScalars.dropFirst()) : text
  }

  private static func areDigits(_ text: Substring) -> Bool {
    text.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
  }
}
