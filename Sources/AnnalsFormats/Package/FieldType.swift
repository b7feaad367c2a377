package import AnnalsEngine

/// How the texts of a column are read.
package enum FieldType: Hashable, Sendable {
  case text
  case integer
  case number
  case boolean(trueTexts: [String], falseTexts: [String])
  case day
  case time
  /// Texts with a delimiter between them.
  case list(delimiter: String)

  /// A boolean with the texts of the Data Package standard.
  package static let boolean = FieldType.boolean(
    trueTexts: ["true", "True", "TRUE", "1"], falseTexts: ["false", "False", "FALSE", "0"])

  /// The type that the column has in a table.
  package var valueType: ValueType {
    switch self {
    case .text: .text
    case .integer: .integer
    case .number: .number
    case .boolean: .boolean
    case .day: .day
    case .time: .time
    case .list: .list
    }
  }

  /// What it is called in messages.
  package var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .day: "day"
    case .time: "time"
    case .list: "list"
    }
  }

  /// Texts that it does read.
  package var examples: [String] {
    switch self {
    case .text: ["text"]
    case .integer: ["12", "-3"]
    case .number: ["12", "-0.5", "1e9"]
    case .boolean(let trueTexts, let falseTexts):
      [trueTexts.first, falseTexts.first].compactMap { $0 }
    case .day: ["2022-01-05"]
    case .time: ["2022-01-05T10:30:00Z"]
    case .list(let delimiter): ["one\(delimiter)two"]
    }
  }
}
