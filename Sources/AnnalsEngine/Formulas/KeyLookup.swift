/// Looks for what a formula compares references with among the rows that they may name, so that a
/// name in the place of a key is refused instead of finding nothing.
struct KeyLookup {
  private let table: Table
  private let name: String
  private let key: Field

  /// Near keys are looked for in tables of up to so many rows.
  private static let nearKeyLimit = 10_000
  /// What people call the rows of a table, as far as it has these fields.
  private static let nameFields = ["name", "title"]

  /// Nil where any value may stand: the table has no key of one field, or no rows.
  init?(_ name: String, in catalog: Catalog?) {
    guard let entry = catalog?[name], entry.key.count == 1, entry.table.rowCount > 0,
      let key = entry.table.schema[entry.key[0]]
    else { return nil }
    self.name = name
    self.key = key
    table = entry.table
  }

  /// What is wrong with comparing references with a value; nil if nothing is.
  ///
  /// A value from outside may be a key of another dataset, so it is refused only where it is the name
  /// of a row. What is written in a formula must be a key.
  ///
  /// - Parameter path: What leads to the references in the formula.
  func problem(_ value: Value, isWritten: Bool, path: String) -> FormulaProblem? {
    guard value != .null, !holds(value, key) else { return nil }
    let named = Self.nameFields.first { field in
      table.schema[field].map { holds(value, $0) } ?? false
    }
    guard isWritten || named != nil else { return nil }
    return .notAKey(
      value.text, table: name, named: named.map { path + "." + $0 },
      near: named == nil ? near(value) : [], examples: examples)
  }

  private func holds(_ value: Value, _ field: Field) -> Bool {
    guard value.type == field.type else { return false }
    let column = table.columns[field.slot]
    guard case .text(let text) = value else {
      return (0..<column.count).contains { column.value($0) == value }
    }
    let wanted = Array(text.utf8)
    if let texts = column.dictionary?.texts {
      return (0..<texts.count).contains { Self.isEqual(texts[$0], wanted) }
    }
    return (0..<column.count).contains { row in
      guard !column.isNull(row), let (block, index) = column.textLocation(row) else { return false }
      return Self.isEqual(block[index], wanted)
    }
  }

  private static func isEqual(_ bytes: Span<UInt8>, _ wanted: [UInt8]) -> Bool {
    bytes.count == wanted.count && wanted.indices.allSatisfy { bytes[$0] == wanted[$0] }
  }

  private func near(_ value: Value) -> [String] {
    guard table.rowCount <= Self.nearKeyLimit else { return [] }
    let keys = (0..<table.rowCount).map { table.value(row: $0, field: key).text }
    return NearNames.suggestions(for: value.text, among: keys)
  }

  private var examples: [String] {
    (0..<min(table.rowCount, 3)).map { table.value(row: $0, field: key).text }
  }
}
