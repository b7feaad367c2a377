import AnnalsEngine

/// What formulas mean for one row, by the words of the reference.
struct TwinMeaning {
  let table: TwinTable
  let places: [String: Int]
  /// The tables that references lead to, by name.
  let dataset: [String: TwinTable]

  init(_ table: TwinTable, _ dataset: [String: TwinTable]) {
    self.table = table
    self.dataset = dataset
    places = Dictionary(
      table.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func column(_ name: String, _ row: [Value]) -> Value { places[name].map { row[$0] } ?? .null }

  /// - Parameter results: What the calls of the formula give for the row.
  func value(
    _ formula: TwinFormula, _ row: [Value], _ results: [Value] = []
  ) throws(TwinFailure) -> Value {
    let value = try plainValue(formula, row, results)
    if formula.type == .number, case .integer(let whole) = value { return .number(Double(whole)) }
    return value
  }

  private func plainValue(
    _ formula: TwinFormula, _ row: [Value], _ results: [Value]
  ) throws(TwinFailure) -> Value {
    switch formula.kind {
    case .column(let name): return column(name, row)
    case .part(let name, let part): return Self.part(part, of: column(name, row))
    case .path(let name, let path):
      // A column that bears the path's text, as `select` leaves one, comes first.
      let whole = ([name] + path).joined(separator: ".")
      if places[whole] != nil { return column(whole, row) }
      var value = column(name, row)
      for step in path { value = follow(value, step) }
      return value
    case .literal(let value): return value
    case .null: return .null
    case .result(let index): return results[index]
    case .framed(_, let inner, _): return try value(inner, row, results)
    case .negated(let operand):
      switch try value(operand, row, results) {
      case .integer(.min): throw TwinFailure(.integerOverflow)
      case .integer(let whole): return .integer(-whole)
      case .number(let number): return .number(-number)
      default: return .null
      }
    case .not(let operand):
      guard case .boolean(let truth) = try value(operand, row, results) else { return .null }
      return .boolean(!truth)
    case .member(let operand, let members):
      let value = try value(operand, row, results)
      if value == .null { return .null }
      return .boolean(members.contains { TwinComparison.holds("==", value, $0) })
    case .binary(let operation, let left, let right):
      return try binary(operation, left, right, row, results)
    case .call(let name, let arguments): return try call(name, arguments, row, results)
    }
  }

  private func follow(_ value: Value, _ column: String) -> Value {
    guard case .reference(let reference) = value, let table = dataset[reference.table],
      let place = table.index(column)
    else { return .null }
    return table.rows[reference.row][place]
  }

  static func part(_ part: String, of value: Value) -> Value {
    guard case .figure(let figure) = value else { return .null }
    let number = part == "low" ? figure.low : part == "best" ? figure.best : figure.high
    return number.map { .number($0) } ?? .null
  }

  // MARK: Operators

  private func binary(
    _ operation: String, _ left: TwinFormula, _ right: TwinFormula, _ row: [Value],
    _ results: [Value]
  ) throws(TwinFailure) -> Value {
    let first = try value(left, row, results)
    if operation == "and" || operation == "or" {
      // Three values: false decides `and`, true decides `or`, and what is not needed can't fail.
      let decides = Value.boolean(operation == "or")
      if first == decides { return first }
      let second = try value(right, row, results)
      if second == decides { return second }
      return first == .null || second == .null ? .null : second
    }
    let second = try value(right, row, results)
    if case .null = right.kind { return .boolean((first == .null) == (operation == "==")) }
    if first == .null || second == .null {
      // Days are moved back by what was negated first.
      if operation == "-", left.type == .day, second == .integer(.min) {
        throw TwinFailure(.integerOverflow)
      }
      return .null
    }
    switch operation {
    case "<", "<=", ">", ">=", "==", "~=":
      return .boolean(TwinComparison.holds(operation, first, second))
    case "..": return .text(first.text + second.text)
    default: return try TwinArithmetic.value(operation, first, second)
    }
  }

  // MARK: Functions that choose

  private func call(
    _ name: String, _ arguments: [TwinFormula], _ row: [Value], _ results: [Value]
  ) throws(TwinFailure) -> Value {
    switch name {
    case "if_else":
      let holds = try value(arguments[0], row, results) == .boolean(true)
      return try value(arguments[holds ? 1 : 2], row, results)
    case "coalesce":
      for argument in arguments {
        let value = try value(argument, row, results)
        if value != .null { return value }
      }
      return .null
    default:
      // Their difference is the second less the first, and fails in this order.
      if name == "days" { _ = try value(arguments[1], row, results) }
      var values: [Value] = []
      for argument in arguments {
        var value = try value(argument, row, results)
        // Those that compare their arguments bring them to one type first.
        if ["least", "greatest", "clamp"].contains(name), case .integer(let whole) = value,
          arguments.contains(where: { $0.type == .number })
        {
          value = .number(Double(whole))
        }
        values.append(value)
      }
      return try TwinFunctions.value(name, values)
    }
  }
}

/// Comparison of known values.
enum TwinComparison {
  static func holds(_ operation: String, _ left: Value, _ right: Value) -> Bool {
    let (left, right) = (comparable(left), comparable(right))
    if isNaN(left) || isNaN(right) { return operation == "~=" }
    let order = order(left, right)
    switch operation {
    case "<": return order < 0
    case "<=": return order <= 0
    case ">": return order > 0
    case ">=": return order >= 0
    case "==": return order == 0
    default: return order != 0
    }
  }

  private static func comparable(_ value: Value) -> Value {
    guard case .figure(let figure) = value else { return value }
    return TwinOrder.orderKey(figure)
  }

  private static func isNaN(_ value: Value) -> Bool {
    if case .number(let number) = value { number.isNaN } else { false }
  }

  /// Below 0, 0 or above; integers and numbers compare by their exact values.
  private static func order(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.integer(let whole), .number(let number)): return order(whole, number)
    case (.number(let number), .integer(let whole)): return -order(whole, number)
    case (.reference(let reference), .text(let key)):
      return order(.text(reference.key), .text(key))
    case (.text(let key), .reference(let reference)):
      return order(.text(key), .text(reference.key))
    default: return TwinOrder.isLess(left, right) ? -1 : TwinOrder.isLess(right, left) ? 1 : 0
    }
  }

