import AnnalsEngine

/// What an aggregate gives for the values of some rows, in the order of the rows.
enum TwinAggregates {
  /// - Throws: ``TwinFailure`` without a row where the result does not fit.
  static func value(_ call: TwinCall, _ values: [Value]) throws(TwinFailure) -> Value {
    let known = values.filter { $0 != .null }
    switch call.name {
    case "count": return .integer(Int64(call.argument == nil ? values.count : known.count))
    case "count_if": return .integer(Int64(known.count { $0 == .boolean(true) }))
    case "distinct": return .integer(Int64(TwinOrder.groups(known.map { [$0] }).count))
    default: break
    }
    guard let first = known.first, let last = known.last else { return .null }
    switch call.name {
    case "any": return .boolean(known.contains(.boolean(true)))
    case "all": return .boolean(!known.contains(.boolean(false)))
    case "first": return chosen(first)
    case "last": return chosen(last)
    case "min": return chosen(known.reduce(first) { TwinOrder.isLess($1, $0) ? $1 : $0 })
    case "max": return chosen(known.reduce(first) { TwinOrder.isLess($0, $1) ? $1 : $0 })
    case "mode": return chosen(mode(known))
    case "list": return .list(known.map(written))
    case "median", "quantile":
      return .number(quantile(known.compactMap(TwinArithmetic.number), call.share))
    case "stddev": return deviation(known)
    case "mean": return .number(sum(known) / Double(known.count))
    default: return try added(known)
    }
  }

  /// A figure stays as it is; of numbers both zeros are 0.
  private static func chosen(_ value: Value) -> Value {
    if case .number = value { TwinOrder.plain(value) } else { value }
  }

  private static func written(_ value: Value) -> String {
    if case .day(let day) = value { return TwinCalendar.text(Int(day.number)) }
    return value.text
  }

  private static func mode(_ known: [Value]) -> Value {
    let groups = TwinOrder.groups(known.map { [$0] })
    let most = groups.map(\.members.count).max() ?? 0
    let candidates = groups.filter { $0.members.count == most }.map { $0.key[0] }
    return candidates.reduce(candidates[0]) { TwinOrder.isLess($1, $0) ? $1 : $0 }
  }

  // MARK: Adding

  private static func added(_ known: [Value]) throws(TwinFailure) -> Value {
    switch known[0] {
    case .integer:
      guard let fitting = Int64(exactly: wholeSum(known)) else {
        throw TwinFailure(.integerOverflow)
      }
      return .integer(fitting)
    case .figure: return figureSum(known)
    default: return .number(sum(known))
    }
  }

  private static func wholeSum(_ known: [Value]) -> Int128 {
    known.reduce(into: Int128(0)) { sum, value in
      if case .integer(let whole) = value { sum += Int128(whole) }
    }
  }

  /// The exact sum, rounded once.
  static func sum(_ known: [Value]) -> Double {
    if case .integer = known[0] { return Double(wholeSum(known)) }
    return sum(known.compactMap(TwinArithmetic.number))
  }

  static func sum(_ numbers: [Double]) -> Double {
    let infinities = Set(numbers.filter { !$0.isFinite }.map { $0.isNaN ? 0 : $0 })
    guard let infinity = infinities.first else {
      var sum = BitSum()
      for number in numbers { sum.add(number) }
      return sum.rounded
    }
    return infinities.count > 1 || infinity == 0 ? .nan : infinity
  }

  /// Low with unknown as 0, best and high only where all are known.
  private static func figureSum(_ known: [Value]) -> Value {
    var figures: [Figure] = []
    for case .figure(let figure) in known { figures.append(figure) }
    func total(_ part: (Figure) -> Double?) -> Double? {
      let numbers = figures.compactMap(part)
      return numbers.count == figures.count ? sum(numbers) : nil
    }
    return .figure(Figure(low: total { $0.low ?? 0 }, best: total(\.best), high: total(\.high)))
  }

  // MARK: Distributions

  private static func quantile(_ numbers: [Double], _ share: Double) -> Double {
    let sorted = numbers.sorted { TwinOrder.isLess(.number($0), .number($1)) }
    let place = Double(sorted.count - 1) * share
    let below = sorted[Int(place)]
    let fraction = place - place.rounded(.down)
    if fraction == 0 { return below == 0 ? 0 : below }
    let above = sorted[Int(place) + 1]
    if below == above { return below == 0 ? 0 : below }
    let step = above - below
    return step.isFinite ? below + step * fraction : below * (1 - fraction) + above * fraction
  }

  private static func deviation(_ known: [Value]) -> Value {
    guard known.count > 1 else { return .null }
    let count = Double(known.count)
    let differences: [Double]
    if case .integer = known[0] {
      let total = wholeSum(known)
      differences = known.map { value in
        guard case .integer(let whole) = value else { return 0 }
        return Double(Int128(whole) * Int128(known.count) - total) / count
      }
    } else {
      let mean = sum(known) / count
      differences = known.compactMap(TwinArithmetic.number).map { $0 - mean }
    }
    return .number((sum(differences.map { $0 * $0 }) / (count - 1)).squareRoot())
  }
}
