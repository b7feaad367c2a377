import AnnalsEngine

/// What the fields of one column must be, and which of them stand for null.
struct ColumnRule: Sendable {
  let field: FieldDefinition
  /// Whether the type was said, not found out from the values.
  let isDeclared: Bool
  /// Whether an empty field, and no other, is null, and every other value of the type is allowed.
  let isPlain: Bool
  /// What else than an empty field is null.
  let markers: [[UInt8]]
  /// How long the longest of them is.
  let markerLength: Int
  private let isEmptyMissing: Bool
  private let isKey: Bool

  init(_ field: FieldDefinition, in schema: TableSchema, isDeclared: Bool) {
    self.field = field
    self.isDeclared = isDeclared
    let missing = field.missingValues ?? schema.missingValues
    markers = missing.filter { !$0.isEmpty }.map { Array($0.utf8) }
    markerLength = markers.map(\.count).max() ?? 0
    isEmptyMissing = missing.contains("")
    isKey = schema.primaryKey.contains(field.name)
    let constraints = field.constraints
    // A marker such as -99 would be taken for a value on the quick way, unless that is of texts.
    let hidesMarker = field.type != .text || !isDeclared
    let areMarkersPlain =
      markers.isEmpty
      || (!isKey && !constraints.isRequired
        && !(hidesMarker && markers.contains(where: Self.isNumeric)))
    isPlain = isEmptyMissing && !constraints.hasLimits && areMarkersPlain
  }

  private static func isNumeric(_ marker: [UInt8]) -> Bool {
    marker[0] == UInt8(ascii: "-") || (0x30...0x39).contains(marker[0])
  }

  /// The rule for a column of text of this name.
  var asText: ColumnRule {
    var text = FieldDefinition(name: field.name, type: .text)
    text.missingValues =
      (isEmptyMissing ? [""] : []) + markers.map { String(decoding: $0, as: UTF8.self) }
    return ColumnRule(text, in: TableSchema(fields: [text]), isDeclared: true)
  }

  /// The rule for a column of text in which a marker is a value.
  func keeping(_ marker: Int) -> ColumnRule {
    var text = asText.field
    text.missingValues?.removeAll { Array($0.utf8) == markers[marker] }
    return ColumnRule(text, in: TableSchema(fields: [text]), isDeclared: true)
  }

  /// What is wrong with a null in the column; nil where it may stand.
  var nullProblem: DataProblem.Reason? {
    isKey ? .missingKey : field.constraints.isRequired ? .missingValue : nil
  }

  /// The value of a field, null where it stands for that or for no value, and what is wrong with it.
  func value(_ bytes: Span<UInt8>) -> (value: Value, problem: DataProblem.Reason?) {
    if bytes.isEmpty ? isEmptyMissing : marker(bytes) != nil { return (.null, nullProblem) }
    let value: Value
    do throws(CellFailure) {
      value = try field.type.value(bytes)
    } catch {
      if error == .tooLarge { return (.null, .numberTooLarge) }
      return (.null, .notOfType(type: field.type.name, examples: field.type.examples))
    }
    return (value, field.constraints.broken(by: value))
  }

  /// Which of the markers a field is, if any.
  func marker(_ bytes: Span<UInt8>) -> Int? {
    guard bytes.count <= markerLength else { return nil }
    for (number, text) in markers.enumerated() where text.count == bytes.count {
      var index = 0
      while index < text.count, text[index] == bytes[index] { index += 1 }
      if index == text.count { return number }
    }
    return nil
  }
}
