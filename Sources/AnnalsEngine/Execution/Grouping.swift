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

  /// The rows of each group, one group after another; groups are numbered as they appear.
  func groups(_ keys: [Column], rowCount: Int) throws(EngineError) -> GroupedRows {
    let groupOfRow = try Buffer<Int32>(count: rowCount, budget: context.budget)
    let count = try number(keys, rowCount: rowCount, into: groupOfRow)
    let starts = try Buffer<Int32>(count: count + 1, budget: context.budget)
    var areTogether = true
    do {
      let numbers = groupOfRow.span
      var ends = starts.mutableSpan
      for part in Parts(below: rowCount) {
        try context.stop.check()
        for row in part {
          ends[Int(numbers[row]) + 1] &+= 1
          areTogether = areTogether && (row == 0 || numbers[row] >= numbers[row - 1])
        }
      }
      for group in 0..<count { ends[group + 1] &+= ends[group] }
    }
    let rows = try Buffer<Int32>(count: rowCount, budget: context.budget)
    var numbers = rows.mutableSpan
    for row in 0..<rowCount { numbers[row] = Int32(row) }
    let unordered = GroupedRows(
      count: count, groupOfRow: groupOfRow, starts: starts, rows: rows, areTogether: areTogether)
    if areTogether { return unordered }
    return GroupedRows(
      count: count, groupOfRow: groupOfRow, starts: starts,
      rows: try unordered.distributed(rows, budget: context.budget), areTogether: false)
  }

  /// Writes the group of each row, and gives how many groups there are.
  func number(
    _ keys: [Column], rowCount: Int, into groupOfRow: Buffer<Int32>
  ) throws(EngineError) -> Int {
    if keys.isEmpty { return min(rowCount, 1) }
    if let codes = try AddressedGroups.codes(
      of: keys.map { (.column($0), $0.type) }, rowCount: rowCount, context: context)
    {
      return try number(codes, rowCount: rowCount, into: groupOfRow)
    }
    var count = 0
    try eachRow(keys, rowCount: rowCount) { row, group, isNew throws(EngineError) in
      groupOfRow[row] = Int32(group)
      if isNew { count += 1 }
    }
    return count
  }

  private func number(
    _ keys: [KeyCode], rowCount: Int, into groupOfRow: Buffer<Int32>
  ) throws(EngineError) -> Int {
    let addressCount = keys.reduce(1) { $0 * ($1.count + 1) }
    let hasPlaces = addressCount <= max(1024, rowCount * 2)
    let places = try Buffer<Int32>(count: hasPlaces ? addressCount : 0, budget: context.budget)
    let table = try AddressTable(budget: context.budget)
    let addresses = try Buffer<Int32>(
      count: min(rowCount, context.rangeSize), budget: context.budget)
    let codes = try Buffer<Int32>(count: addresses.count, budget: context.budget)
    var count: Int32 = 0
    var start = 0
    while start < rowCount {
      try context.stop.check()
      let batch = Batch(count: min(addresses.count, rowCount - start), firstRow: start)
      KeyCode.fill(addresses, by: keys, digits: codes, batch)
      if hasPlaces {
        CodeLoops.number(addresses, by: places, from: &count, count: batch.count)
      } else {
        try table.number(addresses, count: batch.count)
      }
      groupOfRow.copy(from: addresses, start: 0, count: batch.count, at: start)
      start += batch.count
    }
    return hasPlaces ? Int(count) : table.addresses.count
  }
}

/// Rows by group; within a group they keep their order.
struct GroupedRows {
  let count: Int
  let groupOfRow: Buffer<Int32>
  /// Where each group begins among `rows`, and last where all end.
  let starts: Buffer<Int32>
  let rows: Buffer<Int32>
  /// Whether the table has them in this order already, so that `rows` goes up by ones.
  let areTogether: Bool

  func range(_ group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }

  /// The rows of each group by their days, undated ones last; `rows` themselves if these are so already.
  func sorted(byDaysOf dates: Column, _ context: RunContext) throws(EngineError) -> Buffer<Int32> {
    if dates.validity == nil, try areAscending(try dates.dayNumbers(context.budget), context) {
      return rows
    }
    return try RowOrder([(dates, false)], context: context).sorted(self)
  }

  /// Whether the numbers of each group's rows never go down.
  private func areAscending(
    _ numbers: Buffer<Int32>, _ context: RunContext
  ) throws(EngineError) -> Bool {
    let rows = rows.span
    let numbers = numbers.span
    for group in 0..<count {
      var last = Int32.min
      for place in range(group) {
        if place & 0xFFFF == 0 { try context.stop.check() }
        let number = numbers[Int(rows[place])]
        if number < last { return false }
        last = number
      }
    }
    return true
  }

  /// All rows, given in some order, by group.
  func distributed(
    _ ordered: Buffer<Int32>, budget: MemoryBudget
  ) throws(EngineError) -> Buffer<Int32> {
    let next = try Buffer<Int32>(count: count, budget: budget)
    next.copy(from: starts, start: 0, count: count, at: 0)
    let result = try Buffer<Int32>(count: ordered.count, budget: budget)
    let source = ordered.span
    let groups = groupOfRow.span
    var places = next.mutableSpan
    var target = result.mutableSpan
    for part in Parts(below: source.count) {
      try budget.checkStop()
      for index in part {
        let row = source[index]
        let group = Int(groups[Int(row)])
        target[Int(places[group])] = row
        places[group] &+= 1
      }
    }
    return result
  }
}
