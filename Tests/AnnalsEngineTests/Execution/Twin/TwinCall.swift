@testable import AnnalsEngine

/// One aggregate: its text, and what it gives for the values of a group in the order of the rows.
struct TwinCall {
  let text: String
  let type: ValueType
  let argument: TwinFormula?
  let key: TwinFormula?
  /// Throws ``TwinFailure/value`` where the result does not fit.
  let result: ([(value: Value, key: Value)]) throws -> Value

  init(
    _ name: String, _ type: ValueType, _ argument: TwinFormula? = nil, key: TwinFormula? = nil,
    result: @escaping ([Value]) throws -> Value
  ) {
    text = "\(name)(\([argument, key].compactMap { $0?.text }.joined(separator: ", ")))"
    self.type = type
    self.argument = argument
    self.key = key
    self.result = { pairs in
      guard key != nil else { return try result(pairs.map(\.value)) }
      var seen: Set<Value> = []
      return try result(
        pairs.filter { $0.value != .null && $0.key != .null && seen.insert($0.key).inserted }
          .map(\.value))
    }
  }

  init(
    text: String, type: ValueType, argument: TwinFormula?, key: TwinFormula?,
    result: @escaping ([(value: Value, key: Value)]) throws -> Value
  ) {
    self.text = text
    self.type = type
    self.argument = argument
    self.key = key
    self.result = result
  }

  var reads: Set<String> {
    (argument?.reads ?? []).union(key?.reads ?? [])
  }
}

extension TwinCall {
  static func random(_ formulas: inout TwinFormulas) -> TwinCall {
    switch formulas.random.below(13) {
    case 9, 10: return quantile(&formulas)
    case 11: return mode(&formulas)
    case 12: return deviation(&formulas)
    case 0: return TwinCall("count", .integer) { .integer(Int64($0.count)) }
    case 1: return known(&formulas)
    case 2, 3: return sum(&formulas)
    case 4: return mean(&formulas)
    case 5, 6: return chosen(&formulas)
    case 7: return tested(&formulas)
    default:
      if let figure = formulas.columns.first(where: { $0.type == .figure }) {
        return formulas.random.once(in: 2)
          ? figureSum(TwinFormula(column: figure))
          : chosenFigure(TwinFormula(column: figure), &formulas)
      }
      return known(&formulas)
    }
  }

  private static func known(_ formulas: inout TwinFormulas) -> TwinCall {
    let type = formulas.random.pick([ValueType.integer, .number, .text, .boolean, .day])
    let argument = formulas.formula(type, depth: 2)
    if formulas.random.once(in: 2) {
      return TwinCall("count", .integer, argument) {
        .integer(Int64($0.count { $0 != .null }))
      }
    }
    return TwinCall("distinct", .integer, argument) {
      .integer(Int64(Set($0.filter { $0 != .null }.map(TwinPlan.plain)).count))
    }
  }

  private static func addable(_ type: ValueType, _ formulas: inout TwinFormulas) -> TwinFormula {
    for _ in 0..<20 {
      let argument = formulas.formula(type, depth: 2)
      if !argument.isRepeated { return argument }
    }
    return TwinFormula("(1 + 0)", .integer) { _ in .integer(1) }
  }

  private static func sum(_ formulas: inout TwinFormulas) -> TwinCall {
    if let other = formulas.columns.first(where: { $0.type == .reference(table: "others") }),
      formulas.random.once(in: 3)
    {
      let others = formulas.others
      let size = TwinFormula(path: "size", from: other, .integer) { value in
        guard case .reference(let reference) = value else { return .null }
        return others[reference.row]["size"] ?? .null
      }
      return TwinCall("sum", .integer, size, key: TwinFormula(column: other), result: added)
    }
    let argument = addable(formulas.random.pick([.integer, .number]), &formulas)
    return TwinCall("sum", argument.type, argument, result: added)
  }

  private static func added(_ values: [Value]) throws -> Value {
    let known = values.filter { $0 != .null }
    guard let first = known.first else { return .null }
    guard case .integer = first else { return .number(exactSum(known).rounded) }
    var sum = Int128(0)
    for case .integer(let value) in known { sum += Int128(value) }
    guard let fitting = Int64(exactly: sum) else { throw TwinFailure.value }
    return .integer(fitting)
  }

  private static func exactSum(_ values: [Value]) -> BitSum {
    var sum = BitSum()
    for value in values {
      switch value {
      case .number(let value): sum.add(value)
      case .integer(let value):
        // In two halves that doubles hold exactly.
        sum.add(Double(value >> 32) * 0x1p32)
        sum.add(Double(value & 0xFFFF_FFFF))
      default: break
      }
    }
    return sum
  }

  private static func mean(_ formulas: inout TwinFormulas) -> TwinCall {
    let argument = addable(formulas.random.pick([.integer, .number]), &formulas)
    return TwinCall("mean", .number, argument) { values in
      let known = values.filter { $0 != .null }
      return known.isEmpty ? .null : .number(exactSum(known).rounded / Double(known.count))
    }
  }

  private static func chosen(_ formulas: inout TwinFormulas) -> TwinCall {
    let isExtreme = formulas.random.once(in: 2)
    let type = formulas.random.pick(
      [ValueType.integer, .number, .text, .day] + (isExtreme ? [] : [.boolean]))
    let argument = formulas.formula(type, depth: 2)
    let isFirst = formulas.random.once(in: 2)
    guard isExtreme else {
      return TwinCall(isFirst ? "first" : "last", type, argument) { values in
        (isFirst ? values.first { $0 != .null } : values.last { $0 != .null }) ?? .null
      }
    }
    return TwinCall(isFirst ? "min" : "max", type, argument) { values in
      let known = values.filter { $0 != .null }
      guard var best = known.first else { return .null }
      for value in known
      where isFirst ? TwinOrder.isLess(value, best) : TwinOrder.isLess(best, value) {
        best = value
      }
      return best
    }
  }

  private static func tested(_ formulas: inout TwinFormulas) -> TwinCall {
    let argument = formulas.formula(.boolean, depth: 2)
    let name = formulas.random.pick(["count_if", "any", "all"])
    return TwinCall(name, name == "count_if" ? .integer : .boolean, argument) { values in
      let known = values.filter { $0 != .null }
      if name == "count_if" { return .integer(Int64(known.count { $0 == .boolean(true) })) }
      if known.isEmpty { return .null }
      return name == "any"
        ? .boolean(known.contains(.boolean(true))) : .boolean(!known.contains(.boolean(false)))
    }
  }

  private static func figureSum(_ figure: TwinFormula) -> TwinCall {
    TwinCall("sum", .figure, figure) { values in
      var figures: [Figure] = []
      for case .figure(let figure) in values { figures.append(figure) }
      guard !figures.isEmpty else { return .null }
      func total(_ part: (Figure) -> Double?) -> Double? {
        let known = figures.compactMap(part)
        return known.count == figures.count ? known.reduce(0, +) : nil
      }
      return .figure(
        Figure(low: total { $0.low ?? 0 }, best: total(\.best), high: total(\.high)))
    }
  }
}
