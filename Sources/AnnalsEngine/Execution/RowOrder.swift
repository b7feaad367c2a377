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
