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
    case .rowNumber: return try numbered(groups)
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
      return try moved(aggregate, arguments, over: try Frames.upToEach(groups, context))
    case .aggregate(let aggregate, .rolling(let span, _, let isPartial)):
      guard let dates = arguments.last else { return try emptyColumn(call.type) }
      return try moved(
        aggregate, arguments.dropLast(),
        over: try Frames.rolling(groups, dates, span, isPartial: isPartial, context))
    case .aggregate(let aggregate, .lastRows(let count, let isPartial)):
      return try moved(
        aggregate, arguments,
        over: try Frames.last(count, of: groups, isPartial: isPartial, context))
    }
  }

  private func numbered(_ groups: GroupedRows) throws(EngineError) -> Column {
    let values = try Buffer<Int64>(count: groups.rows.count, budget: context.budget)
    let rows = groups.rows.span
    var target = values.mutableSpan
    for group in 0..<groups.count {
      let range = groups.range(group)
      for place in range {
        if place & 0xFFFF == 0 { try context.stop.check() }
        target[Int(rows[place])] = Int64(place - range.lowerBound + 1)
      }
    }
    return Column(
      type: .integer, count: values.count, storage: .int64(values), validity: nil)
  }

  private func ranked(_ column: Column, _ groups: GroupedRows) throws(EngineError) -> Column {
    let order = try RowOrder([(column, false)], context: context)
    let sorted = try order.sorted(groups)
    let values = try Buffer<Int64>(count: column.count, budget: context.budget)
    let rows = sorted.span
    var target = values.mutableSpan
    for group in 0..<groups.count {
      let range = groups.range(group)
      var rank: Int64 = 1
      for place in range {
        if place & 0xFFFF == 0 { try context.stop.check() }
        let row = Int(rows[place])
        if place > range.lowerBound, order.precedes(Int(rows[place - 1]), row) {
          rank = Int64(place - range.lowerBound + 1)
        }
        target[row] = column.isNull(row) ? 0 : rank
      }
    }
    return Column(
      type: .integer, count: values.count, storage: .int64(values), validity: column.validity)
  }

  private func shifted(
    _ column: Column, by step: Int, _ groups: GroupedRows
  ) throws(EngineError) -> Column {
    let sources = try Buffer<Int32>(count: column.count, budget: context.budget)
    let rows = groups.rows.span
    var target = sources.mutableSpan
    for group in 0..<groups.count {
      let range = groups.range(group)
      for place in range {
        if place & 0xFFFF == 0 { try context.stop.check() }
        let (from, overflow) = place.subtractingReportingOverflow(step)
        target[Int(rows[place])] = !overflow && range.contains(from) ? rows[from] : -1
      }
    }
    return try column.gatheredOrNull(sources, budget: context.budget)
  }

  /// An aggregate over the frame of each row.
  ///
  /// - Parameter arguments: The call's argument and key, as far as it has them.
  private func moved(
    _ call: AggregateCall, _ arguments: [Column], over frames: Frames
  ) throws(EngineError) -> Column {
    guard let column = arguments.first else {
      return try FrameCounts(nil, countsTrue: false, frames, context).column(frames, context)
    }
    let budget = context.budget
    switch call.function {
    case .sum, .mean:
      let isMean = call.function == .mean
      if case .double(let numbers) = column.storage {
        return try RunningSum(column, numbers, isMean: isMean, budget: budget)
          .values(over: frames, context)
      }
      let sums = try FrameSums(column, frames, context)
      return isMean ? try sums.means() : try sums.sums(call.place)
    case .min, .max:
      return try RunningExtreme(column, greatest: call.function == .max, budget: budget)
        .values(over: frames, context)
    case .companion(let choice):
      return try RunningExtreme(
        column, by: arguments[1], greatest: choice == .greatest, budget: budget
      ).values(over: frames, context)
    case .standardDeviation: return try FrameDeviations(column, frames, context).column()
    case .countDistinct:
      return try RunningDistinct(column, context: context).values(over: frames, context)
    default:
      return try FrameCounts(
        column, countsTrue: call.function == .countTrue, frames, context
      ).column(frames, context)
    }
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
