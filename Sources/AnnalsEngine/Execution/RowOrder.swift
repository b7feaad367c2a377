/// Finds the order of rows by the values of some columns: stable, nulls last.
struct RowOrder {
  private let keys: SortWords
  private let context: RunContext

  init(
    _ columns: [(column: Column, isDescending: Bool)], context: RunContext
  ) throws(EngineError) {
    self.context = context
    keys = try SortWords(columns, context: context)
  }

  /// What is compared first, of each row; nil if all rows are equal.
  var firstWords: Buffer<UInt64>? { keys.words.first }

  /// The row numbers in order.
  func sorted(count: Int) throws(EngineError) -> Buffer<Int32> {
    let rows = try Buffer<Int32>(count: count, budget: context.budget)
    var numbers = rows.mutableSpan
    for row in 0..<count { numbers[row] = Int32(row) }
    if !(try isSorted(rows, 0..<count)) { try sort(rows) }
    return rows
  }

  /// The rows of each group in order, one group after another.
  func sorted(_ groups: GroupedRows) throws(EngineError) -> Buffer<Int32> {
    var areSorted = true
    for group in 0..<groups.count where areSorted {
      areSorted = try isSorted(groups.rows, groups.range(group))
    }
    if areSorted { return groups.rows }
    let all = try sorted(count: groups.rows.count)
    return try groups.distributed(all, budget: context.budget)
  }

  /// Whether the rows at some places are in order already.
  private func isSorted(
    _ rows: Buffer<Int32>, _ places: Range<Int>
  ) throws(EngineError) -> Bool {
    for place in places.dropFirst() {
      if place & 0xFFFF == 0 { try context.stop.check() }
      if precedes(Int(rows[place]), Int(rows[place - 1])) { return false }
    }
    return true
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
    try MergeSort.sort(heap, budget: context.budget, precedes: isBefore)
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
    for index in keys.words.indices.reversed() {
      try RadixSort.sort(
        rows, by: keys.words[index], width: keys.widths[index], budget: context.budget)
    }
  }

  /// Whether a row must come before another.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    for words in keys.words {
      let first = words[left]
      let second = words[right]
      if first != second { return first < second }
    }
    return false
  }

  /// Whole numbers that compare as the column's values do.
  static func ranks(
    _ column: Column, _ budget: MemoryBudget
  ) throws(EngineError) -> Buffer<Int64> {
    let result = try Buffer<Int64>(count: column.count, budget: budget)
    switch column.storage {
    case .double(let values): try fill(result, from: values, budget, NumberOrder.key)
    case .boolean(let bits):
      for row in 0..<column.count {
        if row & 0xFFFF == 0 { try budget.checkStop() }
        result[row] = bits[row] ? 1 : 0
      }
    case .codes8(let codes, let dictionary):
      let table = try dictionary.ranks(budget: budget)
      try look(up: codes, in: table, column.validity, result, budget)
    case .codes16(let codes, let dictionary):
      let table = try dictionary.ranks(budget: budget)
      try look(up: codes, in: table, column.validity, result, budget)
    case .codes32(let codes, let dictionary):
      let table = try dictionary.ranks(budget: budget)
      try look(up: codes, in: table, column.validity, result, budget)
    case .text: return try ranks(try column.withDictionary(budget), budget)
    case .reference(let rows, let target):
      try look(up: rows, in: try ranks(target.keys, budget), column.validity, result, budget)
    case .int8(let values): try fill(result, from: values, budget) { Int64($0) }
    case .int16(let values): try fill(result, from: values, budget) { Int64($0) }
    case .int32(let values): try fill(result, from: values, budget) { Int64($0) }
    case .int64(let values): try fill(result, from: values, budget) { $0 }
    case .list: break
    }
    return result
  }

  @inline(__always)
  private static func fill<T: BitwiseCopyable & Sendable>(
    _ ranks: Buffer<Int64>, from values: Buffer<T>, _ budget: MemoryBudget, _ rank: (T) -> Int64
  ) throws(EngineError) {
    let source = values.span
    var target = ranks.mutableSpan
    for part in Parts(below: target.count) {
      try budget.checkStop()
      for row in part { target[row] = rank(source[row]) }
    }
  }

  /// Takes the rank of each code from a table; codes under nulls are not followed.
  @inline(__always)
  private static func look<
    Code: FixedWidthInteger & BitwiseCopyable & Sendable,
    Rank: FixedWidthInteger & BitwiseCopyable & Sendable
  >(
    up codes: Buffer<Code>, in table: Buffer<Rank>, _ validity: Bitmap?, _ ranks: Buffer<Int64>,
    _ budget: MemoryBudget
  ) throws(EngineError) {
    let source = codes.span
    let entries = table.span
    var target = ranks.mutableSpan
    guard let validity else {
      for part in Parts(below: target.count) {
        try budget.checkStop()
        for row in part { target[row] = Int64(entries[Int(source[row])]) }
      }
      return
    }
    let known = validity.words.span
    for part in Parts(below: target.count) {
      try budget.checkStop()
      for row in part where known[row >> 6] >> UInt64(row & 63) & 1 != 0 {
        target[row] = Int64(entries[Int(source[row])])
      }
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
      if row & 0xFFFF == 0 { try budget.checkStop() }
      codes[row] = Int32(try interner.code(for: block[row]))
    }
    return Column(
      type: .text, count: count, storage: .codes32(codes, try interner.finished()),
      validity: validity)
  }
}
