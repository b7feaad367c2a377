/// Finds the order of rows by the values of some columns.
struct RowOrder {
  /// A column as whole numbers that compare as its values do.
  private struct Key {
    let ranks: Buffer<Int64>
    let column: Column
    let isDescending: Bool
  }

  private let keys: [Key]
  private let context: RunContext

  init(
    _ columns: [(column: Column, isDescending: Bool)], context: RunContext
  ) throws(EngineError) {
    self.context = context
    var keys: [Key] = []
    for (column, isDescending) in columns {
      keys.append(
        Key(
          ranks: try Self.ranks(column, context.budget), column: column,
          isDescending: isDescending))
    }
    self.keys = keys
  }

  /// The row numbers in order: stable, nulls last.
  func sorted(count: Int) throws(EngineError) -> Buffer<Int32> {
    let rows = try Buffer<Int32>(count: count, budget: context.budget)
    for row in 0..<count { rows[row] = Int32(row) }
    try sort(rows)
    return rows
  }

  /// The first of so many rows in order: as ``sorted(count:)`` gives them, without sorting the rest.
  func first(_ wanted: Int, of count: Int) throws(EngineError) -> Buffer<Int32> {
    // Past that, keeping the best in a heap takes longer than sorting.
    guard wanted < count / 4 else {
      let all = try sorted(count: count)
      let first = try Buffer<Int32>(count: min(wanted, count), budget: context.budget)
      first.copy(from: all, start: 0, count: first.count, at: 0)
      return first
    }
    let heap = try Buffer<Int32>(count: wanted, budget: context.budget)
    for row in 0..<wanted { heap[row] = Int32(row) }
    for position in (0..<wanted / 2).reversed() { sink(position, heap) }
    for row in wanted..<count where wanted > 0 {
      if row & 0xFFFF == 0 { try context.stop.check() }
      // Equal rows keep their order: a later one never takes the place of an earlier one.
      guard precedes(row, Int(heap[0])) else { continue }
      heap[0] = Int32(row)
      sink(0, heap)
    }
    try MergeSort.sort(heap, budget: context.budget, poll: context.stop.check, precedes: isBefore)
    return heap
  }

  /// Whether a row comes before another, of equal ones the earlier.
  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    precedes(left, right) || (left < right && !precedes(right, left))
  }

  /// Moves a row down a heap that has the last row on top.
  private func sink(_ position: Int, _ heap: Buffer<Int32>) {
    var position = position
    while true {
      var last = position
      for child in [2 * position + 1, 2 * position + 2] where child < heap.count {
        if isBefore(Int(heap[last]), Int(heap[child])) { last = child }
      }
      if last == position { return }
      (heap[position], heap[last]) = (heap[last], heap[position])
      position = last
    }
  }

  /// Puts some rows in order.
  func sort(_ rows: Buffer<Int32>) throws(EngineError) {
    try MergeSort.sort(rows, budget: context.budget, poll: context.stop.check) { left, right in
      precedes(left, right)
    }
  }

  /// Whether a row must come before another.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    for key in keys {
      let leftIsNull = key.column.isNull(left)
      let rightIsNull = key.column.isNull(right)
      if leftIsNull || rightIsNull {
        if leftIsNull == rightIsNull { continue }
        return rightIsNull
      }
      let first = key.ranks[left]
      let second = key.ranks[right]
      if first != second { return key.isDescending ? first > second : first < second }
    }
    return false
  }

  /// Whole numbers that compare as the column's values do.
  static func ranks(
    _ column: Column, _ budget: MemoryBudget
  ) throws(EngineError) -> Buffer<Int64> {
    let result = try Buffer<Int64>(count: column.count, budget: budget)
    switch column.storage {
    case .double(let values):
      for row in 0..<column.count { result[row] = NumberOrder.key(values[row]) }
    case .boolean(let bits):
      for row in 0..<column.count { result[row] = bits[row] ? 1 : 0 }
    case .codes8, .codes16, .codes32: try fillTextRanks(column, result, budget)
    case .text: try fillTextRanks(try column.withDictionary(budget), result, budget)
    case .reference(let rows, let target):
      let keys = try ranks(target.keys, budget)
      for row in 0..<column.count where !column.isNull(row) { result[row] = keys[Int(rows[row])] }
    case .int8, .int16, .int32, .int64, .list:
      for row in 0..<column.count { result[row] = column.integer(row) }
    }
    return result
  }

  private static func fillTextRanks(
    _ column: Column, _ result: Buffer<Int64>, _ budget: MemoryBudget
  ) throws(EngineError) {
    guard let dictionary = column.dictionary else { return }
    let ranks = try dictionary.ranks(budget: budget)
    for row in 0..<column.count where !column.isNull(row) {
      guard let location = column.textLocation(row) else { continue }
      result[row] = Int64(ranks[location.index])
    }
  }
}

extension Column {
  /// A text column with a dictionary.
  func withDictionary(_ budget: MemoryBudget) throws(EngineError) -> Column {
    guard case .text(let block) = storage else { return self }
    let interner = try TextInterner(budget: budget)
    let codes = try Buffer<Int32>(count: count, budget: budget)
    for row in 0..<count where !isNull(row) {
      codes[row] = Int32(try interner.code(for: block[row]))
    }
    return Column(
      type: .text, count: count, storage: .codes32(codes, try interner.finished()),
      validity: validity)
  }
}
