import AnnalsEngine

/// Runs plans step by step over arrays of values, as the reference says.
package struct TwinInterpreter {
  let dataset: TwinDataset

  package init(_ dataset: TwinDataset) {
    self.dataset = dataset
  }

  /// What a plan gives, with all its columns.
  package func outcome(_ plan: TwinPlan) -> TwinOutcome {
    do throws(TwinFailure) {
      let table = try table(plan, needed: nil)
      let shown = table.columns.indices.filter { !table.columns[$0].isHidden }
      return .table(
        TwinTable(
          shown.map { table.columns[$0] }, table.rows.map { row in shown.map { row[$0] } }))
    } catch {
      if case .tooLarge = error.kind { return .tooLarge }
      return .failed(error.kind.rawValue, row: error.row ?? 0)
    }
  }

  /// How many rows a table may have here.
  static let rowLimit = 6000

  static func check(_ rowCount: Int) throws(TwinFailure) {
    if rowCount > rowLimit { throw TwinFailure(.tooLarge) }
  }

  /// - Parameter needed: The columns that are asked for; nil for all.
  func table(_ plan: TwinPlan, needed: Set<String>?) throws(TwinFailure) -> TwinTable {
    let source = dataset.tables[plan.table] ?? TwinTable([], [])
    var stream = TwinStream(source, dataset.tables)
    let wanted = self.wanted(plan, needed)
    for (step, wanted) in zip(plan.steps, wanted) { try apply(step, to: &stream, wanted) }
    return TwinTable(stream.columns, try stream.rows().map(\.row))
  }

  /// The columns that are wanted after each step, of those that there are: what a join gives other
  /// names may bear the name of a column that was there before it.
  private func wanted(_ plan: TwinPlan, _ needed: Set<String>?) -> [Set<String>] {
    var shapes = [TwinShape(columns: dataset.tables[plan.table]?.columns ?? [])]
    for step in plan.steps { shapes.append(shapes[shapes.count - 1].after(step, dataset)) }
    var wanted = needed ?? Set(shapes[shapes.count - 1].names)
    var result: [Set<String>] = []
    for (index, step) in plan.steps.enumerated().reversed() {
      wanted.formIntersection(shapes[index + 1].names)
      result.append(wanted)
      wanted = step.needs(wanted, shapes[index])
    }
    return result.reversed()
  }

  // MARK: Steps

  private func apply(
    _ step: TwinStep, to stream: inout TwinStream, _ wanted: Set<String>
  ) throws(TwinFailure) {
    let shape = stream.shape.after(step, dataset)
    switch step {
    case .filter(let condition):
      let meaning = stream.meaning
      stream.keep { row throws(TwinFailure) in
        try meaning.value(condition, row) == .boolean(true)
      }
    case .filterEqual(let values):
      let meaning = stream.meaning
      stream.keep { row in
        values.allSatisfy { column, value in
          let own = meaning.column(column, row)
          if own == .null || value == .null { return own == .null && value == .null }
          return TwinComparison.holds("==", own, value)
        }
      }
    case .derive(let column) where wanted.contains(column.name) && !column.calls.isEmpty:
      try deriveOverRows(column, &stream, shape)
    case .derive(let column): project([column], &stream, shape, wanted)
    case .select(let items), .group(let items): project(items, &stream, shape, wanted)
    case .drop: project([], &stream, shape, wanted)
    case .rename: stream.change(to: shape.columns) { $0 }
    case .ungroup: break
    default: try block(step, &stream, wanted, shape)
    }
    stream.groups = shape.groups
  }

  /// Rows with the columns of a new shape: those that are given, and the others as they were.
  private func project(
    _ items: [TwinColumnFormula], _ stream: inout TwinStream, _ shape: TwinShape,
    _ wanted: Set<String>
  ) {
    let meaning = stream.meaning
    let sources = shape.columns.map { column in
      items.first { $0.name == column.name }?.formula ?? TwinFormula.column(column)
    }
    let isWanted = shape.columns.map { wanted.contains($0.name) || $0.isHidden }
    stream.change(to: shape.columns) { row throws(TwinFailure) in
      var result: [Value] = []
      for (index, formula) in sources.enumerated() {
        result.append(isWanted[index] ? try meaning.value(formula, row) : .null)
      }
      return result
    }
  }

  /// A column of aggregates and series.
  private func deriveOverRows(
    _ column: TwinColumnFormula, _ stream: inout TwinStream, _ shape: TwinShape
  ) throws(TwinFailure) {
    let columns = stream.columns
    let rows = try stream.rows(column.calls.flatMap(\.inputs))
    let table = TwinTable(columns, rows.map(\.row))
    let groups = TwinGroups(
      groups: TwinOrder.groups(rows.map { table.values(stream.groups, of: $0.row) }),
      rowCount: rows.count)
    var results = rows.map(\.row)
    var start = 0
    var lowest: TwinFailure?
    for call in column.calls {
      let count = call.inputs.count
      let inputs = rows.map { Array($0.inputs[start..<start + count]) }
      start += count
      do throws(TwinFailure) {
        for (row, value) in try groups.perRow(call, inputs).enumerated() {
          results[row].append(value)
        }
      } catch {
        if error.comesBefore(lowest) { lowest = error }
      }
    }
    if let lowest { throw lowest }
    let extra = column.calls.indices.map { TwinColumn("#\($0)", .text) }
    stream = TwinStream(TwinTable(columns + extra, results), stream.dataset, groups: stream.groups)
    let meaning = stream.meaning
    stream.change(to: shape.columns) { row throws(TwinFailure) in
      var result: [Value] = []
      for other in shape.columns {
        result.append(
          other.name == column.name
            ? try meaning.value(column.formula, row, Array(row[columns.count...]))
            : meaning.column(other.name, row))
      }
      return result
    }
  }

  // MARK: Steps that need all rows

  private func block(
    _ step: TwinStep, _ stream: inout TwinStream, _ wanted: Set<String>, _ shape: TwinShape
  ) throws(TwinFailure) {
    switch step {
    case .aggregate(let items): try aggregate(items, stream.groups, &stream, wanted)
    case .count(let names):
      let call = TwinCall(name: "count", type: .integer, argument: nil)
      let count = TwinColumnFormula(
        name: "n", formula: TwinFormula(.result(0), .integer), calls: [call])
      try aggregate([count], names.isEmpty ? stream.groups : names, &stream, wanted.union(["n"]))
      if let number = TwinTable(stream.columns, []).index("n") {
        try sort(&stream, [stream.columns[number]].map(TwinFormula.column), [true])
      }
    case .sort(let keys):
      try sort(&stream, keys.map(\.formula), keys.map(\.isDescending))
    case .take(let count):
      replace(&stream, Array(try stream.rows().map(\.row).prefix(count)))
    case .skip(let count):
      replace(&stream, Array(try stream.rows().map(\.row).dropFirst(count)))
    case .top(let count, let keys): try top(count, keys, &stream)
    case .distinct(let names):
      let keys =
        names.isEmpty
        ? stream.shape.visible.filter { $0.type != .list }.map(\.name) : names
      let rows = try stream.rows().map(\.row)
      let table = TwinTable(stream.columns, rows)
      let groups = TwinOrder.groups(rows.map { table.values(keys, of: $0) })
      replace(&stream, groups.map { rows[$0.members[0]] })
    case .pick(let keys, let order, _, let widest):
      try pick(keys, order, widest, &stream, shape)
    default:
      let table = try TwinShapes(interpreter: self, dataset: dataset)
        .applied(step, &stream, wanted, shape)
      stream = TwinStream(table, stream.dataset, groups: shape.groups)
    }
  }

  private func replace(_ stream: inout TwinStream, _ rows: [[Value]]) {
    stream = TwinStream(
      TwinTable(stream.columns, rows), stream.dataset, groups: stream.groups)
  }

  private func sort(
    _ stream: inout TwinStream, _ keys: [TwinFormula], _ isDescending: [Bool]
  ) throws(TwinFailure) {
    let rows = try stream.rows(keys)
    let order = rows.indices.sorted { left, right in
      TwinOrder.precedes(rows[left].inputs, rows[right].inputs, isDescending) ?? (left < right)
    }
    replace(&stream, order.map { rows[$0].row })
  }

  private func top(
    _ count: Int, _ keys: [TwinSortKey], _ stream: inout TwinStream
  ) throws(TwinFailure) {
    let groups = stream.groups
    let columns = stream.columns.filter { groups.contains($0.name) }
    let order = groups.compactMap { name in columns.first { $0.name == name } }
      .flatMap { TwinRanks.keys(.column($0)) }
    try sort(
      &stream, order + keys.map(\.formula), order.map { _ in false } + keys.map(\.isDescending))
    let rows = try stream.rows().map(\.row)
    let table = TwinTable(stream.columns, rows)
    let members = TwinOrder.groups(rows.map { table.values(groups, of: $0) })
      .flatMap { $0.members.prefix(count) }
    replace(&stream, members.sorted().map { rows[$0] })
  }

  // MARK: Groups

  func aggregate(
    _ items: [TwinColumnFormula], _ keys: [String], _ stream: inout TwinStream,
    _ wanted: Set<String>
  ) throws(TwinFailure) {
    let calls = items.filter { wanted.contains($0.name) }.flatMap(\.calls)
    let rows = try stream.rows(calls.flatMap(\.inputs))
    let table = TwinTable(stream.columns, rows.map(\.row))
    var groups = TwinOrder.groups(rows.map { table.values(keys, of: $0.row) })
    if keys.isEmpty, groups.isEmpty { groups = [([], [])] }
    groups = groups.sorted { TwinRanks.precedes($0.key, $1.key) }
    var results = groups.map { $0.key.map(TwinOrder.plain) }
    var lowest: TwinFailure?
    var start = 0
    for call in calls {
      let end = start + call.inputs.count
      let inputs = rows.map { Array($0.inputs[start..<end]) }
      start = end
      for (number, group) in groups.enumerated() {
        do throws(TwinFailure) {
          results[number].append(try TwinGroups.aggregate(call, inputs, group.members))
        } catch {
          // A key's second value is told by its row in the table, the rest by the group's row.
          let row = error.row.map { rows[$0 - 1].number + 1 } ?? number + 1
          let failed = TwinFailure(error.kind, row: row)
          if failed.comesBefore(lowest) { lowest = failed }
        }
      }
    }
    if let lowest { throw lowest }
    let keyColumns = keys.map { TwinColumn($0, stream.shape.type($0)) }
    let extra = calls.indices.map { TwinColumn("#\($0)", .text) }
    stream = TwinStream(TwinTable(keyColumns + extra, results), stream.dataset)
    finishAggregate(items, keyColumns, &stream, wanted)
  }

  /// The formulas around the aggregates.
  private func finishAggregate(
    _ items: [TwinColumnFormula], _ keys: [TwinColumn], _ stream: inout TwinStream,
    _ wanted: Set<String>
  ) {
    let meaning = stream.meaning
    let columns = keys + items.map { TwinColumn($0.name, $0.formula.type) }
    stream.change(to: columns) { row throws(TwinFailure) in
      var result = Array(row.prefix(keys.count))
      var start = keys.count
      for item in items {
        guard wanted.contains(item.name) else {
          result.append(.null)
          continue
        }
        let results = Array(row[start..<start + item.calls.count])
        start += item.calls.count
        result.append(try meaning.value(item.formula, row, results))
      }
      return result
    }
  }

  private func pick(
    _ keys: [String], _ order: [TwinSortKey], _ widest: String?, _ stream: inout TwinStream,
    _ shape: TwinShape
  ) throws(TwinFailure) {
    let columns = stream.columns
    let rows = try stream.rows(order.map(\.formula))
    let table = TwinTable(columns, rows.map(\.row))
    let groups = TwinOrder.groups(rows.map { table.values(keys, of: $0.row) })
    let picked = groups.map { group in
      let best = group.members.dropFirst().reduce(group.members[0]) { best, member in
        let isFirst = TwinOrder.precedes(
          rows[member].inputs, rows[best].inputs, order.map(\.isDescending))
        return isFirst == true ? member : best
      }
      return (best: best, members: group.members)
    }
    let result = picked.sorted { $0.best < $1.best }.map { group -> [Value] in
      var row = rows[group.best].row
      if let widest {
        for (index, column) in columns.enumerated() where !column.isHidden {
          row[index] = TwinRanks.widest(
            group.members.map { rows[$0].row[index] }, column.name == widest, row[index])
        }
      }
      let end = columns.firstIndex { $0.isHidden } ?? columns.count
      row.insert(.integer(Int64(group.members.count)), at: end)
      return row
    }
    stream = TwinStream(
      TwinTable(shape.columns, result), stream.dataset, groups: stream.groups)
  }
}

/// What a plan gives.
package enum TwinOutcome: Sendable {
  case table(TwinTable)
  /// What is wrong, and the row, which counts from 1.
  case failed(String, row: Int)
  /// The twin does not want to know.
  case tooLarge
}
