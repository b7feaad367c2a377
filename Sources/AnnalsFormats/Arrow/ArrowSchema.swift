/// The columns of an Arrow file and the remarks on it.
///
/// Source: Apache Arrow columnar format, `Schema.fbs`, tables `Schema`, `Field` and `KeyValue`. The
/// numbers of fields and types below are those of the tables and of the union `Type` there.
struct ArrowSchema {
  static let columnLimit = 100_000

  let fields: [ArrowField]
  /// The value of each key; the first where one occurs twice.
  let metadata: [String: String]

  init(_ schema: FlatTable) throws(ArrowProblem) {
    guard try schema.integer(0, default: 0 as Int16) == 0 else { throw .bigEndian }
    var fields: [ArrowField] = []
    var names: Set<String> = []
    for table in try schema.tables(1, limit: Self.columnLimit) {
      let name = try table.text(0) ?? ""
      guard names.insert(name).inserted else { throw .duplicateColumn(name: name) }
      fields.append(try ArrowFieldReader(table, name: name).field())
    }
    self.fields = fields
    var metadata: [String: String] = [:]
    for pair in try schema.tables(2, limit: Self.columnLimit) {
      guard let key = try pair.text(0), metadata[key] == nil else { continue }
      metadata[key] = try pair.text(1) ?? ""
    }
    self.metadata = metadata
  }
}

/// Reads the description of one column.
private struct ArrowFieldReader {
  let table: FlatTable
  let name: String

  init(_ table: FlatTable, name: String) {
    self.table = table
    self.name = name
  }

  func field() throws(ArrowProblem) -> ArrowField {
    let type = try type()
    guard let encoding = try table.table(4) else {
      return ArrowField(name: name, type: type, dictionary: nil)
    }
    guard case .text = type else {
      throw unsupported(
        "dictionary of \(ArrowTypeName.name(try table.integer(2, default: 0)))",
        "write the values themselves, without a dictionary")
    }
    var dictionary = ArrowField.Dictionary(
      id: try encoding.integer(0, default: 0), bits: 32, isSigned: true)
    if let codes = try encoding.table(1) {
      dictionary = ArrowField.Dictionary(
        id: dictionary.id, bits: try bits(codes), isSigned: try codes.boolean(1))
    }
    return ArrowField(name: name, type: type, dictionary: dictionary)
  }

  private func type() throws(ArrowProblem) -> ArrowType {
    let number = try table.integer(2, default: 0 as UInt8)
    guard let type = try table.table(3) else {
      throw .damaged(what: "a column has no type")
    }
    switch number {
    case 1: return .null
    case 2: return .integer(bits: try bits(type), isSigned: try type.boolean(1))
    case 3: return try floatingPoint(type)
    case 5, 20, 24: return .text(try layout(number))
    case 6: return .boolean
    case 8: return try type.integer(0, default: 1 as Int16) == 0 ? .date32 : .date64
    case 10: return .timestamp(try unit(type))
    case 12: return .list(isLarge: false, try elementLayout())
    case 21: return .list(isLarge: true, try elementLayout())
    default:
      throw unsupported(ArrowTypeName.name(number), ArrowTypeName.fix(number))
    }
  }

  private func bits(_ type: FlatTable) throws(ArrowProblem) -> Int {
    let bits = Int(try type.integer(0, default: 0 as Int32))
    guard [8, 16, 32, 64].contains(bits) else {
      throw .damaged(what: "an integer of \(bits) bits")
    }
    return bits
  }

  private func floatingPoint(_ type: FlatTable) throws(ArrowProblem) -> ArrowType {
    switch try type.integer(0, default: 0 as Int16) {
    case 1: return .number(bits: 32)
    case 2: return .number(bits: 64)
    default: throw unsupported("float16", "write it as float32 or float64")
    }
  }

  private func unit(_ type: FlatTable) throws(ArrowProblem) -> ArrowType.TimeUnit {
    guard let unit = ArrowType.TimeUnit(rawValue: try type.integer(0, default: 0)) else {
      throw .damaged(what: "a time of an unknown unit")
    }
    return unit
  }

  private func layout(_ number: UInt8) throws(ArrowProblem) -> ArrowType.TextLayout {
    switch number {
    case 5: .offsets32
    case 20: .offsets64
    default: .views
    }
  }

  /// The layout of a list's elements, which must be plain texts.
  private func elementLayout() throws(ArrowProblem) -> ArrowType.TextLayout {
    let children = try table.tables(5, limit: 1)
    guard let element = children.first else { throw .damaged(what: "a list has no elements") }
    let number = try element.integer(2, default: 0 as UInt8)
    guard [5, 20, 24].contains(number), try element.table(4) == nil else {
      let name = try element.table(4) == nil ? ArrowTypeName.name(number) : "dictionary"
      throw unsupported("list of \(name)", "write it as a list of texts without a dictionary")
    }
    return try layout(number)
  }

  private func unsupported(_ type: String, _ fix: String) -> ArrowProblem {
    .unsupportedType(column: name, type: type, fix: fix)
  }
}

/// What Arrow's types are called, and what to do about those that are not read.
private enum ArrowTypeName {
  private static let names = [
    "none", "null", "int", "float", "binary", "utf8", "bool", "decimal", "date", "time",
    "timestamp", "interval", "list", "struct", "union", "fixed_size_binary", "fixed_size_list",
    "map", "duration", "large_binary", "large_utf8", "large_list", "run_end_encoded",
    "binary_view", "utf8_view", "list_view", "large_list_view",
  ]

  static func name(_ number: UInt8) -> String {
    Int(number) < names.count ? names[Int(number)] : "number \(number)"
  }

  static func fix(_ number: UInt8) -> String {
    switch number {
    case 4, 15, 19, 23: "write it as a text, or leave it out"
    case 7: "write it as float64, or as a text to keep all digits"
    case 9, 11, 18: "write it as a number of one unit, or as a text"
    case 13: "write its fields as columns of their own"
    case 16, 25, 26: "write it as a list of texts"
    case 22: "write the values themselves, without runs"
    default: "leave it out, or write it as a text"
    }
  }
}
