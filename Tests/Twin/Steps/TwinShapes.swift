import AnnalsEngine

/// Verbs that make rows or columns of others.
struct TwinShapes {
  let interpreter: TwinInterpreter
  let dataset: TwinDataset

  func applied(
    _ step: TwinStep, _ stream: inout TwinStream, _ wanted: Set<String>, _ shape: TwinShape
  ) throws(TwinFailure) -> TwinTable {
    if case .join(let plan, let keys, let kind) = step {
      return try joined(stream, plan, keys, kind, wanted, shape)
    }
    if case .pivot(let column, let cell) = step { return try pivoted(stream, column, cell) }
    let table = TwinTable(stream.columns, try stream.rows().map(\.row))
    switch step {
    case .append(let plan):
      let other = try interpreter.table(plan, needed: wanted)
      return TwinTable(
        shape.columns, fitted(table, shape.columns) + fitted(other, shape.columns))
    case .expand(let name, let column): return expanded(table, name, column, shape)
    case .explode(let name):
      let place = table.index(name) ?? 0
      return TwinTable(
        shape.columns,
        table.rows.flatMap { row -> [[Value]] in
          guard case .list(let texts) = row[place] else { return [] }
          return texts.map { text in replaced(row, place, .text(text)) }
        })
    case .unpivot(let names, let name, let value):
      return unpivoted(table, names, name, value, shape)
    case .complete(let name, let step, let fills, let from, let to):
      return try completed(
        table, name, TwinSpan(step), fills, (from, to), stream.groups)
    case .spread(let from, let to, let names, let mode):
      return try spread(table, (from, to), names.filter(wanted.contains), mode, shape)
    default: return table
    }
  }

  private func replaced(_ row: [Value], _ place: Int, _ value: Value) -> [Value] {
    var row = row
    row[place] = value
    return row
  }

  static func figure(_ parts: [Value]) -> Value {
    let numbers = parts.map(TwinArithmetic.number)
    let figure = Figure(low: numbers[0], best: numbers[1], high: numbers[2])
    return figure.isNull ? .null : .figure(figure)
  }

  /// The rows with these columns, null where they lack one, integers as numbers where they meet.
  private func fitted(_ table: TwinTable, _ columns: [TwinColumn]) -> [[Value]] {
    let places = columns.map { table.index($0.name) }
    return table.rows.map { row in
      zip(columns, places).map { column, place in
        let value = place.map { row[$0] } ?? .null
        guard column.type == .number, case .integer(let whole) = value else { return value }
        return .number(Double(whole))
      }
    }
  }

  // MARK: Rows of other tables

  private func joined(
    _ stream: TwinStream, _ plan: TwinPlan, _ keys: [(left: String, right: String)],
    _ kind: JoinKind, _ wanted: Set<String>, _ shape: TwinShape
  ) throws(TwinFailure) -> TwinTable {
    let left = TwinTable(stream.columns, try stream.rows().map(\.row))
    let shared = keys.filter { $0.left == $0.right }.map(\.left)
    let names = plan.shape(dataset).rightNames(beside: stream.shape, shared)
    // A semi join looks at the right side, and gives none of it.
    let given = kind == .semi || kind == .anti ? [] : names
    let needed = given.filter { wanted.contains($0.name) }.map(\.column.name)
    let right = try interpreter.table(plan, needed: Set(needed + keys.map(\.right)))
    let pairing = TwinPairing(
      left: left, right: right, keys: keys, shared: shared, columns: shape.columns,
      rightNames: Dictionary(uniqueKeysWithValues: names.map { ($0.name, $0.column.name) }))
    var rows: [[Value]] = []
    var isMatched = right.rows.map { _ in false }
    for first in left.rows {
      try TwinInterpreter.check(rows.count)
      let partners = right.rows.indices.filter { pairing.matches(first, right.rows[$0]) }
      for partner in partners { isMatched[partner] = true }
      switch kind {
      case .semi: if !partners.isEmpty { rows.append(first) }
      case .anti: if partners.isEmpty { rows.append(first) }
      case .left, .full:
        if partners.isEmpty { rows.append(pairing.row(first, nil)) }
        rows += partners.map { pairing.row(first, right.rows[$0]) }
      default: rows += partners.map { pairing.row(first, right.rows[$0]) }
      }
    }
    if kind == .full {
      rows += right.rows.indices.filter { !isMatched[$0] }.map { pairing.row(nil, right.rows[$0]) }
    }
    return TwinTable(shape.columns, rows)
  }

