package import AnnalsEngine

/// On which line of its file each row of a table stands.
///
/// It keeps a pair of numbers only where the distance between row and line changes, which is rare.
package final class RowLines {
  private let rows: GrowingBuffer<Int64>
  private let offsets: GrowingBuffer<Int64>

  package init(budget: MemoryBudget) throws(EngineError) {
    rows = try GrowingBuffer(budget: budget)
    offsets = try GrowingBuffer(budget: budget)
  }

  /// The line of a row, both from their own beginnings: rows from 0, lines from 1.
  package subscript(row: Int) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] <= Int64(row) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? row + 1 : row + Int(offsets[low - 1])
  }

  /// Says on which line a row stands, and those behind it as they follow. Rows come in order.
  package func set(row: Int, line: Int) throws(EngineError) {
    let offset = Int64(line - row)
    if rows.count > 0, offsets[rows.count - 1] == offset { return }
    try rows.append(Int64(row))
    try offsets.append(offset)
  }
}
