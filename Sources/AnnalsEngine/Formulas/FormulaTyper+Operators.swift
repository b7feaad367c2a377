extension FormulaTyper {
  mutating func typedBinary(
    _ operation: BinaryOperator, _ left: FormulaNode, _ right: FormulaNode, _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    switch operation {
    case .and, .or:
      let first = try boolean(left, of: operation.rawValue)
      let second = try boolean(right, of: operation.rawValue)
      return Expression(
        operation == .and ? .and(first, second) : .or(first, second), .boolean, place(node))
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
      return try comparison(operation, left, right, node)
    case .join:
      let first = try scalar(left, of: "..")
      let second = try scalar(right, of: "..")
      guard first.type == .text, second.type == .text else {
        throw problem(.operandTypes("..", first.type, second.type), node)
      }
      return Expression(.call(.join, [first, second]), .text, place(node))
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power:
      return try arithmetic(operation, left, right, node)
    }
  }

  mutating func boolean(
    _ node: FormulaNode, of operation: String
  ) throws(EngineError) -> Expression {
    let operand = try scalar(node, of: operation)
    guard operand.type == .boolean else {
      throw problem(.operandType(operation, takes: "booleans", got: operand.type), node)
    }
    return operand
  }

  /// A value that is neither `nil` nor a figure.
  mutating func scalar(
    _ node: FormulaNode, of operation: String
  ) throws(EngineError) -> Expression {
    switch try typed(node) {
    case .scalar(let expression): return expression
    case .figure: throw problem(.figureNeedsPart(operation), node)
    case .null: throw problem(.nullOutsideTest, node)
    }
  }

  mutating func negation(
    _ operand: FormulaNode, _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    let value = try scalar(operand, of: "-")
    switch value.type {
    case .integer: return Expression(.call(.negateInteger, [value]), .integer, place(node))
    case .number: return Expression(.call(.negateNumber, [value]), .number, place(node))
    default: throw problem(.operandType("-", takes: "a number", got: value.type), node)
    }
  }

  // MARK: Arithmetic

  private mutating func arithmetic(
    _ operation: BinaryOperator, _ leftNode: FormulaNode, _ rightNode: FormulaNode,
    _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    let left = try scalar(leftNode, of: operation.rawValue)
    let right = try scalar(rightNode, of: operation.rawValue)
    let place = place(node)
    switch (left.type, right.type, operation) {
    case (.day, .integer, .add):
      return Expression(.call(.addDays, [left, right]), .day, place)
    case (.integer, .day, .add):
      return Expression(.call(.addDays, [right, left]), .day, place)
    case (.day, .integer, .subtract):
      let negated = Expression(.call(.negateInteger, [right]), .integer, right.place)
      return Expression(.call(.addDays, [left, negated]), .day, place)
    case (.day, .day, .subtract):
      return Expression(.call(.dayDifference, [left, right]), .integer, place)
    case (.integer, .integer, _):
      if let whole = operation.integerArithmetic {
        return Expression(.call(.integer(whole), [left, right]), .integer, place)
      }
    case (.integer, .number, _), (.number, .integer, _), (.number, .number, _): break
    default: throw problem(.operandTypes(operation.rawValue, left.type, right.type), node)
    }
    guard let number = operation.numberArithmetic else {
      throw problem(.operandTypes(operation.rawValue, left.type, right.type), node)
    }
    return Expression(.call(.number(number), [asNumber(left), asNumber(right)]), .number, place)
  }

  func asNumber(_ expression: Expression) -> Expression {
    guard expression.type == .integer else { return expression }
    if case .constant(.integer(let value)) = expression.kind {
      return Expression(.constant(.number(Double(value))), .number, expression.place)
    }
    return Expression(.call(.integerToNumber, [expression]), .number, expression.place)
  }

  // MARK: Comparison

  private mutating func comparison(
    _ operation: BinaryOperator, _ leftNode: FormulaNode, _ rightNode: FormulaNode,
    _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    let left = try typed(leftNode)
    let right = try typed(rightNode)
    let place = place(node)
    if leftNode.kind == .null || rightNode.kind == .null {
      return try nullTest(operation, left, right, node)
    }
    // A bound null compares as null with anything, as a null of the other side's type would.
    if case .null = left { return unknown(place) }
    if case .null = right { return unknown(place) }
    let (first, second) = try comparable(
      orderable(left, place), orderable(right, place), operation, node)
    guard let comparison = Operation.Comparison(rawValue: operation.rawValue) else {
      throw problem(.operandTypes(operation.rawValue, first.type, second.type), node)
    }
    return Expression(.call(.compare(comparison), [first, second]), .boolean, place)
  }

  /// A written integer as the number that meets numbers, if that is the same to the last digit.
  private func exact(_ expression: Expression) -> Expression {
    guard case .constant(.integer(let whole)) = expression.kind, Double(whole).isExactly(whole)
    else { return expression }
    return asNumber(expression)
  }

  private func unknown(_ place: FormulaPlace) -> Expression {
    Expression(.constant(.null), .boolean, place)
  }

  private mutating func nullTest(
    _ operation: BinaryOperator, _ left: Typed, _ right: Typed, _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    guard operation == .equal || operation == .notEqual else {
      throw problem(.nullOutsideTest, node)
    }
    let place = place(node)
    let tested: Expression
    switch (left, right) {
    case (.null, .null): tested = Expression(.constant(.boolean(true)), .boolean, place)
    case (.scalar(let value), .null), (.null, .scalar(let value)):
      tested = Expression(.isNull(value), .boolean, place)
    case (.figure(let figure), .null), (.null, .figure(let figure)): tested = figure.isNull(place)
    default: throw problem(.nullOutsideTest, node)
    }
    return operation == .equal ? tested : Expression(.not(tested), .boolean, place)
  }

  private func orderable(_ value: Typed, _ place: FormulaPlace) -> Expression {
    switch value {
    case .scalar(let expression): expression
    case .figure(let figure): figure.orderKey(place)
    case .null: unknown(place)
    }
  }

  /// Both sides in one type: integers meet numbers, a written day meets days, a key its reference.
  private func comparable(
    _ left: Expression, _ right: Expression, _ operation: BinaryOperator, _ node: FormulaNode
  ) throws(EngineError) -> (Expression, Expression) {
    switch (left.type, right.type) {
    case (.list, _), (_, .list): throw problem(.listInFormula(operation.rawValue), node)
    case (.integer, .number), (.number, .integer): return (exact(left), exact(right))
    case (.day, .text), (.time, .text):
      return (left, try dated(right, left.type, of: operation.rawValue))
    case (.text, .day), (.text, .time):
      return (try dated(left, right.type, of: operation.rawValue), right)
    case (.reference(let table), .text), (.reference(let table), .integer):
      guard let key = key(of: left, table), key.type == right.type else { break }
      try checkKey(right, of: left, table, operation)
      return (key, right)
    case (.text, .reference(let table)), (.integer, .reference(let table)):
      guard let key = key(of: right, table), key.type == left.type else { break }
      try checkKey(left, of: right, table, operation)
      return (left, key)
    case (.reference(let table), .reference(let other)) where table == other:
      guard operation != .equal, operation != .notEqual else { return (left, right) }
      guard let first = key(of: left, table), let second = key(of: right, table) else { break }
      return (first, second)
    case (let type, let other) where type == other: return (left, right)
    default: break
    }
    throw problem(.operandTypes(operation.rawValue, left.type, right.type), node)
  }

  /// The key of the row that a reference names.
  func key(of reference: Expression, _ table: String) -> Expression? {
    guard let entry = context.catalog?[table], entry.key.count == 1,
      let field = entry.table.schema[entry.key[0]]
    else { return nil }
    return Expression(
      .gather(rows: reference, table: table, slot: field.slot), field.type, reference.place)
  }

  /// Refuses a written or bound value that is the key of no row: a test for it would find nothing.
  private func checkKey(
    _ value: Expression, of reference: Expression, _ table: String, _ operation: BinaryOperator
  ) throws(EngineError) {
    guard [.equal, .notEqual].contains(operation) else { return }
    switch value.kind {
    case .constant(let constant):
      try checkKey(constant, isWritten: true, of: reference, table, value.place)
    case .binding(let index):
      try checkKey(bound[index], isWritten: false, of: reference, table, value.place)
    default: break
    }
  }

  private func checkKey(
    _ value: Value, isWritten: Bool, of reference: Expression, _ table: String,
    _ place: FormulaPlace
  ) throws(EngineError) {
    let path = reference.place.text.filter { $0 != "`" }
    let lookup = KeyLookup(table, in: context.catalog)
    if let problem = try lookup?.problem(value, isWritten: isWritten, path: path) {
      throw .formula(problem, place)
    }
  }

  /// A written or bound text read as a day or time.
  func dated(
    _ expression: Expression, _ type: ValueType, of operation: String
  ) throws(EngineError) -> Expression {
    let text: String
    switch expression.kind {
    case .constant(.text(let value)): text = value
    case .binding(let index):
      guard case .text(let value) = bound[index] else {
        return Expression(expression.kind, type, expression.place)
      }
      text = value
    default:
      throw .formula(.operandTypes(operation, type, expression.type), expression.place)
    }
    if type == .day {
      guard let day = Day(text) else { throw .formula(.notADay(text), expression.place) }
      return Expression(.constant(.day(day)), .day, expression.place)
    }
    if let day = Day(text) {
      let time = Timestamp(microseconds: Int64(day.number) * Timestamp.microsecondsPerDay)
      return Expression(.constant(.time(time)), .time, expression.place)
    }
    guard let time = Timestamp(text) else { throw .formula(.notATime(text), expression.place) }
    return Expression(.constant(.time(time)), .time, expression.place)
  }

  // MARK: Sets

  /// How many values of a bound set are looked for among the keys: who binds names in the place of keys
  /// binds no keys among them, and a look takes as long as the table is.
  private static let checkedElementLimit = 20

  mutating func membership(
    _ operand: FormulaNode, _ set: FormulaNode, _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    var value = try scalar(operand, of: "in")
    if case .list = value.type { throw problem(.listInFormula("in"), operand) }
    let reference = value
    if case .reference(let table) = value.type, let key = key(of: value, table) { value = key }
    var elements: [Value] = []
    switch set.kind {
    case .set(let nodes):
      for node in nodes {
        let element = try member(node, of: value.type)
        elements.append(element)
        guard case .reference(let table) = reference.type, value.type != reference.type else {
          continue
        }
        var isWritten = true
        if case .binding = node.kind { isWritten = false }
        try checkKey(element, isWritten: isWritten, of: reference, table, place(node))
      }
    case .binding(let name):
      guard let bound = try boundSet(name, of: value.type, set) else { return unknown(place(node)) }
      elements = bound
      if case .reference(let table) = reference.type, value.type != reference.type {
        for element in bound.prefix(Self.checkedElementLimit) {
          try checkKey(element, isWritten: false, of: reference, table, place(set))
        }
      }
    default: throw problem(.setNeededAfterIn, set)
    }
    return Expression(.member(value, elements), .boolean, place(node))
  }

  private mutating func member(
    _ node: FormulaNode, of type: ValueType
  ) throws(EngineError) -> Value {
    switch try typed(node) {
    case .scalar(let expression):
      switch expression.kind {
      case .constant(let value): return try converted(value, to: type, node)
      case .binding(let index):
        return try converted(bound[index], to: type, node)
      default: break
      }
    default: break
    }
    throw problem(.notConstant(function: "in", takes: "values"), node)
  }

  /// The elements of a bound set in the type of the value that is looked for; nil if it is null.
  private func boundSet(
    _ name: String, of type: ValueType, _ node: FormulaNode
  ) throws(EngineError) -> [Value]? {
    switch bindings.values[name] {
    case .value(.null)?, .null(.list)?: return nil
    case .set(let values)?:
      var result: [Value] = []
      for value in values { result.append(try converted(value, to: type, node)) }
      return result
    case .value(.list(let texts))?:
      var result: [Value] = []
      for text in texts { result.append(try converted(.text(text), to: type, node)) }
      return result
    case nil:
      let known = bindings.values.keys.sorted()
      throw problem(
        .unknownBinding(name, near: NearNames.suggestions(for: name, among: known)), node)
    default: throw problem(.setNeededAfterIn, node)
    }
  }

  /// An element of a set in the type of the value that is looked for.
  private func converted(
    _ value: Value, to type: ValueType, _ node: FormulaNode
  ) throws(EngineError) -> Value {
    switch (value, type) {
    case (.integer(let whole), .number):
      // No number is an integer that numbers can't hold.
      return Double(whole).isExactly(whole) ? .number(Double(whole)) : .null
    case (.number(let number), .integer):
      // A fraction is in no set of integers; Lua's 3.0 is 3.
      return Int64(exactly: number).map { .integer($0) } ?? .null
    case (.text(let text), .day):
      guard let day = Day(text) else { throw problem(.notADay(text), node) }
      return .day(day)
    case (.text(let text), .time):
      guard let time = Timestamp(text) else { throw problem(.notATime(text), node) }
      return .time(time)
    case (.null, _): return .null
    default:
      guard let found = value.type, found == type else {
        throw problem(.operandTypes("in", type, value.type ?? type), node)
      }
      return value
    }
  }
}

extension Double {
  /// Whether this number is an integer without a difference.
  fileprivate func isExactly(_ whole: Int64) -> Bool { Int64(exactly: self) == whole }
}

extension BinaryOperator {
  fileprivate var integerArithmetic: Operation.IntegerArithmetic? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .floorDivide: .floorDivide
    case .modulo: .modulo
    default: nil
    }
  }

  fileprivate var numberArithmetic: Operation.NumberArithmetic? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .modulo: .modulo
    case .power: .power
    default: nil
    }
  }
}