  private func expanded(
    _ table: TwinTable, _ name: String, _ column: String, _ shape: TwinShape
  ) -> TwinTable {
    guard let other = dataset.tables[name], let place = other.index(column),
      case .reference(let target) = other.columns[place].type,
      let own = table.index("#" + target), let new = shape.names.firstIndex(of: name)
    else { return table }
    var rows: [[Value]] = []
    for row in table.rows {
      for (number, line) in other.rows.enumerated() {
        guard case .reference(let reference) = line[place],
          row[own] == .integer(Int64(reference.row))
        else { continue }
        var result = row
        result.insert(
          .reference(RowReference(table: name, key: line[0].text, row: number)), at: new)
        if result.count < shape.columns.count { result.append(.integer(Int64(number))) }
        rows.append(result)
      }
    }
    return TwinTable(shape.columns, rows)
  }

  // MARK: Columns and rows

  private func unpivoted(
    _ table: TwinTable, _ names: [String], _ name: String, _ value: String, _ shape: TwinShape
  ) -> TwinTable {
    var rows: [[Value]] = []
    for row in table.rows {
      for column in names {
        rows.append(
          shape.columns.map { field in
            if field.name == name { return .text(column) }
            let own = table.values([field.name == value ? column : field.name], of: row)[0]
            guard field.type == .number, case .integer(let whole) = own else { return own }
            return .number(Double(whole))
          })
      }
    }
    return TwinTable(shape.columns, rows)
  }

  private func pivoted(
    _ stream: TwinStream, _ column: String, _ cell: TwinColumnFormula
  ) throws(TwinFailure) -> TwinTable {
    var stream = stream
    let groups = stream.groups
    let keys = groups + [column]
    let long = try interpreter.aggregated([cell], keys, &stream)
    let turned = TwinOrder.groups(long.rows.map { [$0[groups.count]] }).map { $0.key }
      .sorted { TwinRanks.precedes($0, $1) }
    let lines = TwinOrder.groups(long.rows.map { Array($0.prefix(groups.count)) })
    let rows = lines.map { line -> [Value] in
      line.key
        + turned.map { value in
          line.members.first { TwinOrder.isSame(long.rows[$0][groups.count], value[0]) }
            .map { long.rows[$0][groups.count + 1] } ?? .null
        }
    }
    return TwinTable(
      long.columns.prefix(groups.count)
        + turned.map { TwinColumn(Self.name($0[0]), cell.formula.type) },
      rows)
  }

  private static func name(_ value: Value) -> String {
    if case .day(let day) = value { return TwinCalendar.text(Int(day.number)) }
    return value == .null ? "null" : value.text
  }

  // MARK: Days

  private func completed(
    _ table: TwinTable, _ name: String, _ step: TwinSpan,
    _ fills: [(column: String, value: Value)], _ range: (from: Day?, to: Day?),
    _ groups: [String]
  ) throws(TwinFailure) -> TwinTable {
    let place = table.index(name) ?? 0
    func day(_ row: [Value]) -> Int? {
      if case .day(let day) = row[place] { Int(day.number) } else { nil }
    }
    let days = table.rows.compactMap(day)
    let first = range.from.map { Int($0.number) } ?? days.min()
    let last = range.to.map { Int($0.number) } ?? days.max()
    var grid: [Int] = []
    if let first, let last {
      var next = first
      while next <= last {
        grid.append(next)
        try TwinInterpreter.check(grid.count * 10)
        next = step.day(after: first, times: grid.count)
      }
    }
    var parts = TwinOrder.groups(table.rows.map { table.values(groups, of: $0) })
    if groups.isEmpty, parts.isEmpty { parts = [([], [])] }
    var rows: [[Value]] = []
    for part in parts {
      let own = part.members.map { table.rows[$0] }
      let known = Set(own.compactMap(day))
      let added = grid.filter { !known.contains($0) }.map { number in
        table.columns.map { column -> Value in
          if column.name == name { return .day(Day(number: Int32(number))) }
          if let index = groups.firstIndex(of: column.name) {
            return part.members.first.map {
              table.values([groups[index]], of: table.rows[$0])[0]
            } ?? .null
          }
          return Self.filled(fills.first { $0.column == column.name }?.value, column.type)
        }
      }
      rows += (own + added).enumerated().sorted { left, right in
        let (first, second) = (day(left.element) ?? .max, day(right.element) ?? .max)
        return first != second ? first < second : left.offset < right.offset
      }.map(\.element)
    }
    return TwinTable(table.columns, rows)
  }

  private static func filled(_ value: Value?, _ type: ValueType) -> Value {
    switch (value, type) {
    case (.integer(let whole), .number): .number(Double(whole))
    case (.integer(let whole), .figure): .figure(Figure(Double(whole)))
    case (.number(let number), .figure): .figure(Figure(number))
    default: value ?? .null
    }
  }

