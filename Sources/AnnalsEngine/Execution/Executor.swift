/// Columns of equal length by slot; slots that nobody asked for are nil.
struct SlotColumns: Sendable {
  let rowCount: Int
  let columns: [Column?]
}

/// Runs a query's plan.
struct Executor {
  let query: Query
  let context: RunContext
  /// Whether joins may go by the codes of a dictionary. Rows that fail then bear the numbers that they
  /// have in the left table, and the right side may fail before the left one.
  var joinsByCode = false

  /// Runs a plan and gives the columns of the needed slots.
  func run(_ plan: Plan, needed: SlotSet) throws(EngineError) -> SlotColumns {
    switch plan {
    case .source, .filter, .project, .join:
      return try collect(pipeline(plan, needed: needed), needed, within: nil)
    case .window(let input, _, let calls) where isIdle(calls, over: input, needed):
      return try collect(pipeline(plan, needed: needed), needed, within: nil)
    case .aggregate(let input, let keys, let calls):
      return try aggregate(input, keys, calls, needed)
    case .window(let input, let partition, let calls):
      return try window(input, partition, calls, needed)
    case .sort(let input, let keys): return try sort(input, keys, needed)
    case .slice(let input, let skip, let take): return try slice(input, skip, take, needed)
    case .leading(let input, let partition, let count):
      return try leading(input, partition, count, needed)
    case .pick(let input, let keys, let order, let calls):
      return try pick(input, keys, order, calls, needed)
    case .append(let first, let second): return try append(first, second, needed)
    case .explode(let input, let slot): return try explode(input, slot, needed)
    case .complete(let input, let completion): return try complete(input, completion, needed)
    case .spread(let input, let spreading): return try spread(input, spreading, needed)
    case .repeated(let input, let count): return try repeatRows(input, count, needed)
    case .hostFilter(let input, let function, let slots):
      return try hostFilter(input, function, slots, needed)
    }
  }

  // MARK: Streaming

  func pipeline(_ plan: Plan, needed: SlotSet) throws(EngineError) -> Pipeline {
    switch plan {
    case .source(let index):
      let table = query.sources[index]
      let rowCount = try table.foundRowCount()
      guard rowCount <= Int(Int32.max) else {
        throw .misuse("a table has more than 2147483647 rows", fix: "split it")
      }
      var slots: [SlotOrigin] = []
      for slot in 0..<table.schema.width {
        slots.append(needed.contains(slot) ? .column(try table.column(slot)) : .absent)
      }
      slots.append(.rowNumbers)
      return Pipeline(
        rowCount: rowCount, slots: slots, types: plan.types(query.sources))
    case .filter(let input, let condition):
      var pipeline = try pipeline(input, needed: needed.union(condition.slots))
      let preparation = try sharing([condition], in: &pipeline)
      let prepared = try preparation.prepared(condition)
      pipeline.steps += try RowTest.tests(of: prepared, context: context).map { .filter($0) }
      pipeline.keepsAllRows = false
      return pipeline
    case .project(let input, let expressions):
      let slots = needed.reduce(into: SlotSet()) { expressions[$1].addSlots(to: &$0) }
      return try projected(pipeline(input, needed: slots), expressions, needed)
    case .join(let left, let right, let kind, let keys):
      return try join(left, right, kind, keys, needed)
    case .window(let input, _, let calls) where isIdle(calls, over: input, needed):
      var pipeline = try pipeline(input, needed: needed)
      pipeline.slots += calls.map { _ in .absent }
      pipeline.types += calls.map(\.type)
      return pipeline
    default:
      return pipeline(over: try run(plan, needed: needed), types: plan.types(query.sources))
    }
  }

  /// A pipeline whose source is a finished result.
  func pipeline(over result: SlotColumns, types: [ValueType]) -> Pipeline {
    let slots = result.columns.map { column -> SlotOrigin in
      column.map { .column($0) } ?? .absent
    }
    return Pipeline(rowCount: result.rowCount, slots: slots, types: types)
  }

  /// Whether nothing of what calls give is asked for, so that the rows may pass.
  private func isIdle(_ calls: [WindowCall], over input: Plan, _ needed: SlotSet) -> Bool {
    wanted(calls, from: input.types(query.sources).count, needed).isEmpty
  }