  private static func order(_ whole: Int64, _ number: Double) -> Int {
    if number >= 0x1p63 { return -1 }
    if number < -0x1p63 { return 1 }
    let floor = number.rounded(.down)
    let below = Int64(floor)
    if whole != below { return whole < below ? -1 : 1 }
    return number > floor ? -1 : 0
  }
}

/// Operators of numbers and days.
enum TwinArithmetic {
  static func value(
    _ operation: String, _ left: Value, _ right: Value
  ) throws(TwinFailure) -> Value {
    switch (left, right) {
    case (.day(let day), .integer(let count)):
      guard operation == "-" else { return try moved(day, Int128(count)) }
      if count == .min { throw TwinFailure(.integerOverflow) }
      return try moved(day, -Int128(count))
    case (.integer(let count), .day(let day)): return try moved(day, Int128(count))
    case (.day(let later), .day(let earlier)):
      return .integer(Int64(later.number) - Int64(earlier.number))
    case (.integer(let first), .integer(let second)) where operation != "/" && operation != "^":
      guard let wide = whole(operation, Int128(first), Int128(second)) else { return .null }
      guard let result = Int64(exactly: wide) else { throw TwinFailure(.integerOverflow) }
      return .integer(result)
    default:
      guard let first = number(left), let second = number(right) else { return .null }
      return number(operation, first, second).map { .number($0) } ?? .null
    }
  }

  private static func moved(_ day: Day, _ count: Int128) throws(TwinFailure) -> Value {
    let moved = Int128(day.number) + count
    guard moved >= Int128(TwinCalendar.first), moved <= Int128(TwinCalendar.last) else {
      throw TwinFailure(.dayOutOfRange)
    }
    return .day(Day(number: Int32(moved)))
  }

  /// Nil for a division by zero.
  private static func whole(_ operation: String, _ first: Int128, _ second: Int128) -> Int128? {
    switch operation {
    case "+": return first + second
    case "-": return first - second
    case "*": return first * second
    default:
      guard second != 0 else { return nil }
      let rest = first % second
      let floored = rest != 0 && (rest < 0) != (second < 0) ? rest + second : rest
      return operation == "%" ? floored : (first - floored) / second
    }
  }

  private static func number(_ operation: String, _ first: Double, _ second: Double) -> Double? {
    switch operation {
    case "+": return first + second
    case "-": return first - second
    case "*": return first * second
    case "^": return TwinFunctions.power(first, second)
    case "/": return second == 0 ? nil : first / second
    case "//": return second == 0 ? nil : (first / second).rounded(.down)
    default:
      if second == 0 { return nil }
      let rest = first.truncatingRemainder(dividingBy: second)
      return rest != 0 && (rest < 0) != (second < 0) ? rest + second : rest
    }
  }

  static func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
