import AnnalsEngine

/// Turns the fields of one column into values and checks its constraints.
struct ColumnReader {
  let field: FieldDefinition
  private let builder: ColumnBuilder
  private let missing: [[UInt8]]
  private let isKey: Bool
  private let isFreeText: Bool
  private let hasLimits: Bool

  init(_ field: FieldDefinition, in schema: TableSchema, budget: MemoryBudget) throws(EngineError) {
    self.field = field
    builder = try ColumnBuilder(type: field.type.valueType, budget: budget)
    missing = (field.missingValues ?? schema.missingValues).map { Array($0.utf8) }
    isKey = schema.primaryKey.contains(field.name)
    let constraints = field.constraints
    isFreeText = field.type == .text && constraints.choices == nil
    hasLimits = constraints.hasLimits
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
      value = try field.type.value(bytes)
    } catch {
      try builder.appendNull()
      if error == .tooLarge { return .numberTooLarge }
      return .notOfType(type: field.type.name, examples: field.type.examples)
    }
    try builder.append(value)
    return hasLimits ? field.constraints.broken(by: value) : nil
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
}
