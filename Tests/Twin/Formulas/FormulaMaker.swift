import AnnalsEngine
import SeededRandom

/// Makes random formulas over some columns.
struct FormulaMaker {
  let columns: [TwinColumn]
  let dataset: TwinDataset
  var random: SeededRandom

  static let scalarTypes: [ValueType] = [.integer, .number, .text, .boolean, .day]

  mutating func anyType() -> ValueType { random.pick(Self.scalarTypes) }

  mutating func formula(_ type: ValueType, depth: Int) -> TwinFormula {
    if depth <= 0 || random.once(in: 5) { return leaf(type) }
    if type != .boolean, type != .list, type != .time, random.once(in: 5) {
      return choice(type, depth - 1)
    }
    switch type {
    case .integer: return integer(depth - 1)
    case .number: return number(depth - 1)
    case .text: return text(depth - 1)
    case .day: return day(depth - 1)
    case .boolean: return boolean(depth - 1)
    case .list where random.once(in: 2):
      return call("split", [formula(.text, depth: depth - 1), literal(.text)], .list)
    default: return leaf(type)
    }
  }

  func call(_ name: String, _ arguments: [TwinFormula], _ type: ValueType) -> TwinFormula {
    TwinFormula(.call(name, arguments), type)
  }

  func binary(
    _ operation: String, _ left: TwinFormula, _ right: TwinFormula, _ type: ValueType
  ) -> TwinFormula {
    TwinFormula(.binary(operation, left, right), type)
  }

  // MARK: Leaves

  mutating func leaf(_ type: ValueType) -> TwinFormula {
    var found = columns.filter { $0.type == type }.map { TwinFormula.column($0) }
    for column in columns {
      if case .reference(let table) = column.type {
        found += paths(column.name, table).filter { $0.type == type }
      }
      if column.type == .figure, type == .number {
        found += ["low", "best", "high"].map { TwinFormula(.part(column.name, $0), .number) }
      }
    }
    if !found.isEmpty, !random.once(in: 4) { return random.pick(found) }
    return literal(type)
  }

  /// Paths of one and two steps.
  private func paths(_ column: String, _ table: String) -> [TwinFormula] {
    let columns = dataset.tables[table]?.columns ?? []
    var paths: [TwinFormula] = []
    for step in columns where !step.isHidden && !step.name.contains(" ") {
      paths.append(TwinFormula(.path(column, [step.name]), step.type))
      guard case .reference(let next) = step.type else { continue }
      for last in dataset.tables[next]?.columns ?? []
      where !last.isHidden && !last.name.contains(" ") {
        paths.append(TwinFormula(.path(column, [step.name, last.name]), last.type))
      }
    }
    return paths
  }

  mutating func literal(_ type: ValueType) -> TwinFormula {
    switch type {
    case .integer:
      let rare: [Int64] = [9_007_199_254_740_993, .max, -.max, 0]
      let value = random.once(in: 20) ? random.pick(rare) : Int64(random.below(7)) - 2
      return TwinFormula(.literal(.integer(value)), type)
    case .number:
      let value = random.once(in: 20) ? 0x1p53 : Double(random.below(41) - 20) / 4
      return TwinFormula(.literal(.number(value)), type)
    case .text: return TwinFormula(.literal(.text(random.pick(TwinValues.words))), type)
    case .boolean: return TwinFormula(.literal(.boolean(random.once(in: 2))), type)
    case .list:
      let text = TwinFormula(.literal(.text("a;b;;ab")), .text)
      return call("split", [text, TwinFormula(.literal(.text(";")), .text)], .list)
    default:
      return TwinFormula(.literal(.day(Day(number: Int32(18_985 + random.below(25))))), .day)
    }
  }

  // MARK: Functions of any type

  private mutating func choice(_ type: ValueType, _ depth: Int) -> TwinFormula {
    func part(_ maker: inout FormulaMaker) -> TwinFormula {
      let own: ValueType = type == .number && maker.random.once(in: 4) ? .integer : type
      return maker.formula(own, depth: depth)
    }
    // Of one that is a number at least, so that the whole is one.
    let parts = [formula(type, depth: depth), part(&self), part(&self)]
    switch random.below(5) {
    case 0, 1:
      let condition = formula(.boolean, depth: depth)
      if random.once(in: 8) {
        return call("if_else", [condition, parts[0], TwinFormula(.null, type)], type)
      }
      return call("if_else", [condition, parts[0], parts[1]], type)
    case 2: return call("coalesce", random.once(in: 2) ? parts : Array(parts.prefix(2)), type)
    case 3:
      return call(random.once(in: 2) ? "least" : "greatest", parts, type)
    default: return call("clamp", parts, type)
    }
  }

