import AnnalsEngine

/// A number that stands in some columns for nothing known, as the publisher's codebook has it.
struct Sentinel: Sendable {
  let value: Int
  /// What it means: `unknown`.
  let meaning: String
  /// Names of columns, folded.
  let columns: Set<String>

  /// Whether a row of a column holds it.
  func stands(in column: FlatColumn, _ row: Int) -> Bool {
    column.number(row) == Double(value)
  }

  /// A column with null where one of some sentinels stands.
  static func nulling(
    _ sentinels: [Sentinel], in column: Column, _ budget: MemoryBudget, _ stop: StopFlag
  ) throws(EngineError) -> Column {
    let values = Set(sentinels.map { Double($0.value) })
    let flat = FlatColumn(column)
    let known = try Bitmap(count: column.count, budget: budget)
    var found = false
    for row in 0..<column.count {
      if row & 0xFFFF == 0, stop.isRaised { throw .stopped }
      if column.isNull(row) { continue }
      if let number = flat.number(row), values.contains(number) {
        found = true
      } else {
        known.set(row)
      }
    }
    guard found else { return column }
    return Column(
      type: column.type, count: column.count, storage: column.storage, validity: known)
  }
}
