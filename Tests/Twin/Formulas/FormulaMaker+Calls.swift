import AnnalsEngine
import SeededRandom

/// Random aggregates and series.
extension FormulaMaker {
  /// A formula of aggregates for `aggregate`, or for `derive`.
  mutating func aggregates(_ name: String, over frame: TwinCall.Frame = .group) -> TwinColumnFormula
  {
    let first = call(over: frame)
    let result = TwinFormula(.result(0), first.type)
    switch random.below(6) {
    case 0 where first.type == .integer || first.type == .number:
      let second = call(over: frame)
      guard second.type == .integer || second.type == .number else { break }
      let operation = random.pick(["+", "-", "/", "*"])
      let isWhole = first.type == .integer && second.type == .integer && operation != "/"
      let other = TwinFormula(.result(1), second.type)
      return TwinColumnFormula(
        name: name, formula: binary(operation, result, other, isWhole ? .integer : .number),
        calls: [first, second])
    case 1 where Self.scalarTypes.contains(first.type):
      return TwinColumnFormula(
        name: name, formula: self.call("coalesce", [result, literal(first.type)], first.type),
        calls: [first])
    default: break
    }
    return TwinColumnFormula(name: name, formula: result, calls: [first])
  }

  /// A formula of a series or of aggregates for `derive`.
  mutating func series(_ name: String, hasDays: Bool) -> TwinColumnFormula {
    switch random.below(8) {
    case 0: return single(name, TwinCall(name: "row_number", type: .integer, argument: nil))
    case 1:
      let argument = ranked()
      return single(name, TwinCall(name: "rank", type: .integer, argument: argument))
    case 2, 3:
      let argument = shifted()
      var call = TwinCall(
        name: random.pick(["lag", "lead"]), type: argument.type, argument: argument)
      call.step = random.pick([1, 1, 0, 2, 5, 70])
      return single(name, call)
    case 4: return framed(name, "cumulate", "", .cumulative)
    case 5 where hasDays, 6 where hasDays: return rolling(name)
    default:
      let column = aggregates(name)
      guard random.once(in: 3), column.formula.type == .number || column.formula.type == .integer
      else { return column }
      // Such as `n / sum(n)`.
      let share = binary("/", leaf(.number), column.formula, .number)
      return TwinColumnFormula(name: name, formula: share, calls: column.calls)
    }
  }

  private func single(_ name: String, _ call: TwinCall) -> TwinColumnFormula {
    TwinColumnFormula(name: name, formula: TwinFormula(.result(0), call.type), calls: [call])
  }

  private mutating func rolling(_ name: String) -> TwinColumnFormula {
    if random.once(in: 4) {
      let count = random.pick([1, 2, 3, 5])
      let isPartial = random.once(in: 2)
      let rest = ", '\(count) rows'" + (isPartial ? ", 'partial'" : "")
      return framed(name, "rolling", rest, .lastRows(count, isPartial: isPartial))
    }
    let span = random.pick([
      "1 day", "2 days", "3 days", "7 days", "1 week", "1 month", "2 months", "1 quarter",
      "1 year", "100000 years",
    ])
    let date = random.once(in: 3) ? formula(.day, depth: 1) : leaf(.day)
    let isPartial = random.once(in: 2)
    let rest = ", '\(span)', \(date.text())" + (isPartial ? ", 'partial'" : "")
    return framed(name, "rolling", rest, .rolling(span, date: date, isPartial: isPartial))
  }

  private mutating func framed(
    _ name: String, _ series: String, _ rest: String, _ frame: TwinCall.Frame
  ) -> TwinColumnFormula {
    let inner = aggregates(name, over: frame)
    let formula = TwinFormula(.framed(series, inner.formula, rest), inner.formula.type)
    return TwinColumnFormula(name: name, formula: formula, calls: inner.calls)
  }

  private mutating func ranked() -> TwinFormula {
    if random.once(in: 6), let column = columns.first(where: { $0.type == .figure }) {
      return .column(column)
    }
    return formula(anyType(), depth: 1)
  }

  private mutating func shifted() -> TwinFormula {
    random.once(in: 2) && !columns.isEmpty
      ? .column(random.pick(columns)) : formula(anyType(), depth: 2)
  }

  // MARK: Aggregates

