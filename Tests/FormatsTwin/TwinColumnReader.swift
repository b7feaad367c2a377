import AnnalsEngine
import AnnalsFormats

/// Turns the fields of one column into values and checks its constraints.
struct TwinColumnReader {
  let field: FieldDefinition
  private let builder: ColumnBuilder
  private let missing: [[UInt8]]
  private let choiceTexts: [String]?
  private let isKey: Bool
  private let isFreeText: Bool
  private let hasLimits: Bool

  init(
    _ field: FieldDefinition, in schema: TableSchema, budget: MemoryBudget, dictionaryLimit: Int
  ) throws(EngineError) {
    self.field = field
    builder = try ColumnBuilder(
      type: field.type.valueType, budget: budget, dictionaryLimit: dictionaryLimit)
    missing = (field.missingValues ?? schema.missingValues).map { Array($0.utf8) }
    choiceTexts = field.constraints.choices.map { $0.map(\.text) }
    isKey = schema.primaryKey.contains(field.name)
    let constraints = field.constraints
    isFreeText = field.type == .text && constraints.choices == nil
    hasLimits =
      constraints.choices != nil || constraints.minimum != nil || constraints.maximum != nil
  }

  /// Takes a field of a row; what is wrong with it is returned, and counts as null.
  func append(_ bytes: Span<UInt8>) throws(EngineError) -> DataProblem.Reason? {
    if isMissing(bytes) {
      try builder.appendNull()
      return isKey ? .missingKey : field.constraints.isRequired ? .missingValue : nil
    }
    if isFreeText {
      try builder.append(text: bytes)
      return nil
    }
    let value: Value
    do throws(CellFailure) {
      value = try TwinValue.value(String(decoding: bytes), field.type)
    } catch {
      try builder.appendNull()
      if error == .tooLarge { return .numberTooLarge }
      return .notOfType(type: field.type.name, examples: field.type.examples)
    }
    // Text stays as it is in the file, even if it is not UTF-8.
    if field.type == .text { try builder.append(text: bytes) } else { try builder.append(value) }
    return hasLimits ? broken(value) : nil
  }

  /// Fills in for a field that a short row lacks, which is reported elsewhere.
  func appendNull() throws(EngineError) { try builder.appendNull() }

  func finished() throws(EngineError) -> Column { try builder.finished() }

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