  // MARK: Numbers

  private mutating func integer(_ depth: Int) -> TwinFormula {
    switch random.below(10) {
    case 0:
      let name = random.pick(["year", "day_of_month", "weekday"])
      return call(name, [formula(.day, depth: depth)], .integer)
    case 1:
      let type: ValueType = random.once(in: 3) ? .list : .text
      return call("length", [formula(type, depth: depth)], .integer)
    case 2:
      if random.once(in: 2) {
        return call(
          "days", [formula(.day, depth: depth), formula(.day, depth: depth)], .integer)
      }
      return binary("-", formula(.day, depth: depth), formula(.day, depth: depth), .integer)
    case 3:
      let operand = formula(.integer, depth: depth)
      return random.once(in: 2)
        ? call("abs", [operand], .integer) : TwinFormula(.negated(operand), .integer)
    case 4:
      let name = random.pick(["round", "floor", "ceil"])
      return call(name, [formula(.number, depth: depth)], .integer)
    case 5: return converted(depth)
    case 6:
      if random.once(in: 2) {
        return call("priogrid", [degrees(depth), degrees(depth)], .integer)
      }
      let places = (0..<4).map { _ in degrees(0) }
      return call("round", [call("distance", places, .number)], .integer)
    default:
      let operation = random.pick(["+", "-", "*", "//", "%"])
      return binary(
        operation, formula(.integer, depth: depth), formula(.integer, depth: depth), .integer)
    }
  }

  private mutating func degrees(_ depth: Int) -> TwinFormula {
    let degree = random.pick([0, 90, -90, 180, 43.24, 76.89, -179.75, 12.5, 91])
    let literal = TwinFormula(.literal(.number(degree)), .number)
    return depth > 0 && random.once(in: 3) ? formula(.number, depth: depth) : literal
  }

  /// `integer(x)` of a boolean, of a number that is mostly whole, or of a text that may be none.
  private mutating func converted(_ depth: Int) -> TwinFormula {
    switch random.below(4) {
    case 0: return call("integer", [formula(.boolean, depth: depth)], .integer)
    case 1:
      let whole = call("floor", [formula(.number, depth: depth)], .integer)
      let sum = binary("+", whole, TwinFormula(.literal(.number(1)), .number), .number)
      return call("integer", [sum], .integer)
    case 2: return call("integer", [formula(.number, depth: 0)], .integer)
    default:
      let text = formula(.text, depth: depth)
      let pattern = TwinFormula(.literal(.text("%d+")), .text)
      let length = call("length", [text], .integer)
      let two = TwinFormula(.literal(.integer(2)), .integer)
      let isShort = binary("==", length, two, .boolean)
      let isNumber = binary("and", call("matches", [text, pattern], .boolean), isShort, .boolean)
      let integer = call("integer", [text], .integer)
      return random.once(in: 4)
        ? integer : call("if_else", [isNumber, integer, literal(.integer)], .integer)
    }
  }

  private mutating func number(_ depth: Int) -> TwinFormula {
    switch random.below(9) {
    case 0:
      let name = random.pick(["sqrt", "log", "exp", "abs", "round"])
      let value = formula(.number, depth: depth)
      guard name == "round" else { return call(name, [value], .number) }
      let decimals = TwinFormula(.literal(.integer(random.pick([0, 1, 2, 3, 15]))), .integer)
      return call(name, [value, decimals], .number)
    case 1:
      if random.once(in: 6) { return call("number", [formula(.text, depth: depth)], .number) }
      let type: ValueType = random.once(in: 3) ? .boolean : .integer
      return call("number", [formula(type, depth: depth)], .number)
    case 2: return TwinFormula(.negated(formula(.number, depth: depth)), .number)
    case 3:
      let operation = random.pick(["/", "^"])
      return binary(
        operation, formula(.integer, depth: depth), formula(.integer, depth: depth), .number)
    default:
      let operation = random.pick(["+", "-", "*", "/", "//", "%"])
      let other: ValueType = random.once(in: 3) ? .integer : .number
      let first = formula(.number, depth: depth)
      let second = formula(other, depth: depth)
      return random.once(in: 2)
        ? binary(operation, first, second, .number) : binary(operation, second, first, .number)
    }
  }

  // MARK: Texts and days

