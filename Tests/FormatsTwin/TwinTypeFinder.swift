import AnnalsEngine
package import AnnalsFormats

/// Finds the types of a file's columns from all their values, for files that come without a schema.
///
/// A column is the first of these that fits every value: boolean (`true` and `false` alone), integer,
/// number, day, time, text. Empty fields are null and fit everything. Nothing is lost on the way: a
/// code with leading zeros (`010`) or a plus sign, and a whole number beyond 64 bits, make the whole
/// column text. A column without values is text.
package enum TwinTypeFinder {
  /// Reads a whole file and returns a schema for it; what is wrong with its rows is left to
  /// ``TableReader``.
  ///
  /// A repeated column name is kept once. Without a header the columns are `column1`, `column2`, ….
  package static func schema(
    of source: TwinSource, dialect: DelimitedDialect, hints: FileHints? = nil,
    recordByteLimit: Int = 1 << 26
  ) -> TableSchema {
    let reader = TwinDelimitedReader(source, dialect: dialect, recordByteLimit: recordByteLimit)
    guard reader.next(), !reader.record.isTooLong else {
      var schema = TableSchema(fields: [])
      if case .names(let given, _)? = hints?.header {
        schema.fields = given.map { FieldDefinition(name: $0, type: .text) }
      }
      schema.missingValues += hints?.missingTexts ?? []
      return schema
    }
    var count = reader.record.fieldCount
    var names = (1...count).map { "column\($0)" }
    if case .names(let given, _)? = hints?.header { names = given }
    count = names.count
    let missing = hints?.missingTexts ?? []
    var columns = Array(repeating: TypeCandidates(missing: missing), count: count)
    if dialect.hasHeader {
      names = (0..<count).map(reader.record.text)
      if hints != nil {
        names = TwinHeader.distinct(names).names
        if reader.next(), !TwinHeader.isTags(reader.record) {
          if !reader.record.isTooLong { narrow(&columns, by: reader.record) }
        }
      }
    } else {
      narrow(&columns, by: reader.record)
    }
    while reader.next(), !reader.record.isTooLong { narrow(&columns, by: reader.record) }
    var fields: [FieldDefinition] = []
    var known: Set<String> = []
    for (name, column) in zip(names, columns) where known.insert(name).inserted {
      fields.append(FieldDefinition(name: name, type: column.type))
    }
    var schema = TableSchema(fields: fields)
    schema.missingValues += hints?.missingTexts ?? []
    return schema
  }

  private static func narrow(_ columns: inout [TypeCandidates], by record: TwinRecord) {
    for field in 0..<min(record.fieldCount, columns.count) {
      columns[field].narrow(by: record.bytes.span.extracting(record.range(field)))
    }
  }
}

/// The types that all values of a column fit so far.
private struct TypeCandidates {
  /// Texts that fit every type.
  private let missing: [String]
  private var hasValues = false
  private var hasDigits = false
  private var isBoolean = true
  private var isInteger = true
  private var isNumber = true
  private var isDay = true
  private var isTime = true

  init(missing: [String]) { self.missing = missing }

  var type: FieldType {
    guard hasValues else { return .text }
    if isBoolean { return .boolean(trueTexts: ["true"], falseTexts: ["false"]) }
    if isInteger { return .integer }
    if isNumber && hasDigits { return .number }
    if isDay { return .day }
    return isTime ? .time : .text
  }

  mutating func narrow(by bytes: Span<UInt8>) {
    guard bytes.count > 0, !missing.contains(String(decoding: bytes)) else { return }
    hasValues = true
    if isBoolean { isBoolean = Self.isBoolean(bytes) }
    if isNumber { narrowNumber(by: String(decoding: bytes)) }
    if isDay { isDay = Day(iso: bytes) != nil }
    if isTime {
      isTime = bytes.count >= 16 && bytes[0] < 0x40 && Timestamp(String(decoding: bytes)) != nil
    }
  }

  private mutating func narrowNumber(by text: String) {
    guard let shape = TwinNumberShape(text) else {
      isInteger = false
      isNumber = (try? TwinValue.number(text)) != nil
      return
    }
    hasDigits = true
    if shape.hasLeadingZero || shape.hasPlus || (shape.isInteger && Int64(text) == nil) {
      isInteger = false
      isNumber = false
      return
    }
    if isInteger { isInteger = shape.isInteger && text != "-0" }
    if !shape.isInteger { isNumber = (try? TwinValue.number(text)) != nil }
  }

  private static func isBoolean(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == 4 || bytes.count == 5 else { return false }
    let text = String(decoding: bytes)
    return text == "true" || text == "false"
  }
}
