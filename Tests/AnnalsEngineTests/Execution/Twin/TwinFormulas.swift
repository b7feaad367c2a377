@testable import AnnalsEngine

/// Makes random formulas over some columns.
struct TwinFormulas {
  let columns: [TwinColumn]
  let others: [TwinRow]
  var random: SeededRandom

  mutating func formula(_ type: ValueType, depth: Int) -> TwinFormula {
    if depth == 0 || random.once(in: 5) { return leaf(type) }
    switch type {
    case .integer: return integer(depth - 1)
    case .number: return number(depth - 1)
    case .text: return text(depth - 1)
    case .day: return day(depth - 1)
    case .boolean: return boolean(depth - 1)
    default: return leaf(type)
    }
  }

  // MARK: Leaves

  private mutating func leaf(_ type: ValueType) -> TwinFormula {
    var found = columns.filter { $0.type == type }.map { TwinFormula(column: $0) }
    for column in columns where column.type == .reference(table: "others") {
      found += paths(from: column).filter { $0.type == type }
    }
    for column in columns where column.type == .figure && type == .number {
      found += figureParts(of: column)
    }
    if !found.isEmpty, !random.once(in: 4) { return random.pick(found) }
    return literal(type)
  }

  private func paths(from column: TwinColumn) -> [TwinFormula] {
    let others = others
    func other(_ name: String, _ value: Value) -> Value {
      guard case .reference(let reference) = value else { return .null }
      return others[reference.row][name] ?? .null
    }
    return [("name", ValueType.text), ("size", .integer), ("day", .day)].flatMap { name, type in
      [
        TwinFormula(path: name, from: column, type) { other(name, $0) },
        TwinFormula(path: "next." + name, from: column, type) { other(name, other("next", $0)) },
      ]
    }
  }

  private func figureParts(of column: TwinColumn) -> [TwinFormula] {
    [("low", \Figure.low), ("best", \Figure.best), ("high", \Figure.high)].map { name, part in
      let whole = TwinFormula(column: column)
      return TwinFormula(column.name + "." + name, .number, reads: [whole]) { row in
        guard case .figure(let figure)? = row[column.name] else { return .null }
        return figure[keyPath: part].map { .number($0) } ?? .null
      }
    }
  }

  private mutating func literal(_ type: ValueType) -> TwinFormula {
    switch type {
    case .integer:
      let value = Int64(random.below(7)) - 2
      return TwinFormula("(\(value))", type) { _ in .integer(value) }
    case .number:
      let value = Double(random.below(41) - 20) / 4
      return TwinFormula("(\(value))", type) { _ in .number(value) }
    case .text:
      let value = random.pick(TwinData.words)
      return TwinFormula("'\(value)'", type) { _ in .text(value) }
    case .boolean:
      let value = random.once(in: 2)
      return TwinFormula("\(value)", type) { _ in .boolean(value) }
    default:
      let value = Day(number: Int32(18_600 + random.below(800)))
      return TwinFormula("day('\(value)')", .day) { _ in .day(value) }
    }
  }

  // MARK: Functions of any type

  private mutating func general(_ type: ValueType, _ depth: Int) -> TwinFormula {
    let first = formula(type, depth: depth)
    let second = formula(type, depth: depth)
    if type == .boolean || random.once(in: 2) {
      let test = formula(.boolean, depth: depth)
      return TwinFormula(
        "if_else(\(test.text), \(first.text), \(second.text))", type, reads: [test, first, second]
      ) { row in try test.value(row) == .boolean(true) ? first.value(row) : second.value(row) }
    }
    let third = formula(type, depth: depth)
    let reads = [first, second, third]
    let name = random.pick(["coalesce", "least", "greatest", "clamp"])
    let text = "\(name)(\(first.text), \(second.text), \(third.text))"
    return TwinFormula(text, type, reads: reads) { row in
      let values = try reads.map { try $0.value(row) }
      let known = values.filter { $0 != .null }
      switch name {
      case "coalesce": return known.first ?? .null
      case "least": return Self.extreme(known, greatest: false)
      case "greatest": return Self.extreme(known, greatest: true)
      default:
        guard values[0] != .null else { return .null }
        let raised = Self.extreme(
          [values[0], values[1]].filter { $0 != .null }, greatest: true)
        return Self.extreme([raised, values[2]].filter { $0 != .null }, greatest: false)
      }
    }
  }

