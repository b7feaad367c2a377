import AnnalsEngine

/// What calls give over rows that are grouped, from what was computed for each row.
struct TwinGroups {
  /// The rows of each group, ascending; groups in the order of their first rows.
  let groups: [(key: [Value], members: [Int])]
  let rowCount: Int

  /// One value for each row.
  ///
  /// - Parameter inputs: Of each row the values of the call's `inputs`.
  /// - Throws: ``TwinFailure`` with the lowest row that fails.
  func perRow(_ call: TwinCall, _ inputs: [[Value]]) throws(TwinFailure) -> [Value] {
    var results = [Value](repeating: .null, count: rowCount)
    var lowest: TwinFailure?
    for group in groups {
      for (position, row) in group.members.enumerated() {
        do throws(TwinFailure) {
          results[row] = try value(call, inputs, group.members, position)
        } catch {
          let failed = TwinFailure(error.kind, row: error.row ?? row + 1)
          if failed.comesBefore(lowest) { lowest = failed }
        }
        // All rows of a group share what is over the whole group.
        if case .group = call.frame, !call.isSeries {
          for other in group.members { results[other] = results[row] }
          break
        }
      }
    }
    if let lowest { throw lowest }
    return results
  }

  private func value(
    _ call: TwinCall, _ inputs: [[Value]], _ members: [Int], _ position: Int
  ) throws(TwinFailure) -> Value {
    switch call.name {
    case "row_number": return .integer(Int64(position + 1))
    case "rank":
      let own = inputs[members[position]][0]
      if own == .null { return .null }
      let less = members.count {
        inputs[$0][0] != .null && TwinOrder.isLess(inputs[$0][0], own)
      }
      return .integer(Int64(less + 1))
    case "lag", "lead":
      let other = call.name == "lag" ? position - call.step : position + call.step
      return members.indices.contains(other) ? inputs[members[other]][0] : .null
    default: break
    }
    switch call.frame {
    case .group: return try Self.aggregate(call, inputs, members)
    case .cumulative: return try Self.aggregate(call, inputs, Array(members[...position]))
    case .rolling(let span, _, let isPartial):
      let rows = Self.rows(TwinSpan(span), isPartial, inputs, members, position)
      guard let rows else { return .null }
      return try Self.aggregate(call, inputs, rows)
    case .lastRows(let count, let isPartial):
      guard isPartial || position + 1 >= count else { return .null }
      return try Self.aggregate(call, inputs, Array(members[...position].suffix(count)))
    }
  }

  /// The rows whose day lies in the span that ends with a row's day, by their days; nil without a day, and for a span
  /// that is not full.
  private static func rows(
    _ span: TwinSpan, _ isPartial: Bool, _ inputs: [[Value]], _ members: [Int], _ position: Int
  ) -> [Int]? {
    func day(_ row: Int) -> Int? {
      guard case .day(let day)? = inputs[row].last else { return nil }
      return Int(day.number)
    }
    guard let end = day(members[position]), let first = members.compactMap(day).min() else {
      return nil
    }
    let start = span.day(after: end, times: -1) + 1
    guard isPartial || start >= first else { return nil }
    let within = members.filter { row in day(row).map { $0 >= start && $0 <= end } ?? false }
    return within.sorted { left, right in
      day(left) != day(right) ? day(left) ?? 0 < day(right) ?? 0 : left < right
    }
  }

  /// - Throws: ``TwinFailure`` with the row of a key's second value, or without a row.
  static func aggregate(
    _ call: TwinCall, _ inputs: [[Value]], _ members: [Int]
  ) throws(TwinFailure) -> Value {
    guard call.argument != nil else {
      return try TwinAggregates.value(call, members.map { _ in .integer(1) })
    }
    guard call.key != nil else {
      return try TwinAggregates.value(call, members.map { inputs[$0][0] })
    }
    // A row without a value or a key counts for nothing.
    let keyed = members.filter { inputs[$0][0] != .null && inputs[$0][1] != .null }
    var values: [Value] = []
    var lowest: TwinFailure?
    for group in TwinOrder.groups(keyed.map { [inputs[$0][1]] }) {
      let rows = group.members.map { keyed[$0] }
      let value = inputs[rows[0]][0]
      if let other = rows.first(where: { !TwinOrder.isSame(inputs[$0][0], value) }) {
        let failed = TwinFailure(.differsWithinKey, row: other + 1)
        if failed.comesBefore(lowest) { lowest = failed }
      }
      values.append(value)
    }
    if let lowest { throw lowest }
    return try TwinAggregates.value(call, values)
  }
}
