extension Executor {
  /// The needed slots of a plan and some expressions over it, computed in one go.
  ///
  /// - Returns: The slots by number, and the expressions in order.
  func run(
    _ plan: Plan, _ needed: SlotSet, with expressions: [Expression]
  ) throws(EngineError) -> (slots: SlotColumns, expressions: [Column]) {
    let slots = expressions.reduce(into: needed) { $1.addSlots(to: &$0) }
    return try run(pipeline(plan, needed: slots), needed, with: expressions)
  }

  /// The same of what comes out of a pipeline, which has the slots of the expressions too.
  func run(
    _ pipeline: Pipeline, _ needed: SlotSet, with expressions: [Expression]
  ) throws(EngineError) -> (slots: SlotColumns, expressions: [Column]) {
    let types = pipeline.types
    let place = FormulaPlace(formula: "", range: 0..<0)
    let kept = Array(needed)
    let all = kept.map { Expression(.slot($0), types[$0], place) } + expressions
    let wanted = SlotSet(all.indices)
    let result = try collect(projected(pipeline, all, wanted), wanted, within: nil)
    var columns: [Column?] = Array(repeating: nil, count: types.count)
    for (position, slot) in kept.enumerated() { columns[slot] = result.columns[position] }
    return (
      SlotColumns(rowCount: result.rowCount, columns: columns),
      result.columns[kept.count...].compactMap { $0 }
    )
  }

  private func gathered(
    _ input: SlotColumns, _ rows: Buffer<Int32>
  ) throws(EngineError) -> SlotColumns {
    var columns: [Column?] = []
    for column in input.columns {
      if let column {
        columns.append(try column.gathered(rows, budget: context.budget))
      } else {
        columns.append(nil)
      }
    }
    return SlotColumns(rowCount: rows.count, columns: columns)
  }

  func sort(
    _ input: Plan, _ keys: [SortKey], _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let result = try run(input, needed, with: keys.map(\.expression))
    var columns: [(column: Column, isDescending: Bool)] = []
    for (key, column) in zip(keys, result.expressions) {
      columns.append((column, key.isDescending))
    }
    let order = try RowOrder(columns, context: context)
    return try gathered(result.slots, try order.sorted(count: result.slots.rowCount))
  }

  func slice(
    _ input: Plan, _ skip: Int, _ take: Int?, _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let end = skip.addingReportingOverflow(take ?? .max)
    let rows = skip..<max(end.overflow ? .max : end.partialValue, skip)
    switch input {
    case .sort(let inner, let keys) where take != nil:
      return try top(rows, of: inner, keys, needed)
    case .source, .filter, .project:
      if input.canFail { break }
      return try collect(pipeline(input, needed: needed), needed, within: rows)
    default: break
    }
    return try sliced(try run(input, needed: needed), rows)
  }

  /// Some rows, as far as they are there.
  func sliced(_ input: SlotColumns, _ rows: Range<Int>) throws(EngineError) -> SlotColumns {
    let rows = rows.clamped(to: 0..<input.rowCount)
    if rows.count == input.rowCount { return input }
    return try gathered(input, try numbers(rows))
  }

  /// Those rows of the sorted input, of which no more than they are sorted.
  private func top(
    _ rows: Range<Int>, of input: Plan, _ keys: [SortKey], _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let result = try run(input, needed, with: keys.map(\.expression))
    let order = try RowOrder(
      zip(result.expressions, keys).map { ($0, $1.isDescending) }, context: context)
    let first = try order.first(rows.upperBound, of: result.slots.rowCount)
    let wanted = rows.clamped(to: 0..<first.count)
    let chosen = try Buffer<Int32>(count: wanted.count, budget: context.budget)
    chosen.copy(from: first, start: wanted.lowerBound, count: wanted.count, at: 0)
    return try gathered(result.slots, chosen)
  }

  func leading(
    _ input: Plan, _ partition: [Expression], _ count: Int, _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    // The keys of groups must not fail: which row fails first depends on when they are computed.
    if case .sort(let inner, let keys) = input, 1...LeadingRows.countLimit ~= count,
      !partition.contains(where: \.canFail)
    {
      return try leading(of: inner, sortedBy: keys, partition, count, needed)
    }
    let result = try run(input, needed, with: partition)
    let rowCount = result.slots.rowCount
    let groupOfRow = try Buffer<Int32>(count: rowCount, budget: context.budget)
    let groupCount = try Grouping(context: context)
      .number(result.expressions, rowCount: rowCount, into: groupOfRow)
    let left = try Buffer<Int32>(count: groupCount, budget: context.budget)
    for group in 0..<groupCount { left[group] = Int32(clamping: count) }
    let kept = try GrowingBuffer<Int32>(budget: context.budget)
    for row in 0..<rowCount where left[Int(groupOfRow[row])] > 0 {
      left[Int(groupOfRow[row])] -= 1
      try kept.append(Int32(row))
    }
    return try gathered(result.slots, try kept.finished())
  }