  private static func extreme(_ values: [Value], greatest: Bool) -> Value {
    guard var best = values.first else { return .null }
    for value in values.dropFirst()
    where greatest ? TwinOrder.isLess(best, value) : TwinOrder.isLess(value, best) {
      best = value
    }
    return best
  }

  // MARK: Numbers

  private mutating func integer(_ depth: Int) -> TwinFormula {
    switch random.below(9) {
    case 0, 1: return general(.integer, depth)
    case 2:
      let date = formula(.day, depth: depth)
      return random.once(in: 2)
        ? dated("year", date) { Int($0.description.prefix(4)) ?? -1 }
        : dated("day_of_month", date) { Int($0.description.suffix(2)) ?? -1 }
    case 3:
      let text = formula(.text, depth: depth)
      return TwinFormula("length(\(text.text))", .integer, reads: [text]) { row in
        guard case .text(let value) = try text.value(row) else { return .null }
        return .integer(Int64(value.unicodeScalars.count))
      }
    case 4:
      let first = formula(.day, depth: depth)
      let second = formula(.day, depth: depth)
      return TwinFormula("days(\(first.text), \(second.text))", .integer, reads: [first, second]) {
        let dates = try [first.value($0), second.value($0)]
        guard case .day(let from) = dates[0], case .day(let to) = dates[1] else { return .null }
        return .integer(Int64(to.number) - Int64(from.number))
      }
    case 5:
      let operand = formula(.integer, depth: depth)
      let isAbs = random.once(in: 2)
      return TwinFormula(
        isAbs ? "abs(\(operand.text))" : "(-(\(operand.text)))", .integer, reads: [operand]
      ) { row in
        guard case .integer(let value) = try operand.value(row) else { return .null }
        if isAbs, value > 0 { return .integer(value) }
        guard value != .min else { throw TwinFailure.value }
        return .integer(-value)
      }
    default: return integerArithmetic(depth)
    }
  }

  private func dated(
    _ name: String, _ date: TwinFormula, _ part: @escaping (Day) -> Int
  ) -> TwinFormula {
    // Years before 0 are told by the engine's own text; the test keeps to years of four digits.
    TwinFormula("\(name)(greatest(\(date.text), day('1000-01-01')))", .integer, reads: [date]) {
      let bound = Day(year: 1000, month: 1, day: 1) ?? Day(number: 0)
      guard case .day(let day) = try date.value($0) else { return .integer(Int64(part(bound))) }
      return .integer(Int64(part(max(day, bound))))
    }
  }

  private mutating func integerArithmetic(_ depth: Int) -> TwinFormula {
    let left = formula(.integer, depth: depth)
    let right = formula(.integer, depth: depth)
    let operation = random.pick(["+", "-", "*", "//", "%"])
    return TwinFormula(
      "(\(left.text) \(operation) \(right.text))", .integer, reads: [left, right]
    ) { row in
      let operands = try [left.value(row), right.value(row)]
      guard case .integer(let first) = operands[0], case .integer(let second) = operands[1] else {
        return .null
      }
      guard let wide = Self.arithmetic(operation, Int128(first), Int128(second)) else {
        return .null
      }
      guard let value = Int64(exactly: wide) else { throw TwinFailure.value }
      return .integer(value)
    }
  }

