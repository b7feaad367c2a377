import AnnalsEngine

/// What the fields of one column must be, and which of them stand for null.
struct ColumnRule: Sendable {
  let field: FieldDefinition
  /// Whether the type was said, not found out from the values.
  let isDeclared: Bool
  /// Whether an empty field, and no other, is null, and every other value of the type is allowed.
  let isPlain: Bool
  private let missing: [[UInt8]]
  private let choiceTexts: [String]?
  private let isKey: Bool

  init(_ field: FieldDefinition, in schema: TableSchema, isDeclared: Bool) {
    self.field = field
    self.isDeclared = isDeclared
    missing = (field.missingValues ?? schema.missingValues).map { Array($0.utf8) }
    choiceTexts = field.constraints.choices.map { $0.map(\.text) }
    isKey = schema.primaryKey.contains(field.name)
    let constraints = field.constraints
    isPlain =
      missing == [[]] && constraints.choices == nil && constraints.minimum == nil
      && constraints.maximum == nil
  }

  /// The rule for a column of text of this name.
  var asText: ColumnRule {
    let field = FieldDefinition(name: field.name, type: .text)
    return ColumnRule(field, in: TableSchema(fields: [field]), isDeclared: true)
  }

  /// What is wrong with a null in the column; nil where it may stand.
  var nullProblem: DataProblem.Reason? {
    isKey ? .missingKey : field.constraints.isRequired ? .missingValue : nil
  }

  /// The value of a field, null where it stands for that or for no value, and what is wrong with it.
  func value(_ bytes: Span<UInt8>) -> (value: Value, problem: DataProblem.Reason?) {
    if isMissing(bytes) { return (.null, nullProblem) }
    let value: Value
    do throws(CellFailure) {
      value = try field.type.value(bytes)
    } catch {
      if error == .tooLarge { return (.null, .numberTooLarge) }
      return (.null, .notOfType(type: field.type.name, examples: field.type.examples))
    }
    return (value, broken(value))
  }

  private func isMissing(_ bytes: Span<UInt8>) -> Bool {
    for text in missing where text.count == bytes.count {
      var index = 0
      while index < text.count, text[index] == bytes[index] { index += 1 }
      if index == text.count { return true }
    }
    return false
  }

  /// The constraint that a value breaks.
  private func broken(_ value: Value) -> DataProblem.Reason? {
    let constraints = field.constraints
    if let choices = constraints.choices, let choiceTexts, !choices.contains(value) {
      let near = NearNames.suggestions(for: value.text, among: choiceTexts)
      return .notAllowed(choices: choiceTexts, near: near)
    }
    if let minimum = constraints.minimum, Self.isLess(value, minimum) {
      return .belowMinimum(minimum.text)
    }
    if let maximum = constraints.maximum, Self.isLess(maximum, value) {
      return .aboveMaximum(maximum.text)
    }
    return nil
  }

  /// Whether one value of an ordered type comes before another of the same type.
  private static func isLess(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.number(let left), .number(let right)): left < right
    case (.day(let left), .day(let right)): left < right
    case (.time(let left), .time(let right)): left < right
    default: false
    }
  }
}
