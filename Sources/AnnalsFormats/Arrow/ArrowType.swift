import AnnalsEngine

/// The types of Arrow columns that can be read.
///
/// Source: Apache Arrow columnar format, `Schema.fbs`, union `Type`.
enum ArrowType: Hashable, Sendable {
  case null
  case integer(bits: Int, isSigned: Bool)
  case number(bits: Int)
  case boolean
  case text(TextLayout)
  /// Days since 1970-01-01 in 32 bits.
  case date32
  /// Milliseconds in 64 bits, of whole days.
  case date64
  case timestamp(TimeUnit)
  /// Texts; `isLarge` for offsets of 64 bits.
  case list(isLarge: Bool, TextLayout)

  /// How the bytes of texts stand.
  enum TextLayout: Hashable, Sendable {
    /// One after another, with offsets of 32 or of 64 bits.
    case offsets32, offsets64
    /// Each with its length and place.
    case views
  }

  enum TimeUnit: Int16, Hashable, Sendable {
    case second, millisecond, microsecond, nanosecond
  }

  /// The type of the column here.
  var valueType: ValueType {
    switch self {
    case .null, .text: .text
    case .integer: .integer
    case .number: .number
    case .boolean: .boolean
    case .date32, .date64: .day
    case .timestamp: .time
    case .list: .list
    }
  }
}

/// A column as the file's schema describes it.
struct ArrowField: Hashable, Sendable {
  let name: String
  let type: ArrowType
  /// Set where the values are codes of a dictionary, which is of `type`.
  let dictionary: Dictionary?

  struct Dictionary: Hashable, Sendable {
    let id: Int64
    /// 8, 16, 32 or 64.
    let bits: Int
    let isSigned: Bool
  }
}
