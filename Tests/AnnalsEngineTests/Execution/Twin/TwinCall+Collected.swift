@testable import AnnalsEngine

/// Aggregates that see all values of a group at once.
extension TwinCall {
  static func quantile(_ formulas: inout TwinFormulas) -> TwinCall {
    let argument = formulas.formula(formulas.random.pick([.integer, .number]), depth: 2)
    let share = formulas.random.pick([0, 0.1, 0.5, 0.9, 1])
    return TwinCall(
      text: share == 0.5 ? "median(\(argument.text))" : "quantile(\(argument.text), \(share))",
      type: .number, argument: argument, key: nil
    ) { pairs in
      let values = pairs.map(\.value).compactMap(number).sorted()
      guard !values.isEmpty else { return .null }
      let place = Double(values.count - 1) * share
      let below = values[Int(place)]
      let above = values[min(Int(place) + 1, values.count - 1)]
      let fraction = place - place.rounded(.down)
      return .number(below == above ? below : below + (above - below) * fraction)
    }
  }

  static func mode(_ formulas: inout TwinFormulas) -> TwinCall {
    let type = formulas.random.pick([ValueType.integer, .number, .text, .day, .boolean])
    let argument = formulas.formula(type, depth: 1)
    return TwinCall("mode", type, argument) { values in
      var counts: [Value: Int] = [:]
      for value in values where value != .null { counts[TwinPlan.plain(value), default: 0] += 1 }
      guard let most = counts.values.max() else { return .null }
      let candidates = counts.filter { $0.value == most }.map(\.key)
      return candidates.min { TwinOrder.isLess($0, $1) } ?? .null
    }
  }

  static func deviation(_ formulas: inout TwinFormulas) -> TwinCall {
    let argument = formulas.formula(formulas.random.pick([.integer, .number]), depth: 2)
    return TwinCall("stddev", .number, argument) { values in
      let known = values.filter { $0 != .null }
      guard known.count > 1 else { return .null }
      let total = known.reduce(into: Int128(0)) { sum, value in
        if case .integer(let value) = value { sum += Int128(value) }
      }
      var sum = BitSum()
      for value in known { if case .number(let value) = value { sum.add(value) } }
      let mean = sum.rounded / Double(known.count)
      var squares = BitSum()
      for value in known {
        var difference = 0.0
        if case .number(let value) = value { difference = value - mean }
        if case .integer(let value) = value {
          difference =
            Double(Int128(value) * Int128(known.count) - total) / Double(known.count)
        }
        squares.add(difference * difference)
      }
      return .number((squares.rounded / Double(known.count - 1)).squareRoot())
    }
  }

  static func chosenFigure(_ figure: TwinFormula, _ formulas: inout TwinFormulas) -> TwinCall {
    let name = formulas.random.pick(["min", "max", "first", "last"])
    return TwinCall(name, .figure, figure) { values in
      let known = values.filter { $0 != .null }
      guard var best = known.first else { return .null }
      if name == "last" { return known[known.count - 1] }
      for value in known {
        let isLess = TwinOrder.isLess(value, best)
        if name == "min" && isLess || name == "max" && TwinOrder.isLess(best, value) {
          best = value
        }
      }
      return best
    }
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
