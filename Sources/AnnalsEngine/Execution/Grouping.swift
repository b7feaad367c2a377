/// Finds the rows of finished columns that agree in some of them.
struct Grouping {
  let context: RunContext

  /// Calls `body` for each row with the number of its group; groups are numbered as they appear, and
  /// null agrees with null.
  func eachRow(
    _ keys: [Column], rowCount: Int,
    _ body: (_ row: Int, _ group: Int, _ isNew: Bool) throws(EngineError) -> Void
  ) throws(EngineError) {
    let encoders = keys.map { WordEncoder(type: $0.type, budget: context.budget) }
    let table = try WordTable(width: KeyTuple.width(keys.count), budget: context.budget)
    let tuple = try KeyTuple(keyCount: keys.count, budget: context.budget)
    try Evaluator.eachBatch(of: keys, rowCount: rowCount, context: context) {
      batch, vectors throws(EngineError) in
      for row in 0..<batch.count {
        for (index, vector) in vectors.enumerated() {
          tuple.set(index, vector.isValid(row) ? try encoders[index].word(vector, row) : nil)
        }
        let (group, isNew) = try table.number(of: tuple.words)
        try body(batch.firstRow + row, group, isNew)
      }
    }
  }

  /// The rows of each group, one group after another.
  func groups(_ keys: [Column], rowCount: Int) throws(EngineError) -> GroupedRows {
    let groupOfRow = try Buffer<Int32>(count: rowCount, budget: context.budget)
    var count = 0
    try eachRow(keys, rowCount: rowCount) { row, group, isNew throws(EngineError) in
      groupOfRow[row] = Int32(group)
      if isNew { count += 1 }
    }
    let starts = try Buffer<Int32>(count: count + 1, budget: context.budget)
    for row in 0..<rowCount { starts[Int(groupOfRow[row]) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    let next = try Buffer<Int32>(count: count, budget: context.budget)
    next.copy(from: starts, start: 0, count: count, at: 0)
    let rows = try Buffer<Int32>(count: rowCount, budget: context.budget)
    for row in 0..<rowCount {
      let group = Int(groupOfRow[row])
      rows[Int(next[group])] = Int32(row)
      next[group] += 1
    }
    return GroupedRows(count: count, groupOfRow: groupOfRow, starts: starts, rows: rows)
  }
}

/// Rows by group; within a group they keep their order.
struct GroupedRows {
  let count: Int
  let groupOfRow: Buffer<Int32>
  /// Where each group begins among `rows`, and last where all end.
  let starts: Buffer<Int32>
  let rows: Buffer<Int32>

  func range(_ group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }
}