  private func spread(
    _ table: TwinTable, _ ends: (from: String, to: String), _ names: [String],
    _ mode: SpreadMode, _ shape: TwinShape
  ) throws(TwinFailure) -> TwinTable {
    var rows: [[Value]] = []
    var lowest: TwinFailure?
    for (number, row) in table.rows.enumerated() {
      let values = table.values([ends.from, ends.to], of: row)
      var count = 0
      if case .day(let first) = values[0], case .day(let last) = values[1] {
        count = max(Int(last.number) - Int(first.number) + 1, 0)
      }
      try TwinInterpreter.check(rows.count + count)
      for day in 0..<max(count, 1) {
        do throws(TwinFailure) {
          var result: [Value] = []
          for column in shape.columns {
            let own = table.values([column.name], of: row)[0]
            if column.name == "spread_days" {
              result.append(count == 0 ? .null : .integer(Int64(count)))
            } else if [ends.from, ends.to].contains(column.name), count > 0,
              case .day(let first) = values[0]
            {
              result.append(.day(Day(number: first.number + Int32(day))))
            } else if names.contains(column.name) {
              result.append(try Self.divided(own, column.type, day, max(count, 1), mode))
            } else {
              result.append(own)
            }
          }
          rows.append(result)
        } catch {
          let failed = TwinFailure(error.kind, row: number + 1)
          if failed.comesBefore(lowest) { lowest = failed }
        }
      }
    }
    if let lowest { throw lowest }
    return TwinTable(shape.columns, rows)
  }

  private static func divided(
    _ value: Value, _ type: ValueType, _ day: Int, _ count: Int, _ mode: SpreadMode
  ) throws(TwinFailure) -> Value {
    switch value {
    case .figure:
      var parts: [Value] = []
      for name in ["low", "best", "high"] {
        let part = TwinMeaning.part(name, of: value)
        parts.append(try divided(part, .number, day, count, mode))
      }
      return figure(parts)
    case .integer(let whole) where mode != .fraction:
      if mode == .first { return .integer(day == 0 ? whole : 0) }
      let each = whole / Int64(count)
      return .integer(day == 0 ? whole - each * Int64(count - 1) : each)
    case .integer(let whole): return try divided(.number(Double(whole)), type, day, count, mode)
    case .number(let number): return .number(try divided(number, day, count, mode))
    default: return value
    }
  }

  private static func divided(
    _ number: Double, _ day: Int, _ count: Int, _ mode: SpreadMode
  ) throws(TwinFailure) -> Double {
    switch mode {
    case .first: return day == 0 ? number : 0
    case .fraction:
      // Each day has what is added to the share up to the day before, and the last share is all.
      func share(_ days: Int) -> Double {
        days == 0 ? 0 : days == count ? number : number * (Double(days) / Double(count))
      }
      return share(day + 1) - share(day)
    case .remainder:
      guard number.isFinite, number == number.rounded(), number >= -0x1p63, number < 0x1p63 else {
        throw TwinFailure(.notWhole)
      }
      let each = Int64(number) / Int64(count)
      return Double(day == 0 ? Int64(number) - each * Int64(count - 1) : each)
    }
  }
}

/// Puts rows of two tables together.
private struct TwinPairing {
  let left: TwinTable
  let right: TwinTable
  let keys: [(left: String, right: String)]
  /// The keys that both sides call the same.
  let shared: [String]
  let columns: [TwinColumn]
  /// What columns of the right are called there.
  let rightNames: [String: String]

  func matches(_ row: [Value], _ other: [Value]) -> Bool {
    keys.allSatisfy { key in
      let first = left.values([key.left], of: row)[0]
      let second = right.values([key.right], of: other)[0]
      return first != .null && second != .null
        && (TwinComparison.holds("==", first, second) || TwinOrder.isSame(first, second))
    }
  }

  func row(_ first: [Value]?, _ second: [Value]?) -> [Value] {
    columns.map { column in
      var value = Value.null
      if left.index(column.name) == nil {
        let name = rightNames[column.name] ?? column.name
        if let second { value = right.values([name], of: second)[0] }
      } else if let first {
        value = left.values([column.name], of: first)[0]
      } else if shared.contains(column.name), let second {
        // A row of the right alone still has the shared keys.
        value = right.values([column.name], of: second)[0]
      }
      switch (column.type, value) {
      case (.number, .integer(let whole)): return .number(Double(whole))
      case (.text, .reference(let reference)): return .text(reference.key)
      default: return value
      }
    }
  }
}

extension TwinInterpreter {
  /// The rows of an aggregate, for a pivot.
  func aggregated(
    _ items: [TwinColumnFormula], _ keys: [String], _ stream: inout TwinStream
  ) throws(TwinFailure) -> TwinTable {
    try aggregate(items, keys, &stream, Set(items.map(\.name)).union(keys))
    return TwinTable(stream.columns, try stream.rows().map(\.row))
  }
}