  private mutating func text(_ depth: Int) -> TwinFormula {
    let first = formula(.text, depth: depth)
    switch random.below(7) {
    case 0: return binary("..", first, formula(.text, depth: depth), .text)
    case 1:
      let type = random.pick([ValueType.integer, .number, .boolean, .day])
      return call("text", [formula(type, depth: depth)], .text)
    case 2: return call(random.pick(["lower", "upper", "trim"]), [first], .text)
    case 3:
      let name = random.pick(["month", "quarter", "week"])
      return call(name, [formula(.day, depth: depth)], .text)
    case 4: return call("replace", [first, literal(.text), formula(.text, depth: 0)], .text)
    case 5:
      let references = columns.filter { if case .reference = $0.type { true } else { false } }
      if !references.isEmpty, random.once(in: 3) {
        return call("text", [TwinFormula.column(random.pick(references))], .text)
      }
      fallthrough
    default:
      let places = [formula(.integer, depth: 0), formula(.integer, depth: 0)]
      return call("sub", [first] + places.prefix(random.below(2) + 1), .text)
    }
  }

  private mutating func day(_ depth: Int) -> TwinFormula {
    let date = formula(.day, depth: depth)
    switch random.below(5) {
    case 0:
      let name = random.pick(["week", "month", "quarter", "year"])
      let unit = TwinFormula(.literal(.text(name)), .text)
      if random.once(in: 3) {
        let first = random.pick(["saturday", "sunday", "monday", "wednesday"])
        return call("start_of", [date, unit, TwinFormula(.literal(.text(first)), .text)], .day)
      }
      return call("start_of", [date, unit], .day)
    case 1:
      if let time = columns.first(where: { $0.type == .time }) {
        return call("day", [.column(time)], .day)
      }
      return call("day", [call("text", [date], .text)], .day)
    default:
      let shift = formula(.integer, depth: 0)
      return random.once(in: 3)
        ? binary("+", shift, date, .day) : binary(random.pick(["+", "-"]), date, shift, .day)
    }
  }

  // MARK: Conditions

  private mutating func boolean(_ depth: Int) -> TwinFormula {
    switch random.below(10) {
    case 0, 1, 2:
      if random.once(in: 4) { return TwinFormula(.not(formula(.boolean, depth: depth)), .boolean) }
      return binary(
        random.pick(["and", "or"]), formula(.boolean, depth: depth),
        formula(.boolean, depth: depth), .boolean)
    case 3:
      let operand = formula(anyType(), depth: depth)
      return binary(random.pick(["==", "~="]), operand, TwinFormula(.null, operand.type), .boolean)
    case 4: return membership(depth)
    case 5:
      let name = random.pick(["contains", "starts_with", "ends_with"])
      let isList = name == "contains" && random.once(in: 3)
      let whole = formula(isList ? .list : .text, depth: depth)
      return call(name, [whole, formula(.text, depth: random.below(2))], .boolean)
    case 6:
      let pattern = TwinFormula(.literal(.text(random.pick(TwinTexts.patterns))), .text)
      return call("matches", [formula(.text, depth: depth), pattern], .boolean)
    default: return comparison(depth)
    }
  }

  private mutating func membership(_ depth: Int) -> TwinFormula {
    switch random.below(3) {
    case 0:
      let members: [Value] = [.integer(-1), .integer(0), .number(2), .number(2.5)]
      let type: ValueType = random.once(in: 2) ? .integer : .number
      return TwinFormula(.member(formula(type, depth: depth), members), .boolean)
    case 1:
      let members: [Value] = [
        .integer(9_007_199_254_740_993), .integer(3), .integer(.max),
      ]
      return TwinFormula(.member(formula(.number, depth: depth), members), .boolean)
    default:
      let members: [Value] = [.text("a"), .text("é"), .text(""), .text("12")]
      return TwinFormula(.member(formula(.text, depth: depth), members), .boolean)
    }
  }

  private mutating func comparison(_ depth: Int) -> TwinFormula {
    let operation = random.pick(["<", "<=", ">", ">=", "==", "~="])
    if random.once(in: 12), let figure = columns.first(where: { $0.type == .figure }) {
      return binary(operation, .column(figure), formula(.number, depth: depth), .boolean)
    }
    let type = random.pick(Self.scalarTypes)
    let isMixed = (type == .number || type == .integer) && random.once(in: 3)
    let other: ValueType = !isMixed ? type : type == .number ? .integer : .number
    return binary(
      operation, formula(type, depth: depth), formula(other, depth: depth), .boolean)
  }
}
