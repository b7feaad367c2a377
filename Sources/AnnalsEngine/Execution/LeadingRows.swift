/// The first rows of each group by some order, kept while going through all of them once.
///
/// A group's rows stand together, best first; a row that is no better than the last of a full group
/// is refused by one look at a word.
struct LeadingRows {
  /// Past that, finding a row's place among those kept takes longer than sorting.
  static let countLimit = 16

  private let order: RowOrder
  /// What the order compares first, of each row.
  private let words: Buffer<UInt64>
  /// Where the places of each group begin, and where those of the last end. A group has no more places
  /// than rows.
  private let starts: Buffer<Int32>
  private let rows: Buffer<Int32>
  /// How many rows each group has so far.
  private let filled: Buffer<Int32>
  /// The word of the last row of each group that is full, and the greatest word of others.
  private let limits: Buffer<UInt64>

  /// - Parameter count: How many rows of each group; at most ``countLimit``, and not 0.
  init(
    _ count: Int, by order: RowOrder, of groupOfRow: Buffer<Int32>, groupCount: Int,
    budget: MemoryBudget
  ) throws(EngineError) {
    let rowCount = groupOfRow.count
    self.order = order
    if let first = order.firstWords {
      words = first
    } else {
      words = try Buffer(count: rowCount, budget: budget)
    }
    starts = try Buffer(count: groupCount + 1, budget: budget)
    for row in 0..<rowCount {
      if row & 0xFFFF == 0 { try budget.checkStop() }
      starts[Int(groupOfRow[row]) + 1] += 1
    }
    for group in 0..<groupCount {
      starts[group + 1] = starts[group] + min(starts[group + 1], Int32(count))
    }
    rows = try Buffer(count: Int(starts[groupCount]), budget: budget)
    filled = try Buffer(count: groupCount, budget: budget)
    limits = try Buffer(count: groupCount, budget: budget)
    var words = limits.mutableSpan
    for group in 0..<groupCount { words[group] = .max }
  }

  /// Takes in rows that come after all before.
  func add(_ range: Range<Int>, of groupOfRow: Buffer<Int32>) {
    let groups = groupOfRow.span
    let words = words.span
    let limits = limits.span
    for row in range {
      let group = Int(groups[row])
      if words[row] <= limits[group] { insert(row, group) }
    }
  }

  /// The numbers of all rows that were kept, ascending.
  func kept(of rowCount: Int, budget: MemoryBudget) throws(EngineError) -> Buffer<Int32> {
    let isKept = try Bitmap(count: rowCount, budget: budget)
    for group in 0..<filled.count {
      let start = Int(starts[group])
      for place in start..<start + Int(filled[group]) { isKept.set(Int(rows[place])) }
    }
    let numbers = try GrowingBuffer<Int32>(budget: budget)
    for row in 0..<rowCount {
      if row & 0xFFFF == 0 { try budget.checkStop() }
      if isKept[row] { try numbers.append(Int32(row)) }
    }
    return try numbers.finished()
  }

  private func insert(_ row: Int, _ group: Int) {
    let (start, end) = (Int(starts[group]), Int(starts[group + 1]))
    var place = start + Int(filled[group])
    if place < end {
      filled[group] += 1
    } else {
      // Of equal rows the earlier stays.
      guard order.precedes(row, Int(rows[place - 1])) else { return }
      place -= 1
    }
    while place > start, order.precedes(row, Int(rows[place - 1])) {
      rows[place] = rows[place - 1]
      place -= 1
    }
    rows[place] = Int32(row)
    if start + Int(filled[group]) == end { limits[group] = words[Int(rows[end - 1])] }
  }
}
