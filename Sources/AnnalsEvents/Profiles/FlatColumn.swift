import AnnalsEngine

/// A column of a publisher's file, whose values can be asked for as what they mean, whatever type they
/// were found to have. One that the file lacks has nulls alone. A class, since rows are asked one by one of
/// lists of columns, and copying a column counts several references.
final class FlatColumn: Sendable {
  let column: Column?

  init(_ column: Column?) { self.column = column }

  /// Converted values are remembered for up to so many different ones.
  private static let memoLimit = 1 << 16

  func isNull(_ row: Int) -> Bool { column?.isNull(row) ?? true }

  /// How the value was written, but for zeros and the like; nil for null.
  func text(_ row: Int) -> String? {
    guard let column, !column.isNull(row) else { return nil }
    return column.value(row).text
  }

  /// A number, of a day or time one that grows with it; nil for null and for what is none.
  func number(_ row: Int) -> Double? {
    guard let column else { return nil }
    switch column.value(row) {
    case .integer(let value): return Double(value)
    case .number(let value): return value.isFinite ? value : nil
    case .day(let value): return Double(value.number)
    case .time(let value): return Double(value.microseconds)
    case .text(let text): return Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: return nil
    }
  }

  /// A whole number; nil for null and for what is none.
  func integer(_ row: Int) -> Int64? {
    guard let column else { return nil }
    if case .integer(let value) = column.value(row) { return value }
    return number(row).flatMap { Int64(exactly: $0) }
  }

  /// The parts of a list that is written as one text, without space around them and without empty ones.
  func list(_ row: Int, separator: Character = ";") -> [String] {
    (text(row) ?? "").split(separator: separator).map(Self.trimmed).filter { !$0.isEmpty }
  }

  static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// Rows with equal numbers have equal values; nil where comparing needs the values themselves.
  private func code(_ row: Int) -> Int? {
    guard let column else { return nil }
    if column.dictionary != nil { return column.textLocation(row)?.index }
    switch column.type {
    case .integer, .day: return Int(column.integer(row))
    default: return nil
    }
  }

  /// What becomes of the values of some rows. Null stays null and is not asked about.
  ///
  /// - Parameter convert: Is asked about a row for each different value, or more often.
  func converted(
    _ rows: RowList, to type: ValueType, in file: FlatFile,
    _ convert: (FlatColumn, Int) -> Value
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: type, budget: file.budget)
    var memo: [Int: Value] = [:]
    try file.forEach(rows.count) { place throws(EngineError) in
      let row = rows[place]
      guard !isNull(row) else { return try builder.appendNull() }
      let code = code(row)
      if let code, let known = memo[code] { return try builder.append(known) }
      let value = convert(self, row)
      if let code, memo.count < Self.memoLimit { memo[code] = value }
      try builder.append(value)
    }
    return try builder.finished()
  }

  /// The days of some rows; see ``DayText``.
  func days(_ rows: RowList, in file: FlatFile) throws(EngineError) -> Column {
    if let column, column.type == .day { return try rows.gathered(column, file.budget) }
    return try converted(rows, to: .day, in: file) { $0.day($1).map(Value.day) ?? .null }
  }

  /// The day of a row; nil for null and for what is none.
  func day(_ row: Int) -> Day? {
    guard let column else { return nil }
    if case .day(let day) = column.value(row) { return day }
    return text(row).flatMap(DayText.day)
  }

  /// Degrees of latitude or longitude of some rows, also where a comma stands for the point.
  func coordinates(_ rows: RowList, in file: FlatFile) throws(EngineError) -> Column {
    if let column, column.type == .number { return try rows.gathered(column, file.budget) }
    return try converted(rows, to: .number, in: file) {
      $0.coordinate($1).map(Value.number) ?? .null
    }
  }

  /// The degrees of a row; nil for null and for what is no number.
  func coordinate(_ row: Int) -> Double? {
    if let number = number(row) { return number }
    return text(row).flatMap { Double($0.replacing(",", with: ".")) }.flatMap {
      $0.isFinite ? $0 : nil
    }
  }

  /// The texts of some rows.
  func texts(_ rows: RowList, in file: FlatFile) throws(EngineError) -> Column {
    if let column, column.type == .text { return try rows.gathered(column, file.budget) }
    return try converted(rows, to: .text, in: file) { $0.text($1).map(Value.text) ?? .null }
  }

  /// Adds to the bytes of a key what tells the value from others of this column, be it only a code.
  func appendCode(_ row: Int, to bytes: inout [UInt8]) {
    guard let column, !column.isNull(row) else { return bytes.append(0) }
    bytes.append(1)
    switch column.type {
    case .integer, .day: Self.append(UInt64(bitPattern: column.integer(row)), to: &bytes)
    case .number: Self.append(number(row).map(\.bitPattern) ?? 0, to: &bytes)
    default:
      guard column.dictionary != nil, let code = column.textLocation(row)?.index else {
        return appendKey(row, to: &bytes)
      }
      Self.append(UInt64(code), to: &bytes)
    }
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  /// Adds the value to the bytes of a key, with a mark behind it.
  func appendKey(_ row: Int, to bytes: inout [UInt8]) {
    if let column, !column.isNull(row) {
      if let (block, index) = column.textLocation(row) {
        let text = block[index]
        for position in text.indices { bytes.append(text[position]) }
      } else {
        bytes.append(contentsOf: column.value(row).text.utf8)
      }
    } else {
      bytes.append(0)
    }
    bytes.append(Self.keyMark)
  }

  /// Stands in no UTF-8.
  private static let keyMark: UInt8 = 0xFF
}
