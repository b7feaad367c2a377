import AnnalsEngine

/// What the fields of one column must be, and which of them stand for null.
struct ColumnRule: Sendable {
  let field: FieldDefinition
  /// Whether the type was said, not found out from the values.
  let isDeclared: Bool
  /// Whether an empty field, and no other, is null, and every other value of the type is allowed.
  let isPlain: Bool
  private let missing: [[UInt8]]
  private let isKey: Bool

  init(_ field: FieldDefinition, in schema: TableSchema, isDeclared: Bool) {
    self.field = field
    self.isDeclared = isDeclared
    missing = (field.missingValues ?? schema.missingValues).map { Array($0.utf8) }
    isKey = schema.primaryKey.contains(field.name)
    isPlain = missing == [[]] && !field.constraints.hasLimits
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
    return (value, field.constraints.broken(by: value))
  }

  private func isMissing(_ bytes: Span<UInt8>) -> Bool {
    for text in missing where text.count == bytes.count {
      var index = 0
      while index < text.count, text[index] == bytes[index] { index += 1 }
      if index == text.count { return true }
    }
    return false
  }
}