  /// A pipeline that goes on with the values of expressions.
  func projected(
    _ input: Pipeline, _ expressions: [Expression], _ needed: SlotSet
  ) throws(EngineError) -> Pipeline {
    let wanted = Array(needed)
    var pipeline = input
    let preparation = try sharing(wanted.map { expressions[$0] }, in: &pipeline)
    var slots = Array(repeating: SlotOrigin.absent, count: expressions.count)
    var computed = preparation.shared
    for slot in wanted {
      let expression = expressions[slot]
      if case .slot(let inputSlot) = expression.kind {
        slots[slot] = pipeline.slots[inputSlot]
        continue
      }
      if let index = computed[expression] {
        slots[slot] = .computed(index)
        continue
      }
      let prepared = try preparation.prepared(expression)
      if case .lookup(.column(let codes), let answers, let origin) = prepared {
        // It is looked up where it is used, which may need no more than the codes.
        slots[slot] = .lookup(codes, answers, origin: origin)
        continue
      }
      pipeline.steps.append(.compute(prepared))
      slots[slot] = .computed(pipeline.computedCount)
      computed[expression] = pipeline.computedCount
      pipeline.computedCount += 1
    }
    pipeline.slots = slots
    pipeline.types = expressions.map(\.type)
    return pipeline
  }

  func preparation(_ pipeline: Pipeline) -> Preparation {
    Preparation(
      slots: pipeline.slots, bound: query.bound, catalog: query.catalog,
      rowCount: pipeline.rowCount, context: context)
  }

  // MARK: Collecting

  /// What comes out of a pipeline.
  ///
  /// - Parameter limit: Which of the rows that come out are wanted; nil for all. The pipeline stops
  ///   where it has them, so that no row may make it fail.
  func collect(
    _ pipeline: Pipeline, _ needed: SlotSet, within limit: Range<Int>?
  ) throws(EngineError) -> SlotColumns {
    var wanted: [(index: Int, type: ValueType, target: ReferenceTarget?)] = []
    for slot in needed {
      guard case .computed(let index) = pipeline.slots[slot],
        !wanted.contains(where: { $0.index == index })
      else { continue }
      let type = pipeline.types[slot]
      wanted.append((index, type, target(type)))
    }
    guard pipeline.keepsAllRows else {
      let outputs = try sinks(
        pipeline, 0..<pipeline.rowCount, wanted, enough: limit?.upperBound ?? .max)
      let all = try joined(outputs, wanted.map(\.index), pipeline, needed)
      return try limit.map { limit throws(EngineError) in try sliced(all, limit) } ?? all
    }
    let rows = (limit ?? 0..<pipeline.rowCount).clamped(to: 0..<pipeline.rowCount)
    let isWhole = rows.count == pipeline.rowCount
    let numbers = isWhole ? nil : try self.numbers(rows)
    if wanted.isEmpty {
      return try assemble(pipeline, needed, rowCount: rows.count, rows: numbers, [:])
    }
    let outputs = try sinks(pipeline, rows, wanted, enough: .max)
    return try joined(outputs, wanted.map(\.index), pipeline, needed, rows: numbers)
  }

  /// Runs the pipeline over some rows of its source, until enough rows came out.
  private func sinks(
    _ pipeline: Pipeline, _ rows: Range<Int>,
    _ types: [(index: Int, type: ValueType, target: ReferenceTarget?)], enough: Int
  ) throws(EngineError) -> [CollectSink] {
    let scratches = (0..<Ranges.workerCount(rows.count, context)).map { _ in
      Scratch(batchSize: context.batchSize(for: rows.count), budget: context.budget)
    }
    var sinks: [CollectSink] = []
    var start = rows.lowerBound
    // Where a few rows are enough, few ranges may do.
    var width = enough == .max ? rows.count : context.rangeSize * scratches.count
    while start < rows.upperBound, sinks.reduce(0, { $0 + $1.count }) < enough {
      let part = start..<start + min(width, rows.upperBound - start)
      let outputs = try self.sinks(for: part, pipeline, types)
      try Ranges.forEach(rowCount: part.count, context: context) {
        worker, range, own throws(EngineError) in
        let output = outputs[range]
        let own = own.lowerBound + part.lowerBound..<own.upperBound + part.lowerBound
        let isDone: (() -> Bool)? = enough == .max ? nil : { output.count >= enough }
        try pipeline.run(own, scratch: scratches[worker], until: isDone) {
          batch, _ throws(EngineError) in
          try output.add(batch)
        }
      }
      sinks += outputs
      start = part.upperBound
      width *= 2
    }
    return sinks
  }

