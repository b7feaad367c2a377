import AnnalsEngine

/// The order of groups, and what becomes of figures whose rows are picked.
enum TwinRanks {
  /// Groups ascend, null last; figures by their best, else low, else high, then by each bound.
  static func precedes(_ left: [Value], _ right: [Value]) -> Bool {
    for (left, right) in zip(left, right) {
      if let answer = TwinOrder.precedes(left, right) { return answer }
      guard case .figure(let first) = left, case .figure(let second) = right else { continue }
      let pairs = [(first.low, second.low), (first.best, second.best), (first.high, second.high)]
      for (left, right) in pairs {
        let left = left.map { Value.number($0) } ?? .null
        if let answer = TwinOrder.precedes(left, right.map { .number($0) } ?? .null) {
          return answer
        }
      }
    }
    return false
  }

  /// What a group column is ordered by.
  static func keys(_ column: TwinFormula) -> [TwinFormula] {
    guard column.type == .figure, case .column(let name) = column.kind else { return [column] }
    return [column] + ["low", "best", "high"].map { TwinFormula(.part(name, $0), .number) }
  }

  /// The least low and the greatest high where all are known and the best where all agree; of other
  /// columns what all agree in.
  static func widest(_ values: [Value], _ isWidened: Bool, _ own: Value) -> Value {
    if case .list = own { return own }
    guard values.contains(where: { if case .figure = $0 { true } else { false } }) else {
      return agreed(values)
    }
    func parts(_ name: String) -> [Value] { values.map { TwinMeaning.part(name, of: $0) } }
    func extreme(_ name: String, greatest: Bool) -> Value {
      let parts = parts(name)
      if parts.contains(.null) { return .null }
      return parts.dropFirst().reduce(parts[0]) { best, part in
        (greatest ? TwinOrder.isLess(best, part) : TwinOrder.isLess(part, best)) ? part : best
      }
    }
    let low = isWidened ? extreme("low", greatest: false) : agreed(parts("low"))
    let high = isWidened ? extreme("high", greatest: true) : agreed(parts("high"))
    return TwinShapes.figure([low, agreed(parts("best")), high])
  }

  private static func agreed(_ values: [Value]) -> Value {
    let isOne = values.allSatisfy { TwinOrder.isSame($0, values[0]) }
    return isOne ? TwinOrder.plain(values[0]) : .null
  }
}