  /// The first rows of each group, of which no others are sorted.
  private func leading(
    of input: Plan, sortedBy keys: [SortKey], _ partition: [Expression], _ count: Int,
    _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let result = try run(input, needed, with: partition + keys.map(\.expression))
    let rowCount = result.slots.rowCount
    let groupOfRow = try Buffer<Int32>(count: rowCount, budget: context.budget)
    let groupCount = try Grouping(context: context).number(
      Array(result.expressions.prefix(partition.count)), rowCount: rowCount, into: groupOfRow)
    let columns = zip(result.expressions.dropFirst(partition.count), keys).map {
      (column: $0, isDescending: $1.isDescending)
    }
    // Within a group its keys are the same, and tell nothing.
    let telling = zip(columns, keys).filter { !partition.contains($1.expression) }.map { $0.0 }
    let leading = try LeadingRows(
      count, by: try RowOrder(telling, context: context), of: groupOfRow, groupCount: groupCount,
      budget: context.budget)
    for start in stride(from: 0, to: rowCount, by: context.rangeSize) {
      try context.stop.check()
      leading.add(start..<min(start + context.rangeSize, rowCount), of: groupOfRow)
    }
    let kept = try leading.kept(of: rowCount, budget: context.budget)
    var sorted: [(column: Column, isDescending: Bool)] = []
    for (column, isDescending) in columns {
      sorted.append((try column.gathered(kept, budget: context.budget), isDescending))
    }
    let order = try RowOrder(sorted, context: context)
    return try gathered(
      try gathered(result.slots, kept), try order.sorted(count: kept.count))
  }

  func pick(
    _ input: Plan, _ keys: [Expression], _ order: [SortKey], _ calls: [AggregateCall],
    _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let firstCall = input.types(query.sources).count
    let wanted = calls.indices.filter { needed.contains(firstCall + $0) || calls[$0].isCheck }
    let result = try run(
      input, needed.filter { $0 < firstCall },
      with: keys + order.map(\.expression) + wanted.compactMap { calls[$0].argument })
    let rowCount = result.slots.rowCount
    var orderColumns: [(column: Column, isDescending: Bool)] = []
    for (key, column) in zip(order, result.expressions.dropFirst(keys.count)) {
      orderColumns.append((column, key.isDescending))
    }
    let picked = try picked(
      Array(result.expressions.prefix(keys.count)),
      try RowOrder(orderColumns, context: context), rowCount: rowCount)
    var slots = try gathered(result.slots, picked.rows).columns
    var arguments = result.expressions.dropFirst(keys.count + order.count)
    slots += Array(repeating: nil, count: calls.count)
    for index in wanted {
      let call = calls[index]
      let argument = call.argument == nil ? nil : arguments.popFirst()
      slots[firstCall + index] = try value(
        of: call, argument, nil, picked.groupOfRow, picked.order)
    }
    return SlotColumns(rowCount: picked.rows.count, columns: slots)
  }

  /// The rows that were picked, and how they were found.
  private struct Picked {
    /// Ascending.
    let rows: Buffer<Int32>
    /// The group of each of `rows`.
    let order: Buffer<Int32>
    /// The group of every row of the input.
    let groupOfRow: Buffer<Int32>
  }

  private func picked(
    _ keys: [Column], _ order: RowOrder, rowCount: Int
  ) throws(EngineError) -> Picked {
    let best = try GrowingBuffer<Int32>(budget: context.budget)
    let groupOfRow = try Buffer<Int32>(count: rowCount, budget: context.budget)
    try Grouping(context: context).eachRow(keys, rowCount: rowCount) {
      row, group, isNew throws(EngineError) in
      groupOfRow[row] = Int32(group)
      if isNew {
        try best.append(Int32(row))
      } else if order.precedes(row, Int(best[group])) {
        best[group] = Int32(row)
      }
    }
    let groups = try Buffer<Int32>(count: best.count, budget: context.budget)
    for group in 0..<best.count { groups[group] = Int32(group) }
    try MergeSort.sort(groups, budget: context.budget) { left, right in
      best[left] < best[right]
    }
    let rows = try Buffer<Int32>(count: best.count, budget: context.budget)
    for index in 0..<best.count { rows[index] = best[Int(groups[index])] }
    return Picked(rows: rows, order: groups, groupOfRow: groupOfRow)
  }

  /// One aggregate for each group in the given order, over columns that are computed already.
  func value(
    of call: AggregateCall, _ argument: Column?, _ key: Column?, _ groupOfRow: Buffer<Int32>,
    _ order: Buffer<Int32>
  ) throws(EngineError) -> Column {
    let state = try state(call)
    try state.grow(to: order.count)
    let rowCounts = try Buffer<Int64>(count: order.count, budget: context.budget)
    var counts = rowCounts.mutableSpan
    CodeLoops.count(groupOfRow, into: &counts, count: groupOfRow.count)
    let scratch = Scratch(
      batchSize: context.batchSize(for: groupOfRow.count), budget: context.budget)
    let groups = try Buffer<Int32>(count: scratch.batchSize, budget: context.budget)
    var start = 0
    while start < groupOfRow.count {
      try context.stop.check()
      scratch.reset()
      let batch = Batch(count: min(scratch.batchSize, groupOfRow.count - start), firstRow: start)
      groups.copy(from: groupOfRow, start: start, count: batch.count, at: 0)
      var values: Vector?
      if let argument { values = try Evaluator(scratch: scratch).load(argument, batch) }
      var keys: Vector?
      if let key { keys = try Evaluator(scratch: scratch).load(key, batch) }
      try state.add(values, keys, groups: groups, batch: batch)
      start += batch.count
    }
    return try state.finished(
      GroupOrder(numbers: order, groupCount: order.count, rowCounts: rowCounts))
  }

  func hostFilter(
    _ input: Plan, _ function: Int, _ slots: [Int], _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    guard let host = context.host else {
      throw .misuse("the plan calls a function of a script, and there is no script", fix: nil)
    }
    let result = try run(input, needed: needed.union(slots))
    let bits = try host.matches(
      function: function, columns: slots.compactMap { result.columns[$0] },
      rowCount: result.rowCount, budget: context.budget)
    let rows = try Buffer<Int32>(count: bits.population, budget: context.budget)
    var count = 0
    for row in 0..<result.rowCount where bits[row] {
      rows[count] = Int32(row)
      count += 1
    }
    return try gathered(result, rows)
  }
}