  private func sinks(
    for rows: Range<Int>, _ pipeline: Pipeline,
    _ types: [(index: Int, type: ValueType, target: ReferenceTarget?)]
  ) throws(EngineError) -> [CollectSink] {
    var sinks: [CollectSink] = []
    for _ in 0..<Ranges.count(rows.count, context) {
      sinks.append(
        try CollectSink(
          keepsRows: !pipeline.keepsAllRows, types: types, budget: context.budget))
    }
    return sinks
  }

  /// The numbers of rows that follow one another.
  func numbers(_ rows: Range<Int>) throws(EngineError) -> Buffer<Int32> {
    let numbers = try Buffer<Int32>(count: rows.count, budget: context.budget)
    for (index, row) in rows.enumerated() { numbers[index] = Int32(row) }
    return numbers
  }

  private func joined(
    _ sinks: [CollectSink], _ indexes: [Int], _ pipeline: Pipeline, _ needed: SlotSet,
    rows given: Buffer<Int32>? = nil
  ) throws(EngineError) -> SlotColumns {
    let count = sinks.reduce(0) { $0 + $1.count }
    var rows = given
    if !pipeline.keepsAllRows { rows = try Buffer(count: count, budget: context.budget) }
    var parts: [[Column]] = Array(repeating: [], count: indexes.count)
    var offset = 0
    for sink in sinks {
      let output = try sink.finished()
      if let part = output.rows {
        rows?.copy(from: part, start: 0, count: part.count, at: offset)
      }
      offset += sink.count
      for (position, column) in output.columns.enumerated() where sink.count > 0 {
        parts[position].append(column)
      }
    }
    var computed: [Int: Column] = [:]
    for (position, index) in indexes.enumerated() where !parts[position].isEmpty {
      computed[index] = try Column.concatenated(parts[position], budget: context.budget)
    }
    return try assemble(pipeline, needed, rowCount: count, rows: rows, computed)
  }

  private func assemble(
    _ pipeline: Pipeline, _ needed: SlotSet, rowCount: Int, rows: Buffer<Int32>?,
    _ computed: [Int: Column]
  ) throws(EngineError) -> SlotColumns {
    var columns: [Column?] = Array(repeating: nil, count: pipeline.slots.count)
    for slot in needed {
      switch pipeline.slots[slot] {
      case .column(let column):
        columns[slot] = column
        if let rows { columns[slot] = try column.gathered(rows, budget: context.budget) }
      case .rowNumbers: columns[slot] = try rowNumbers(rows, rowCount)
      case .lookup(let codes, let answers, let origin):
        let numbers = try codes.distances(
          at: rows, from: origin, nullNumber: answers.count - 1, budget: context.budget)
        columns[slot] = try answers.withDictionary(context.budget)
          .gathered(numbers, budget: context.budget)
      case .computed(let index):
        columns[slot] = computed[index]
        if computed[index] == nil { columns[slot] = try emptyColumn(pipeline.types[slot]) }
      case .absent: break
      }
      columns[slot] = columns[slot]?.leading(to: pipeline.types[slot], in: query.catalog)
    }
    return SlotColumns(rowCount: rowCount, columns: columns)
  }

  private func rowNumbers(
    _ rows: Buffer<Int32>?, _ count: Int
  ) throws(EngineError) -> Column {
    if let rows {
      return Column(type: .integer, count: count, storage: .int32(rows), validity: nil)
    }
    let all = try Buffer<Int32>(count: count, budget: context.budget)
    for row in 0..<count { all[row] = Int32(row) }
    return Column(type: .integer, count: count, storage: .int32(all), validity: nil)
  }

  func emptyColumn(_ type: ValueType) throws(EngineError) -> Column {
    let budget = context.budget
    return switch type {
    case .integer: try emptyColumn(type, .int8(Buffer(count: 0, budget: budget)))
    case .number: try emptyColumn(type, .double(Buffer(count: 0, budget: budget)))
    // Its one offset is 0.
    case .text:
      try emptyColumn(
        type,
        .text(
          TextBlock(
            offsets: Buffer(count: 1, budget: budget), bytes: Buffer(count: 0, budget: budget))))
    default: try ColumnBuilder(type: type, target: target(type), budget: budget).finished()
    }
  }

  private func emptyColumn(_ type: ValueType, _ storage: Column.Storage) -> Column {
    Column(type: type, count: 0, storage: storage, validity: nil)
  }

  /// Where the rows of a reference lie.
  func target(_ type: ValueType) -> ReferenceTarget? {
    guard case .reference(let table) = type else { return nil }
    return query.catalog?.target(table)
  }
}
