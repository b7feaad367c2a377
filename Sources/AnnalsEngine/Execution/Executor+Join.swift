extension Executor {
  /// Columns at hand, and some expressions over the same rows.
  typealias Side = (slots: SlotColumns, expressions: [Column])

  func join(
    _ left: Plan, _ right: Plan, _ kind: JoinKind, _ keys: [JoinKey], _ needed: SlotSet
  ) throws(EngineError) -> Pipeline {
    let offset = left.types(query.sources).count
    let leftNeeded = needed.filter { $0 < offset }
    let rightNeeded = SlotSet(needed.filter { $0 >= offset }.map { $0 - offset })
    let types = Plan.join(left, right, kind, on: keys).types(query.sources)
    let slots = keys.reduce(into: leftNeeded) { $1.left.addSlots(to: &$0) }
    let rows = try pipeline(left, needed: slots)
    guard let key = try codedKey(rows, kind, keys) else {
      let side = try run(rows, leftNeeded, with: keys.map(\.left))
      let others = try run(right, rightNeeded, with: keys.map(\.right))
      return pipeline(over: try joined(side, others, kind), types: types)
    }
    let others = try run(right, rightNeeded, with: keys.map(\.right))
    if let joined = try joined(rows, by: key, others, kind, types: types) { return joined }
    let side = try run(rows, leftNeeded, with: keys.map(\.left))
    return pipeline(over: try joined(side, others, kind), types: types)
  }

  /// The rows that match, put side by side.
  private func joined(
    _ leftResult: Side, _ rightResult: Side, _ kind: JoinKind
  ) throws(EngineError) -> SlotColumns {
    let pairs = try matched(
      leftResult.expressions, rightResult.expressions, kind,
      counts: (leftResult.slots.rowCount, rightResult.slots.rowCount))
    var columns: [Column?] = []
    for column in leftResult.slots.columns {
      columns.append(try gatheredOrNull(column, pairs.left))
    }
    if kind.hasRight {
      for column in rightResult.slots.columns {
        columns.append(try gatheredOrNull(column, pairs.right))
      }
    }
    return SlotColumns(rowCount: pairs.left.count, columns: columns)
  }

  private func gatheredOrNull(
    _ column: Column?, _ rows: Buffer<Int32>
  ) throws(EngineError) -> Column? {
    guard let column else { return nil }
    return try column.gatheredOrNull(rows, budget: context.budget)
  }

  /// The rows of each pair; -1 where one side has none.
  private func matched(
    _ left: [Column], _ right: [Column], _ kind: JoinKind, counts: (left: Int, right: Int)
  ) throws(EngineError) -> (left: Buffer<Int32>, right: Buffer<Int32>) {
    if kind == .cross { return try crossed(counts.left, counts.right) }
    let matcher = try RowMatcher(left: left, right: right, rightCount: counts.right, context)
    let leftRows = try GrowingBuffer<Int32>(budget: context.budget)
    let rightRows = try GrowingBuffer<Int32>(budget: context.budget)
    let isMatched = try Bitmap(count: counts.right, budget: context.budget)
    try matcher.eachLeft(rowCount: counts.left) { row, first throws(EngineError) in
      var other = first
      switch kind {
      case .semi: if other >= 0 { try leftRows.append(Int32(row)) }
      case .anti: if other < 0 { try leftRows.append(Int32(row)) }
      default:
        if other < 0, kind != .inner {
          try leftRows.append(Int32(row))
          try rightRows.append(-1)
        }
        while other >= 0 {
          if leftRows.count & 0xFFFF == 0 { try context.stop.check() }
          try leftRows.append(Int32(row))
          try rightRows.append(other)
          isMatched.set(Int(other))
          other = matcher.next[Int(other)]
        }
      }
      if leftRows.count > Int(Int32.max) - counts.right { throw Self.tooManyRows }
    }
    if kind == .full {
      for row in 0..<counts.right {
        if row & 0xFFFF == 0 { try context.stop.check() }
        if isMatched[row] { continue }
        try leftRows.append(-1)
        try rightRows.append(Int32(row))
      }
    }
    return (try leftRows.finished(), try rightRows.finished())
  }

  static let tooManyRows = EngineError.misuse(
    "a join would have more than 2147483647 rows", fix: "filter first, or give a closer key")

  private func crossed(
    _ left: Int, _ right: Int
  ) throws(EngineError) -> (left: Buffer<Int32>, right: Buffer<Int32>) {
    let (count, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow, count <= Int(Int32.max) else { throw Self.tooManyRows }
    let leftRows = try Buffer<Int32>(count: count, budget: context.budget)
    let rightRows = try Buffer<Int32>(count: count, budget: context.budget)
    for row in 0..<left {
      for part in Parts(below: right) {
        try context.stop.check()
        for other in part {
          leftRows[row * right + other] = Int32(row)
          rightRows[row * right + other] = Int32(other)
        }
      }
    }
    return (leftRows, rightRows)
  }

  // MARK: Shapes

  func append(
    _ first: Plan, _ second: Plan, _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let top = try run(first, needed: needed)
    let bottom = try run(second, needed: needed)
    guard top.rowCount + bottom.rowCount <= Int(Int32.max) else { throw Self.tooManyRows }
    var columns: [Column?] = []
    for (upper, lower) in zip(top.columns, bottom.columns) {
      guard let upper, let lower else {
        columns.append(nil)
        continue
      }
      columns.append(try Column.concatenated([upper, lower], budget: context.budget))
    }
    return SlotColumns(rowCount: top.rowCount + bottom.rowCount, columns: columns)
  }

  func explode(
    _ input: Plan, _ slot: Int, _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let result = try run(input, needed: needed.union([slot]))
    let rows = try GrowingBuffer<Int32>(budget: context.budget)
    let texts = try ColumnBuilder(type: .text, budget: context.budget)
    if let column = result.columns[slot], case .list(let offsets, let block) = column.storage {
      for row in 0..<result.rowCount {
        if row & 0xFF == 0 { try context.stop.check() }
        if column.isNull(row) { continue }
        for element in Int(offsets[row])..<Int(offsets[row + 1]) {
          if element & 0xFFFF == 0 { try context.stop.check() }
          try rows.append(Int32(row))
          try texts.append(text: block[element])
        }
      }
    }
    let kept = try rows.finished()
    guard kept.count <= Int(Int32.max) else { throw Self.tooManyRows }
    var columns: [Column?] = []
    for (index, column) in result.columns.enumerated() {
      columns.append(index == slot ? try texts.finished() : try gatheredOrNull(column, kept))
    }
    return SlotColumns(rowCount: kept.count, columns: columns)
  }

  func repeatRows(
    _ input: Plan, _ count: Int, _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let last = input.types(query.sources).count
    let result = try run(input, needed: needed.subtracting([last]))
    let (total, overflow) = result.rowCount.multipliedReportingOverflow(by: count)
    guard !overflow, total <= Int(Int32.max) else { throw Self.tooManyRows }
    let rows = try Buffer<Int32>(count: total, budget: context.budget)
    let numbers = try Buffer<Int32>(count: total, budget: context.budget)
    for row in 0..<result.rowCount {
      for part in Parts(below: count) {
        if part.count == Parts.length || row & 0xFF == 0 { try context.stop.check() }
        for number in part {
          rows[row * count + number] = Int32(row)
          numbers[row * count + number] = Int32(number)
        }
      }
    }
    var columns: [Column?] = []
    for column in result.columns { columns.append(try gatheredOrNull(column, rows)) }
    columns.append(
      Column(type: .integer, count: total, storage: .int32(numbers), validity: nil))
    return SlotColumns(rowCount: total, columns: columns)
  }
}

/// Finds the rows of the right whose keys equal those of a row of the left.
struct RowMatcher {
  private let left: [Column]
  private let encoders: [WordEncoder]
  private let table: WordTable
  /// The first and the last row of the right for each key.
  private let first: GrowingBuffer<Int32>
  /// The row of the right that follows one with the same key, or -1.
  let next: Buffer<Int32>
  private let context: RunContext

  init(
    left: [Column], right: [Column], rightCount: Int, _ context: RunContext
  ) throws(EngineError) {
    self.left = left
    self.context = context
    // One encoder for both sides, so that equal texts get equal words.
    encoders = right.map { WordEncoder(type: $0.type, budget: context.budget) }
    table = try WordTable(width: max(right.count, 1), budget: context.budget)
    let first = try GrowingBuffer<Int32>(budget: context.budget)
    let last = try GrowingBuffer<Int32>(budget: context.budget)
    let next = try Buffer<Int32>(count: rightCount, budget: context.budget)
    let table = table
    try Self.eachKnown(right, encoders, rowCount: rightCount, context) {
      row, tuple throws(EngineError) in
      next[row] = -1
      guard let tuple else { return }
      let (number, isNew) = try table.number(of: tuple)
      if isNew {
        try first.append(Int32(row))
        try last.append(Int32(row))
      } else {
        next[Int(last[number])] = Int32(row)
        last[number] = Int32(row)
      }
    }
    self.first = first
    self.next = next
  }

  /// Calls `body` for each row of the left with the first row of the right that matches, or -1.
  func eachLeft(
    rowCount: Int, _ body: (_ row: Int, _ match: Int32) throws(EngineError) -> Void
  ) throws(EngineError) {
    try Self.eachKnown(left, encoders, rowCount: rowCount, context) {
      row, tuple throws(EngineError) in
      guard let tuple, let number = table.find(tuple) else { return try body(row, -1) }
      try body(row, first[number])
    }
  }

  /// Calls `body` for each row with the words of its keys, or nil if one of them is null.
  private static func eachKnown(
    _ keys: [Column], _ encoders: [WordEncoder], rowCount: Int, _ context: RunContext,
    _ body: (_ row: Int, _ tuple: Buffer<UInt64>?) throws(EngineError) -> Void
  ) throws(EngineError) {
    let tuple = try Buffer<UInt64>(count: max(keys.count, 1), budget: context.budget)
    try Evaluator.eachBatch(of: keys, rowCount: rowCount, context: context) {
      batch, vectors throws(EngineError) in
      for row in 0..<batch.count {
        var isKnown = true
        for (index, vector) in vectors.enumerated() {
          guard vector.isValid(row) else {
            isKnown = false
            break
          }
          tuple[index] = try encoders[index].word(vector, row)
        }
        try body(batch.firstRow + row, isKnown ? tuple : nil)
      }
    }
  }
}
