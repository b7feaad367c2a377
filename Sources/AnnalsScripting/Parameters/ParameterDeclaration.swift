public import AnnalsEngine

/// A parameter that a script declares with `params`.
public struct ParameterDeclaration: Hashable, Sendable {
  public let name: String
  public let type: ValueType
  /// Null where it has none.
  public let defaultValue: Value
  /// The values that may be given; nil where any may.
  public let choices: [String]?
  public let isRequired: Bool
  public let help: String?

  /// The types that a parameter may have.
  static let types: [ValueType] = [.text, .integer, .number, .boolean, .day, .list]

  /// Reads a value as it was given on a command line; nil if it is none of the type.
  func value(_ text: String) -> Value? {
    switch type {
    case .integer: Int64(text).map { .integer($0) }
    case .number: Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case .boolean: ["true": .boolean(true), "false": .boolean(false)][text]
    case .day: Day(text).map { .day($0) }
    case .list:
      .list(text.isEmpty ? [] : text.split(separator: ",").map(String.init))
    default: .text(text)
    }
  }
}
