@testable import AnnalsEngine

/// Interprets the steps of a plan row by row.
struct TwinRun {
  let plan: TwinPlan
  let rows: [TwinRow]

  /// One text for each row, or the row that failed.
  func lines() -> [String] {
    do {
      let result = try rows(after: neededSteps())
      return result.map { row in
        plan.columns.map { TwinPlan.cell(row[$0.name] ?? .null) }.joined(separator: " | ")
      }
    } catch TwinFailure.row(let row) {
      return ["failed at row \(row)"]
    } catch {
      return ["failed nowhere"]
    }
  }

  /// The steps without the columns that nobody asks for.
  private func neededSteps() -> [TwinPlan.Step] {
    var needed = Set(plan.columns.map(\.name))
    var kept: [TwinPlan.Step] = []
    for step in plan.steps.reversed() {
      switch step {
      case .filter(let condition): needed.formUnion(condition.reads)
      case .derive(let name, let formula):
        guard needed.contains(name) else { continue }
        needed.formUnion(formula.reads)
      case .sort(let keys): for key in keys { needed.formUnion(key.formula.reads) }
      case .slice: break
      case .aggregate(let keys, let calls):
        needed = calls.reduce(into: Set(keys)) { $0.formUnion($1.call.reads) }
      case .pick(let keys, let order, _):
        needed.formUnion(keys)
        for key in order { needed.formUnion(key.formula.reads) }
      }
      kept.append(step)
    }
    return kept.reversed()
  }

  private func rows(after steps: [TwinPlan.Step]) throws -> [TwinRow] {
    var rows = rows
    var rest = steps[...]
    while !rest.isEmpty {
      let streaming = rest.prefix { step in
        switch step {
        case .filter, .derive: true
        default: false
        }
      }
      rest = rest.dropFirst(streaming.count)
      let last = rest.popFirst()
      var kept: [(row: TwinRow, values: [Value])] = []
      for (index, row) in rows.enumerated() {
        do {
          if let row = try streamed(row, streaming) {
            kept.append((row, try Self.values(row, last)))
          }
        } catch TwinFailure.value { throw TwinFailure.row(index + 1) }
      }
      rows = try Self.finished(kept, last)
    }
    return rows
  }

  private func streamed(_ row: TwinRow, _ steps: ArraySlice<TwinPlan.Step>) throws -> TwinRow? {
    var row = row
    for step in steps {
      switch step {
      case .filter(let condition):
        guard try condition.value(row) == .boolean(true) else { return nil }
      case .derive(let name, let formula): row[name] = try formula.value(row)
      default: break
      }
    }
    return row
  }

  /// What a step that needs all rows wants to know of each.
  private static func values(_ row: TwinRow, _ step: TwinPlan.Step?) throws -> [Value] {
    switch step {
    case .sort(let keys): return try keys.map { try $0.formula.value(row) }
    case .pick(_, let order, _): return try order.map { try $0.formula.value(row) }
    case .aggregate(_, let calls):
      return try calls.flatMap { call in
        [try call.call.argument?.value(row) ?? .null, try call.call.key?.value(row) ?? .null]
      }
    default: return []
    }
  }

  private static func finished(
    _ rows: [(row: TwinRow, values: [Value])], _ step: TwinPlan.Step?
  ) throws -> [TwinRow] {
    switch step {
    case .slice(let skip, let take): return rows.dropFirst(skip).prefix(take).map(\.row)
    case .sort(let keys):
      let order = rows.indices.sorted { left, right in
        precedes(rows[left].values, rows[right].values, keys.map(\.isDescending)) ?? (left < right)
      }
      return order.map { rows[$0].row }
    case .aggregate(let keys, let calls): return try aggregated(rows, keys, calls)
    case .pick(let keys, let order, let count):
      return picked(rows, keys, order.map(\.isDescending), count)
    default: return rows.map(\.row)
    }
  }

  private static func precedes(_ left: [Value], _ right: [Value], _ down: [Bool]) -> Bool? {
    for index in down.indices {
      let answer = TwinOrder.precedes(left[index], right[index], isDescending: down[index])
      if let answer { return answer }
    }
    return nil
  }

  private static func groups(
    _ rows: [(row: TwinRow, values: [Value])], _ keys: [String]
  ) -> [(key: [Value], members: [Int])] {
    var numbers: [[Value]: Int] = [:]
    var groups: [(key: [Value], members: [Int])] = []
    for (index, row) in rows.enumerated() {
      let key = keys.map { TwinPlan.plain(row.row[$0] ?? .null) }
      if let number = numbers[key] {
        groups[number].members.append(index)
      } else {
        numbers[key] = groups.count
        groups.append((key, [index]))
      }
    }
    return groups
  }

  private static func aggregated(
    _ rows: [(row: TwinRow, values: [Value])], _ keys: [String],
    _ calls: [(name: String, call: TwinCall)]
  ) throws -> [TwinRow] {
    var groups = groups(rows, keys)
    if keys.isEmpty, groups.isEmpty { groups = [([], [])] }
    let down = keys.map { _ in false }
    groups.sort { precedes($0.key, $1.key, down) ?? false }
    var result = groups.map { Dictionary(uniqueKeysWithValues: zip(keys, $0.key)) }
    for (index, call) in calls.enumerated() {
      for (number, group) in groups.enumerated() {
        let pairs = group.members.map { member in
          (value: rows[member].values[index * 2], key: rows[member].values[index * 2 + 1])
        }
        do { result[number][call.name] = try call.call.result(pairs) } catch {
          throw TwinFailure.row(number + 1)
        }
      }
    }
    return result
  }

  private static func picked(
    _ rows: [(row: TwinRow, values: [Value])], _ keys: [String], _ down: [Bool], _ count: String
  ) -> [TwinRow] {
    let best = groups(rows, keys).map { group in
      var best = group.members[0]
      for member in group.members.dropFirst()
      where precedes(rows[member].values, rows[best].values, down) == true {
        best = member
      }
      return (best, group.members.count)
    }
    return best.sorted { $0.0 < $1.0 }.map { index, size in
      rows[index].row.merging([count: .integer(Int64(size))]) { $1 }
    }
  }
}
