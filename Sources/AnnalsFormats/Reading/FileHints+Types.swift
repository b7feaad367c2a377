extension FileHints {
  private static let typeNames: [(name: String, type: FieldType, order: DayOrder?)] = [
    ("text", .text, nil), ("integer", .integer, nil), ("number", .number, nil),
    ("boolean", .boolean, nil), ("day", .day, nil), ("day-first", .day, .dayFirst),
    ("month-first", .day, .monthFirst), ("time", .time, nil),
  ]

  /// The names that ``setType(_:of:)`` knows.
  public static var types: [String] { typeNames.map(\.name) }

  /// Says what type a column has: one of ``types``. False if there is no such type.
  ///
  /// `day-first` and `month-first` are days of which the text has the day or the month first.
  public mutating func setType(_ name: String, of column: String) -> Bool {
    guard let known = Self.typeNames.first(where: { $0.name == name }) else { return false }
    fields[column] = FieldDefinition(name: column, type: known.type)
    dayOrders[column] = known.order
    return true
  }

  /// Takes types, constraints and missing values from a Table Schema of the Data Package standard, for
  /// the columns that it names. Keys and references need a data package.
  public mutating func takeSchema(from path: String) throws(FormatsError) {
    let descriptor = try PackageFiles(folder: "", access: .anywhere).descriptor(path)
    var reader = SchemaReader(descriptor, table: DatasetLocation.name(of: path))
    let schema = try reader.read()
    for var field in schema.fields {
      if field.missingValues == nil, schema.missingValues != [""] {
        field.missingValues = schema.missingValues
      }
      fields[field.name] = field
      dayOrders[field.name] = nil
    }
  }
}
