import AnnalsEngine

/// What the values of a column are kept as while it is read.
enum ColumnKind: Hashable, Sendable {
  /// No value was seen yet.
  case none
  case boolean, integer, number, day, time
  /// Also lists, which are divided at the end.
  case text

  init(_ type: FieldType) {
    switch type {
    case .text, .list: self = .text
    case .integer: self = .integer
    case .number: self = .number
    case .boolean: self = .boolean
    case .day: self = .day
    case .time: self = .time
    }
  }

  /// The kind that holds the values of both: the first type in the order of ``FoundValue`` that fits
  /// them; nil where that is text and one of them is not, so that its texts must be read again.
  func joined(with other: ColumnKind) -> ColumnKind? {
    switch (self, other) {
    case (.none, let kind), (let kind, .none): kind
    case (.integer, .number), (.number, .integer): .number
    default: self == other ? self : nil
    }
  }

  /// The type of a column whose type is found out from its values.
  var foundType: FieldType {
    switch self {
    case .none, .text: .text
    case .boolean: .boolean(trueTexts: ["true"], falseTexts: ["false"])
    case .integer: .integer
    case .number: .number
    case .day: .day
    case .time: .time
    }
  }
}
