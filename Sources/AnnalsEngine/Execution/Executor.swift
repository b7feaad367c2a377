/// Columns of equal length by slot; slots that nobody asked for are nil.
struct SlotColumns: Sendable {
  let rowCount: Int
  let columns: [Column?]
}

/// Runs a query's plan.
struct Executor {
  let query: Query
  let context: RunContext

  /// Runs a plan and gives the columns of the needed slots.
  func run(_ plan: Plan, needed: Set<Int>) throws(EngineError) -> SlotColumns {
    switch plan {
    case .source, .filter, .project: return try collect(pipeline(plan, needed: needed), needed)
    case .aggregate(let input, let keys, let calls):
      return try aggregate(input, keys, calls, needed)
    case .window(let input, let partition, let calls):
      return try window(input, partition, calls, needed)
    case .sort(let input, let keys): return try sort(input, keys, needed)
    case .slice(let input, let skip, let take): return try slice(input, skip, take, needed)
    case .pick(let input, let keys, let order, let calls):
      return try pick(input, keys, order, calls, needed)
    case .join(let left, let right, let kind, let keys):
      return try join(left, right, kind, keys, needed)
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

  func pipeline(_ plan: Plan, needed: Set<Int>) throws(EngineError) -> Pipeline {
    switch plan {
    case .source(let index):
      let table = query.sources[index]
      guard table.rowCount <= Int(Int32.max) else {
        throw .misuse("a table has more than 2147483647 rows", fix: "split it")
      }
      var slots: [SlotOrigin] = []
      for slot in table.parts.indices {
        slots.append(needed.contains(slot) ? .column(try table.column(slot)) : .absent)
      }
      slots.append(.rowNumbers)
      return Pipeline(
        rowCount: table.rowCount, slots: slots, types: plan.types(query.sources))
    case .filter(let input, let condition):
      var pipeline = try pipeline(input, needed: needed.union(condition.slots))
      pipeline.steps.append(.filter(try preparation(pipeline).prepared(condition)))
      pipeline.keepsAllRows = false
      return pipeline
    case .project(let input, let expressions):
      return try project(input, expressions, needed)
    default:
      let result = try run(plan, needed: needed)
      let slots = result.columns.map { column -> SlotOrigin in
        column.map { .column($0) } ?? .absent
      }
      return Pipeline(
        rowCount: result.rowCount, slots: slots, types: plan.types(query.sources))
    }
  }

  private func project(
    _ input: Plan, _ expressions: [Expression], _ needed: Set<Int>
  ) throws(EngineError) -> Pipeline {
    let wanted = needed.sorted()
    let inputSlots = wanted.reduce(into: Set<Int>()) { $0.formUnion(expressions[$1].slots) }
    var pipeline = try pipeline(input, needed: inputSlots)
    let preparation = preparation(pipeline)
    var slots = Array(repeating: SlotOrigin.absent, count: expressions.count)
    var computed: [Expression: Int] = [:]
    for slot in wanted {
      let expression = expressions[slot]
      if case .slot(let inputSlot) = expression.kind {
        slots[slot] = pipeline.slots[inputSlot]
      } else if let index = computed[expression] {
        slots[slot] = .computed(index)
      } else {
        pipeline.steps.append(.compute(try preparation.prepared(expression)))
        slots[slot] = .computed(pipeline.computedCount)
        computed[expression] = pipeline.computedCount
        pipeline.computedCount += 1
      }
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

  private func collect(
    _ pipeline: Pipeline, _ needed: Set<Int>
  ) throws(EngineError) -> SlotColumns {
    var wanted: [(index: Int, type: ValueType, target: ReferenceTarget?)] = []
    for slot in needed.sorted() {
      guard case .computed(let index) = pipeline.slots[slot],
        !wanted.contains(where: { $0.index == index })
      else { continue }
      let type = pipeline.types[slot]
      wanted.append((index, type, target(type)))
    }
    if wanted.isEmpty, pipeline.keepsAllRows {
      return try assemble(pipeline, needed, rowCount: pipeline.rowCount, rows: nil, [:])
    }
    let types = wanted
    var sinks: [CollectSink] = []
    for _ in 0..<Ranges.count(pipeline.rowCount, context) {
      sinks.append(
        try CollectSink(
          keepsRows: !pipeline.keepsAllRows, types: types, budget: context.budget))
    }
    let outputs = sinks
    let scratches = (0..<Ranges.workerCount(pipeline.rowCount, context)).map { _ in
      Scratch(batchSize: context.batchSize, budget: context.budget)
    }
    let stop = context.stop
    try Ranges.forEach(rowCount: pipeline.rowCount, context: context) {
      worker, range, rows throws(EngineError) in
      try pipeline.run(rows, scratch: scratches[worker], stop: stop) {
        batch, _ throws(EngineError) in
        try outputs[range].add(batch)
      }
    }
    return try joined(outputs, wanted.map(\.index), pipeline, needed)
  }

  private func joined(
    _ sinks: [CollectSink], _ indexes: [Int], _ pipeline: Pipeline, _ needed: Set<Int>
  ) throws(EngineError) -> SlotColumns {
    let count = sinks.reduce(0) { $0 + $1.count }
    var rows: Buffer<Int32>?
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
    _ pipeline: Pipeline, _ needed: Set<Int>, rowCount: Int, rows: Buffer<Int32>?,
    _ computed: [Int: Column]
  ) throws(EngineError) -> SlotColumns {
    var columns: [Column?] = Array(repeating: nil, count: pipeline.slots.count)
    for slot in needed {
      switch pipeline.slots[slot] {
      case .column(let column):
        columns[slot] = column
        if let rows { columns[slot] = try column.gathered(rows, budget: context.budget) }
      case .rowNumbers: columns[slot] = try rowNumbers(rows, rowCount)
      case .computed(let index):
        columns[slot] = computed[index]
        if computed[index] == nil { columns[slot] = try emptyColumn(pipeline.types[slot]) }
      case .absent: break
      }
      columns[slot] = columns[slot].map { leading($0, pipeline.types[slot]) }
    }
    return SlotColumns(rowCount: rowCount, columns: columns)
  }

  /// Row numbers that are asked for as references lead to the keys of those rows.
  private func leading(_ column: Column, _ type: ValueType) -> Column {
    guard case .int32(let rows) = column.storage, let target = target(type) else { return column }
    return Column(
      type: type, count: column.count, storage: .reference(rows, target), validity: column.validity)
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
    try ColumnBuilder(type: type, target: target(type), budget: context.budget).finished()
  }

  /// Where the rows of a reference lie.
  func target(_ type: ValueType) -> ReferenceTarget? {
    guard case .reference(let table) = type else { return nil }
    return query.catalog?.target(table)
  }
}
