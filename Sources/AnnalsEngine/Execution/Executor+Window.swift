extension Executor {
  func window(
    _ input: Plan, _ partition: [Expression], _ calls: [WindowCall], _ needed: SlotSet
  ) throws(EngineError) -> SlotColumns {
    let firstCall = input.types(query.sources).count
    let wanted = wanted(calls, from: firstCall, needed)
    let arguments = wanted.flatMap { calls[$0].arguments }
    let result = try run(
      input, needed.filter { $0 < firstCall }, with: partition + arguments)
    let rowCount = result.slots.rowCount
    let groups = try Grouping(context: context).groups(
      Array(result.expressions.prefix(partition.count)), rowCount: rowCount)
    var columns = result.slots.columns
    columns += Array(repeating: nil, count: calls.count)
    var rest = result.expressions.dropFirst(partition.count)
    var failures = RowFailures()
    for index in wanted {
      let call = calls[index]
      let own = Array(rest.prefix(call.arguments.count))
      rest = rest.dropFirst(call.arguments.count)
      do throws(EngineError) {
        columns[firstCall + index] = try column(of: call, own, groups)
      } catch {
        try failures.note(error)
      }
    }
    try failures.check()
    return SlotColumns(rowCount: rowCount, columns: columns)
  }

  /// The calls that are asked for, and checks of addition, which are carried out in any case.
  func wanted(_ calls: [WindowCall], from firstCall: Int, _ needed: SlotSet) -> [Int] {
    calls.indices.filter { needed.contains(firstCall + $0) || calls[$0].isCheck }
  }

  private func column(
    of call: WindowCall, _ arguments: [Column], _ groups: GroupedRows
  ) throws(EngineError) -> Column {
    switch call.function {
    case .rowNumber: return try numbered(groups) { _, position in Int64(position + 1) }
    case .rank: return try ranked(arguments[0], groups)
    case .shift(_, let step): return try shifted(arguments[0], by: step, groups)
    case .aggregate(let aggregate, .partition):
      var rest = arguments[...]
      let argument = aggregate.argument == nil ? nil : rest.popFirst()
      let key = aggregate.key == nil ? nil : rest.popFirst()
      let order = try Buffer<Int32>(count: groups.count, budget: context.budget)
      for group in 0..<groups.count { order[group] = Int32(group) }
      let values: Column
      do throws(EngineError) {
        values = try value(of: aggregate, argument, key, groups.groupOfRow, order)
      } catch .row(.integerOverflow, let group, let place) {
        // Groups are numbered by their first rows, so that the first one that fails has the lowest.
        let row = Int(groups.rows[Int(groups.starts[group - 1])])
        throw .row(.integerOverflow, row: row + 1, place)
      }
      return try values.gathered(groups.groupOfRow, budget: context.budget)
    case .aggregate(let aggregate, .cumulative):
      return try cumulated(aggregate, arguments, groups)
    case .aggregate(let aggregate, .rolling(let span, _, let isPartial)):
      guard let dates = arguments.last else { return try emptyColumn(call.type) }
      return try rolled(aggregate, arguments.dropLast(), dates, span, isPartial, groups)
    }
  }

  /// A whole number for each row from its place in its group.
  private func numbered(
    _ groups: GroupedRows, _ number: (_ group: Int, _ position: Int) -> Int64
  ) throws(EngineError) -> Column {
    let values = try Buffer<Int64>(count: groups.rows.count, budget: context.budget)
    for group in 0..<groups.count {
      for (position, index) in groups.range(group).enumerated() {
        values[Int(groups.rows[index])] = number(group, position)
      }
    }
    return Column(
      type: .integer, count: values.count, storage: .int64(values), validity: nil)
  }

  private func ranked(_ column: Column, _ groups: GroupedRows) throws(EngineError) -> Column {
    let order = try RowOrder([(column, false)], context: context)
    let values = try Buffer<Int64>(count: column.count, budget: context.budget)
    for group in 0..<groups.count {
      let range = groups.range(group)
      let rows = try Buffer<Int32>(count: range.count, budget: context.budget)
      rows.copy(from: groups.rows, start: range.lowerBound, count: range.count, at: 0)
      try order.sort(rows)
      var rank: Int64 = 1
      for position in 0..<rows.count {
        let row = Int(rows[position])
        if position > 0, order.precedes(Int(rows[position - 1]), row) {
          rank = Int64(position + 1)
        }
        values[row] = rank
      }
    }
    for row in 0..<column.count where column.isNull(row) { values[row] = 0 }
    return Column(
      type: .integer, count: values.count, storage: .int64(values), validity: column.validity)
  }

  private func shifted(
    _ column: Column, by step: Int, _ groups: GroupedRows
  ) throws(EngineError) -> Column {
    let rows = try Buffer<Int32>(count: column.count, budget: context.budget)
    for group in 0..<groups.count {
      let range = groups.range(group)
      for index in range {
        let (from, overflow) = index.subtractingReportingOverflow(step)
        let isThere = !overflow && range.contains(from)
        rows[Int(groups.rows[index])] = isThere ? groups.rows[from] : -1
      }
    }
    return try column.gatheredOrNull(rows, budget: context.budget)
  }

  // MARK: Aggregates that move

  /// - Parameter arguments: The call's argument and key, as far as it has them.
  private func running(
    _ call: AggregateCall, _ arguments: [Column]
  ) throws(EngineError) -> any RunningAggregate {
    guard let column = arguments.first else { return RunningCount(nil, countsTrue: false) }
    switch call.function {
    case .sum, .mean: return try RunningSum(call, column, budget: context.budget)
    case .min, .max:
      return try RunningExtreme(
        column, greatest: call.function == .max, budget: context.budget)
    case .companion(let choice):
      return try RunningExtreme(
        column, by: arguments[1], greatest: choice == .greatest, budget: context.budget)
    case .countDistinct: return try RunningDistinct(column, context: context)
    default: return RunningCount(column, countsTrue: call.function == .countTrue)
    }
  }

  private func cumulated(
    _ call: AggregateCall, _ arguments: [Column], _ groups: GroupedRows
  ) throws(EngineError) -> Column {
    let aggregate = try running(call, arguments)
    let builder = try ColumnBuilder(type: call.type, target: nil, budget: context.budget)
    var failures = RowFailures()
    for group in 0..<groups.count {
      try context.stop.check()
      aggregate.clear()
      for index in groups.range(group) {
        let row = Int(groups.rows[index])
        try aggregate.add(row)
        try append(aggregate, to: builder, row, &failures)
      }
    }
    try failures.check()
    return try inRowOrder(builder.finished(), groups.rows)
  }

  /// The value so far; one that does not fit is noted with its row.
  private func append(
    _ aggregate: any RunningAggregate, to builder: ColumnBuilder, _ row: Int,
    _ failures: inout RowFailures
  ) throws(EngineError) {
    do throws(EngineError) {
      try aggregate.append(to: builder)
    } catch .row(let problem, _, let place) {
      try failures.note(.row(problem, row: row + 1, place))
      try builder.appendNull()
    }
  }

  private func rolled(
    _ call: AggregateCall, _ arguments: [Column], _ dates: Column, _ span: CalendarSpan,
    _ isPartial: Bool, _ groups: GroupedRows
  ) throws(EngineError) -> Column {
    let aggregate = try running(call, arguments)
    let order = try RowOrder([(dates, false)], context: context)
    let builder = try ColumnBuilder(type: call.type, target: nil, budget: context.budget)
    let sorted = try Buffer<Int32>(count: groups.rows.count, budget: context.budget)
    var failures = RowFailures()
    for group in 0..<groups.count {
      try context.stop.check()
      aggregate.clear()
      let range = groups.range(group)
      let rows = try Buffer<Int32>(count: range.count, budget: context.budget)
      rows.copy(from: groups.rows, start: range.lowerBound, count: range.count, at: 0)
      try order.sort(rows)
      sorted.copy(from: rows, start: 0, count: rows.count, at: range.lowerBound)
      try roll(aggregate, rows, dates, span, isPartial, builder, &failures)
    }
    try failures.check()
    return try inRowOrder(builder.finished(), sorted)
  }

  /// The values for the rows of one group in the order of their dates; undated rows are last and get
  /// null.
  private func roll(
    _ aggregate: any RunningAggregate, _ rows: Buffer<Int32>, _ dates: Column,
    _ span: CalendarSpan, _ isPartial: Bool, _ builder: ColumnBuilder,
    _ failures: inout RowFailures
  ) throws(EngineError) {
    func day(_ position: Int) -> Int { Int(dates.integer(Int(rows[position]))) }
    var dated = rows.count
    while dated > 0, dates.isNull(Int(rows[dated - 1])) { dated -= 1 }
    var oldest = 0
    var position = 0
    while position < dated {
      let today = day(position)
      var end = position
      while end < dated, day(end) == today {
        try aggregate.add(Int(rows[end]))
        end += 1
      }
      let before = span.start(before: today)
      while day(oldest) <= before {
        try aggregate.remove(Int(rows[oldest]))
        oldest += 1
      }
      let isFull = isPartial || before + 1 >= day(0)
      for index in position..<end {
        if isFull {
          try append(aggregate, to: builder, Int(rows[index]), &failures)
        } else {
          try builder.appendNull()
        }
      }
      position = end
    }
    for _ in dated..<rows.count { try builder.appendNull() }
  }

  /// A column whose value `i` belongs to row `rows[i]`, with each value at its row.
  private func inRowOrder(_ column: Column, _ rows: Buffer<Int32>) throws(EngineError) -> Column {
    let places = try Buffer<Int32>(count: rows.count, budget: context.budget)
    for index in 0..<rows.count { places[Int(rows[index])] = Int32(index) }
    return try column.gathered(places, budget: context.budget)
  }
}

extension WindowCall {
  /// Whether it is there to refuse, not for its value.
  fileprivate var isCheck: Bool {
    guard case .aggregate(let call, _) = function else { return false }
    if case .checkAddition = call.function { return true }
    return false
  }
}