  /// Nil for a division by zero.
  private static func arithmetic(
    _ operation: String, _ first: Int128, _ second: Int128
  ) -> Int128? {
    switch operation {
    case "+": return first + second
    case "-": return first - second
    case "*": return first * second
    default:
      guard second != 0 else { return nil }
      // The greatest whole number that is not above the quotient, found by trying.
      var quotient = first / second - 1
      while second > 0 ? (quotient + 1) * second <= first : (quotient + 1) * second >= first {
        quotient += 1
      }
      return operation == "//" ? quotient : first - quotient * second
    }
  }

  private mutating func number(_ depth: Int) -> TwinFormula {
    if random.once(in: 4) { return general(.number, depth) }
    let left = formula(random.pick([.number, .number, .integer]), depth: depth)
    var right = formula(.number, depth: depth)
    let operation = random.pick(["+", "-", "*", "/", "//"])
    if operation == "/", random.once(in: 2) { right = formula(.integer, depth: depth) }
    return TwinFormula(
      "(\(left.text) \(operation) \(right.text))", .number, reads: [left, right]
    ) { row in
      let operands = try [left.value(row), right.value(row)].map(Self.double)
      guard let first = operands[0], let second = operands[1] else { return .null }
      switch operation {
      case "+": return .number(first + second)
      case "-": return .number(first - second)
      case "*": return .number(first * second)
      case "/": return second == 0 ? .null : .number(first / second)
      default: return second == 0 ? .null : .number((first / second).rounded(.down))
      }
    }
  }

  private static func double(_ value: Value) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  // MARK: Texts and days

  private mutating func text(_ depth: Int) -> TwinFormula {
    switch random.below(5) {
    case 0, 1: return general(.text, depth)
    case 2:
      let left = formula(.text, depth: depth)
      let right = formula(.text, depth: depth)
      return TwinFormula("(\(left.text) .. \(right.text))", .text, reads: [left, right]) { row in
        let texts = try [left.value(row), right.value(row)]
        guard case .text(let first) = texts[0], case .text(let second) = texts[1] else {
          return .null
        }
        return .text(first + second)
      }
    case 3:
      let operand = formula(.integer, depth: depth)
      return TwinFormula("text(\(operand.text))", .text, reads: [operand]) { row in
        guard case .integer(let value) = try operand.value(row) else { return .null }
        return .text("\(value)")
      }
    default:
      let operand = formula(.text, depth: depth)
      let name = random.pick(["lower", "upper", "trim"])
      return TwinFormula("\(name)(\(operand.text))", .text, reads: [operand]) { row in
        guard case .text(let value) = try operand.value(row) else { return .null }
        switch name {
        case "lower": return .text(value.lowercased())
        case "upper": return .text(value.uppercased())
        default:
          let isOther: (Character) -> Bool = { $0 != " " }
          guard let first = value.firstIndex(where: isOther),
            let last = value.lastIndex(where: isOther)
          else { return .text("") }
          return .text(String(value[first...last]))
        }
      }
    }
  }

  private mutating func day(_ depth: Int) -> TwinFormula {
    if random.once(in: 3) { return general(.day, depth) }
    let date = formula(.day, depth: depth)
    let shift = formula(.integer, depth: depth)
    let isLater = random.once(in: 2)
    return TwinFormula(
      isLater ? "(\(date.text) + \(shift.text))" : "(\(date.text) - \(shift.text))", .day,
      reads: [date, shift]
    ) { row in
      let operands = try [date.value(row), shift.value(row)]
      if !isLater, operands[1] == .integer(.min) { throw TwinFailure.value }
      guard case .day(let day) = operands[0], case .integer(let days) = operands[1] else {
        return .null
      }
      let moved = isLater ? Int128(day.number) + Int128(days) : Int128(day.number) - Int128(days)
      guard moved >= -4_371_587, moved <= 2_932_896 else { throw TwinFailure.value }
      return .day(Day(number: Int32(moved)))
    }
  }

  // MARK: Conditions

