package import AnnalsEngine

/// Why a text is no value of a type.
package enum CellFailure: Error, Hashable {
  case notOfType
  case tooLarge
}

extension FieldType {
  /// The value that a text stands for, read by the letter: no spaces, no thousands, no guesses.
  package func value(_ bytes: Span<UInt8>) throws(CellFailure) -> Value {
    switch self {
    case .text: return .text(String(decoding: bytes))
    case .integer: return .integer(try Self.integer(bytes))
    case .number: return .number(try Self.number(bytes))
    case .boolean(let trueTexts, let falseTexts):
      let text = String(decoding: bytes)
      if trueTexts.contains(text) { return .boolean(true) }
      if falseTexts.contains(text) { return .boolean(false) }
      throw .notOfType
    case .day:
      guard let day = Day(iso: bytes) else { throw .notOfType }
      return .day(day)
    case .time:
      guard let time = Timestamp(String(decoding: bytes)) else { throw .notOfType }
      return .time(time)
    case .list(let delimiter):
      return .list(Self.split(String(decoding: bytes), by: delimiter))
    }
  }

  /// A whole number, with or without a sign.
  static func integer(_ bytes: Span<UInt8>) throws(CellFailure) -> Int64 {
    guard let shape = NumberShape(bytes), shape.isInteger else { throw .notOfType }
    guard let value = shape.integer else { throw .tooLarge }
    return value
  }

  /// The double nearest to a decimal number; also `NaN`, `INF` and `-INF`, as the Data Package
  /// standard has them, in either case.
  static func number(_ bytes: Span<UInt8>) throws(CellFailure) -> Double {
    guard let shape = NumberShape(bytes) else {
      switch String(decoding: bytes) {
      case "NaN", "nan": return .nan
      case "INF", "inf": return .infinity
      case "-INF", "-inf": return -.infinity
      default: throw .notOfType
      }
    }
    if let value = shape.exactDouble { return value }
    guard let value = Double(String(decoding: bytes)) else { throw .notOfType }
    guard value.isFinite else { throw .tooLarge }
    return value
  }

  /// The parts of a list.
  static func split(_ text: String, by delimiter: String) -> [String] {
    let parts = Array(text.utf8)
    let mark = Array(delimiter.utf8)
    var result: [String] = []
    var start = 0
    var index = 0
    while index < parts.count {
      if parts[index...].starts(with: mark) {
        result.append(String(decoding: parts[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    result.append(String(decoding: parts[start...], as: UTF8.self))
    return result
  }
}