  private mutating func call(over frame: TwinCall.Frame) -> TwinCall {
    var call: TwinCall
    if case .group = frame {
      call = random.once(in: 2) ? moving() : standing()
    } else {
      call = moving()
      call.key = nil
      if !frame.isCumulative, random.once(in: 8) {
        let type = random.pick([ValueType.integer, .number])
        call = TwinCall(name: "stddev", type: .number, argument: formula(type, depth: 1))
      }
    }
    call.frame = frame
    return call
  }

  /// One that may also stand in `cumulate` and `rolling`.
  private mutating func moving() -> TwinCall {
    let figure = columns.first { $0.type == .figure }
    switch random.below(8) {
    case 0: return TwinCall(name: "count", type: .integer, argument: nil)
    case 1: return TwinCall(name: "count", type: .integer, argument: formula(anyType(), depth: 2))
    case 2: return TwinCall(name: "count_if", type: .integer, argument: formula(.boolean, depth: 2))
    case 3:
      return TwinCall(name: "distinct", type: .integer, argument: formula(anyType(), depth: 2))
    case 4:
      let name = random.pick(["min", "max"])
      if let figure, random.once(in: 4) {
        return TwinCall(name: name, type: .figure, argument: .column(figure))
      }
      let type = random.pick([ValueType.integer, .number, .text, .day, .time])
      guard type != .time || columns.contains(where: { $0.type == .time }) else {
        return TwinCall(name: name, type: .day, argument: leaf(.day))
      }
      return TwinCall(
        name: name, type: type,
        argument: type == .time ? columnOrDay(.time) : formula(type, depth: 2))
    default:
      let name = random.pick(["sum", "sum", "mean"])
      if let figure, random.once(in: 5) {
        return TwinCall(name: "sum", type: .figure, argument: .column(figure))
      }
      return adding(name)
    }
  }

  private mutating func columnOrDay(_ type: ValueType) -> TwinFormula {
    let found = columns.filter { $0.type == type }
    return found.isEmpty ? leaf(.day) : .column(random.pick(found))
  }

  private mutating func adding(_ name: String) -> TwinCall {
    let type: ValueType = random.once(in: 2) ? .integer : .number
    let argument = formula(type, depth: random.below(3))
    var call = TwinCall(name: name, type: name == "mean" ? .number : type, argument: argument)
    let references = columns.filter { if case .reference = $0.type { true } else { false } }
    guard random.once(in: 5) else { return call }
    if let reference = references.first, random.once(in: 2),
      case .reference(let table) = reference.type, table == "others"
    {
      // The size of another table's row, once for each of its rows.
      let size = TwinFormula(.path(reference.name, ["size"]), .integer)
      call = TwinCall(name: name, type: name == "mean" ? .number : .integer, argument: size)
      call.key = .column(reference)
    } else {
      call.key = formula(random.pick([.integer, .text, .boolean]), depth: 1)
    }
    return call
  }

  private mutating func standing() -> TwinCall {
    switch random.below(8) {
    case 0, 1:
      let name = random.pick(["first", "last"])
      let column = columns.filter { $0.type != .list }
      if random.once(in: 2), !column.isEmpty {
        let column = random.pick(column)
        return TwinCall(name: name, type: column.type, argument: .column(column))
      }
      let type = anyType()
      return TwinCall(name: name, type: type, argument: formula(type, depth: 2))
    case 2:
      return TwinCall(
        name: random.pick(["any", "all"]), type: .boolean, argument: formula(.boolean, depth: 2))
    case 3:
      let type = random.pick([ValueType.integer, .text, .number])
      return TwinCall(name: "list", type: .list, argument: formula(type, depth: 1))
    case 4:
      let type = anyType()
      return TwinCall(name: "mode", type: type, argument: formula(type, depth: 1))
    case 5:
      let type = random.pick([ValueType.integer, .number])
      return TwinCall(name: "stddev", type: .number, argument: formula(type, depth: 1))
    default:
      let type = random.pick([ValueType.integer, .number])
      var call = TwinCall(
        name: random.pick(["median", "quantile"]), type: .number,
        argument: formula(type, depth: 1))
      if call.name == "quantile" { call.share = random.pick([0, 0.1, 0.25, 0.9, 1]) }
      return call
    }
  }
}
