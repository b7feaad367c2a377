import AnnalsEngine

/// What one value says about the type of its column.
///
/// A column is the first of these that fits every value: boolean (`true` and `false` alone), integer,
/// number, day, time, text. Empty fields are null and fit everything. Nothing is lost on the way: a
/// code with leading zeros (`010`) or a plus sign, and a whole number beyond 64 bits, make the whole
/// column text. A column without values is text.
enum FoundValue {
  case boolean(Bool)
  case integer(Int64)
  /// `hasDigits` is false for `NaN` and the like, of which alone no column of numbers is made.
  case number(Double, hasDigits: Bool)
  case day(Day)
  case time(Timestamp)
  case text

  init(_ bytes: Span<UInt8>) {
    if let shape = NumberShape(bytes) {
      self = Self.number(bytes, shape)
    } else if let day = Day(iso: bytes) {
      self = .day(day)
    } else if bytes.count >= 16, bytes[0] < 0x40, let time = Timestamp(String(decoding: bytes)) {
      self = .time(time)
    } else if bytes.count <= 5, let value = Self.word(String(decoding: bytes)) {
      self = value
    } else {
      self = .text
    }
  }

  var kind: ColumnKind {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .number: .number
    case .day: .day
    case .time: .time
    case .text: .text
    }
  }

  private static func number(_ bytes: Span<UInt8>, _ shape: NumberShape) -> FoundValue {
    if shape.hasLeadingZero || shape.hasPlus { return .text }
    if shape.isInteger {
      guard let integer = shape.integer else { return .text }
      let isMinusZero = integer == 0 && bytes[0] == UInt8(ascii: "-")
      return isMinusZero ? .number(-0.0, hasDigits: true) : .integer(integer)
    }
    guard let number = try? FieldType.number(bytes) else { return .text }
    return .number(number, hasDigits: true)
  }

  private static func word(_ text: String) -> FoundValue? {
    switch text {
    case "true": .boolean(true)
    case "false": .boolean(false)
    default:
      (try? FieldType.number(text.utf8.span)).map { .number($0, hasDigits: false) }
    }
  }
}