  private mutating func boolean(_ depth: Int) -> TwinFormula {
    switch random.below(9) {
    case 0: return general(.boolean, depth)
    case 1, 2, 3: return logic(depth)
    case 4:
      let operand = formula(
        random.pick([.integer, .text, .day, .boolean, .number]), depth: depth)
      let isNull = random.once(in: 2)
      return TwinFormula(
        "(\(operand.text) \(isNull ? "==" : "~=") nil)", .boolean, reads: [operand]
      ) { .boolean((try operand.value($0) == .null) == isNull) }
    case 5: return membership(depth)
    case 6:
      let whole = formula(.text, depth: depth)
      let part = formula(.text, depth: depth)
      let name = random.pick(["contains", "starts_with", "ends_with"])
      return TwinFormula(
        "\(name)(\(whole.text), \(part.text))", .boolean, reads: [whole, part]
      ) { row in
        let texts = try [whole.value(row), part.value(row)]
        guard case .text(let whole) = texts[0], case .text(let part) = texts[1] else {
          return .null
        }
        let places = Self.places(of: Array(part.utf8), in: Array(whole.utf8))
        switch name {
        case "contains": return .boolean(!places.isEmpty)
        case "starts_with": return .boolean(places.contains(0))
        default: return .boolean(places.contains(whole.utf8.count - part.utf8.count))
        }
      }
    default: return comparison(depth)
    }
  }

  private static func places(of part: [UInt8], in whole: [UInt8]) -> [Int] {
    (0...whole.count).filter { whole[$0...].starts(with: part) }
  }

  private mutating func logic(_ depth: Int) -> TwinFormula {
    let left = formula(.boolean, depth: depth)
    if random.once(in: 4) {
      return TwinFormula("(not \(left.text))", .boolean, reads: [left]) { row in
        guard case .boolean(let value) = try left.value(row) else { return .null }
        return .boolean(!value)
      }
    }
    let right = formula(.boolean, depth: depth)
    let isAnd = random.once(in: 2)
    return TwinFormula(
      "(\(left.text) \(isAnd ? "and" : "or") \(right.text))", .boolean, reads: [left, right]
    ) { row in
      let first = try left.value(row)
      if first == .boolean(!isAnd) { return first }
      let second = try right.value(row)
      if second == .boolean(!isAnd) { return second }
      return first == .null || second == .null ? .null : .boolean(isAnd)
    }
  }

  private mutating func membership(_ depth: Int) -> TwinFormula {
    let type: ValueType = random.pick([.integer, .text])
    let operand = formula(type, depth: depth)
    let texts = type == .integer ? ["-1", "0", "1", "2.0", "2.5"] : ["'a'", "'é'", "''"]
    let members: [Value] =
      type == .integer
      ? [.integer(-1), .integer(0), .integer(1), .integer(2)] : [.text("a"), .text("é"), .text("")]
    return TwinFormula(
      "(\(operand.text) in {\(texts.joined(separator: ", "))})", .boolean, reads: [operand]
    ) { row in
      let value = try operand.value(row)
      return value == .null ? .null : .boolean(members.contains(value))
    }
  }

  private mutating func comparison(_ depth: Int) -> TwinFormula {
    let type: ValueType = random.pick([.integer, .number, .text, .day, .boolean])
    let left = formula(type, depth: depth)
    let right = formula(type == .number && random.once(in: 3) ? .integer : type, depth: depth)
    let operation = random.pick(["<", "<=", ">", ">=", "==", "~="])
    return TwinFormula(
      "(\(left.text) \(operation) \(right.text))", .boolean, reads: [left, right]
    ) { row in
      let (first, second) = (try left.value(row), try right.value(row))
      if first == .null || second == .null { return .null }
      let (less, greater) = (TwinOrder.isLess(first, second), TwinOrder.isLess(second, first))
      switch operation {
      case "<": return .boolean(less)
      case "<=": return .boolean(!greater)
      case ">": return .boolean(greater)
      case ">=": return .boolean(!less)
      case "==": return .boolean(!less && !greater)
      default: return .boolean(less || greater)
      }
    }
  }
}
