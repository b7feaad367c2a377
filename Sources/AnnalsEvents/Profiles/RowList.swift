import AnnalsEngine

/// Some rows of a file, in order.
struct RowList: Sendable {
  let count: Int
  /// Nil where it is all rows.
  private let rows: Buffer<Int32>?

  /// All rows of a file.
  init(all count: Int) {
    self.count = count
    rows = nil
  }

  init(_ rows: Buffer<Int32>) {
    count = rows.count
    self.rows = rows
  }

  subscript(place: Int) -> Int { rows.map { Int($0[place]) } ?? place }

  /// The values at the rows; the column itself where it is all rows.
  func gathered(_ column: Column, _ budget: MemoryBudget) throws(EngineError) -> Column {
    guard let rows else { return column }
    return try column.gathered(rows, budget: budget)
  }
}
