extension FormulaTyper {
  mutating func typedCall(
    _ name: String, _ arguments: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    if let aggregate = Aggregate(rawValue: name) {
      return try typedAggregate(aggregate, arguments, node)
    }
    if let series = Series(rawValue: name) { return try typedSeries(series, arguments, node) }
    if let function = BuiltInFunction(rawValue: name) {
      return try typedBuiltIn(function, arguments, node)
    }
    guard let function = RowFunction(rawValue: name) else {
      throw problem(
        .unknownFunction(
          name,
          near: ForeignFunctions.meant(by: name)
            ?? NearNames.suggestions(
              for: name, among: RowFunction.names + Aggregate.names + Series.names)),
        node)
    }
    return .scalar(try call(function, arguments, node))
  }

  private mutating func typedBuiltIn(
    _ function: BuiltInFunction, _ arguments: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    switch function {
    case .coalesce: try coalesce(arguments, node)
    case .ifElse: try choice(arguments, node)
    case .least, .greatest: .scalar(try extreme(function.rawValue, arguments, node))
    case .clamp: .scalar(try clamp(arguments, node))
    case .days: .scalar(try daysBetween(arguments, node))
    }
  }

  // MARK: Functions of one type

  private mutating func call(
    _ function: RowFunction, _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    let name = function.rawValue
    try checkCount(nodes, function.argumentCounts, name, node)
    var arguments: [Expression] = []
    for argument in nodes { arguments.append(try scalar(argument, of: name)) }
    if function == .startOf { return try startOf(arguments, nodes, node) }
    if function == .round, arguments.count == 2 { return try rounded(arguments, nodes, node) }
    var type = arguments[0].type
    if case .text = type, function.takesDates {
      arguments[0] = try datedOrRefused(arguments[0], name)
      type = .day
    }
    if type == .time, function.takesDates {
      arguments[0] = Expression(.call(.function(.day), arguments), .day, arguments[0].place)
      type = .day
    }
    guard let result = function.resultType(for: type) else {
      throw problem(
        .argumentType(function: name, position: 1, takes: function.takes, got: type), node)
    }
    if function.takesNumbersOnly { arguments = arguments.map(asNumber) }
    for (index, argument) in arguments.enumerated().dropFirst()
    where argument.type != function.laterType {
      throw problem(
        .argumentType(
          function: name, position: index + 1, takes: function.laterType.withArticle,
          got: argument.type), node)
    }
    if function == .matches { try checkPattern(arguments[1], nodes[1]) }
    if result == type, function.isIdentity(on: type) { return arguments[0] }
    if function == .text { return try asText(arguments[0], name, place(node)) }
    return Expression(.call(.function(function), arguments), result, place(node))
  }

  /// A value as text: of a reference its key.
  func asText(
    _ expression: Expression, _ function: String, _ place: FormulaPlace
  ) throws(EngineError) -> Expression {
    var value = expression
    if case .reference(let table) = value.type {
      guard let key = key(of: value, table) else {
        throw .formula(
          .argumentType(function: function, position: 1, takes: "a value", got: value.type), place)
      }
      value = key
    }
    switch value.type {
    case .text: return value
    case .day: return Expression(.call(.dayToText, [value]), .text, place)
    case .time: return Expression(.call(.timeToText, [value]), .text, place)
    default: return Expression(.call(.function(.text), [value]), .text, place)
    }
  }

  private func datedOrRefused(
    _ expression: Expression, _ name: String
  ) throws(EngineError) -> Expression {
    switch expression.kind {
    case .constant, .binding: return try dated(expression, .day, of: name)
    default:
      throw .formula(
        .argumentType(function: name, position: 1, takes: "a day", got: .text), expression.place)
    }
  }

  private func startOf(
    _ arguments: [Expression], _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    var date = arguments[0]
    if date.type == .text { date = try datedOrRefused(date, "start_of") }
    if date.type == .time { date = Expression(.call(.function(.day), [date]), .day, date.place) }
    guard date.type == .day else {
      throw problem(
        .argumentType(function: "start_of", position: 1, takes: "a day", got: date.type), node)
    }
    let units = CalendarUnit.allCases.map(\.rawValue)
    guard let unit = constantText(arguments[1]) else {
      throw problem(.notConstant(function: "start_of", takes: "the unit"), nodes[1])
    }
    guard CalendarUnit(rawValue: unit) != nil else {
      throw problem(.unknownUnit(unit, units: units), nodes[1])
    }
    if arguments.count == 3 {
      guard let first = constantText(arguments[2]) else {
        throw problem(.notConstant(function: "start_of", takes: "the first day"), nodes[2])
      }
      guard CalendarUnit.weekdays.contains(first) else {
        throw problem(.unknownUnit(first, units: CalendarUnit.weekdays), nodes[2])
      }
    }
    return Expression(
      .call(.function(.startOf), [date] + arguments.dropFirst()), .day, place(node))
  }

  /// `round` with a number of decimals.
  private func rounded(
    _ arguments: [Expression], _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    let value = arguments[0]
    guard let decimals = constantInteger(arguments[1]), (0...15).contains(decimals) else {
      throw problem(
        .notConstant(function: "round", takes: "a number of decimals from 0 to 15"), nodes[1])
    }
    switch value.type {
    case .integer: return value
    case .number:
      let scale = Expression(
        .constant(.number(NumberFunctions.power(10, Double(decimals)))), .number, place(nodes[1]))
      return Expression(.call(.roundDecimals, [value, scale]), .number, place(node))
    default:
      throw problem(
        .argumentType(function: "round", position: 1, takes: "a number", got: value.type), node)
    }
  }

  /// A pattern that is known already must be one.
  private func checkPattern(
    _ pattern: Expression, _ node: FormulaNode
  ) throws(EngineError) {
    guard let text = constantText(pattern) else { return }
    let bytes = Array(text.utf8)
    do throws(LuaPattern.Problem) {
      _ = try LuaPattern(bytes.span)
    } catch {
      throw problem(.malformedPattern(text, reason: error.reason), node)
    }
  }

  func constantText(_ expression: Expression) -> String? {
    switch expression.kind {
    case .constant(.text(let text)): return text
    case .binding(let index):
      guard case .text(let text) = bound[index] else { return nil }
      return text
    default: return nil
    }
  }

  func checkCount(
    _ nodes: [FormulaNode], _ allowed: ClosedRange<Int>, _ name: String, _ node: FormulaNode
  ) throws(EngineError) {
    guard !allowed.contains(nodes.count) else { return }
    let takes =
      allowed.upperBound == Int.max
      ? "at least \(allowed.lowerBound) arguments"
      : allowed.lowerBound == allowed.upperBound
        ? "\(allowed.lowerBound) argument" + (allowed.lowerBound == 1 ? "" : "s")
        : "\(allowed.lowerBound) to \(allowed.upperBound) arguments"
    throw problem(.argumentCount(function: name, takes: takes, got: nodes.count), node)
  }

  // MARK: Functions of several types

  private mutating func coalesce(
    _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    try checkCount(nodes, 1...Int.max, "coalesce", node)
    let values = try unified("coalesce", nodes, node)
    return .scalar(Expression(.call(.coalesce, values), values[0].type, place(node)))
  }

  private mutating func choice(
    _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Typed {
    try checkCount(nodes, 3...3, "if_else", node)
    let condition = try boolean(nodes[0], of: "if_else")
    let values = try unified("if_else", Array(nodes.dropFirst()), node)
    return .scalar(
      Expression(
        .choose(condition, then: values[0], else: values[1]), values[0].type, place(node)))
  }

  private mutating func extreme(
    _ name: String, _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    try checkCount(nodes, 2...Int.max, name, node)
    let values = try unified(name, nodes, node)
    try checkOrdered(values[0].type, name, node)
    return Expression(
      .call(.extreme(greatest: name == "greatest"), values), values[0].type, place(node))
  }

  /// `clamp(x, low, high)` is `least(greatest(x, low), high)` where x is known.
  private mutating func clamp(
    _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    try checkCount(nodes, 3...3, "clamp", node)
    let values = try unified("clamp", nodes, node)
    let type = values[0].type
    try checkOrdered(type, "clamp", node)
    return Expression(.call(.clamp, values), type, place(node))
  }

  private mutating func daysBetween(
    _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> Expression {
    try checkCount(nodes, 2...2, "days", node)
    var dates: [Expression] = []
    for (index, argument) in nodes.enumerated() {
      var date = try scalar(argument, of: "days")
      if date.type == .text { date = try datedOrRefused(date, "days") }
      if date.type == .time {
        date = Expression(.call(.function(.day), [date]), .day, date.place)
      }
      guard date.type == .day else {
        throw problem(
          .argumentType(function: "days", position: index + 1, takes: "a day", got: date.type), node
        )
      }
      dates.append(date)
    }
    return Expression(.call(.dayDifference, [dates[1], dates[0]]), .integer, place(node))
  }

  private func checkOrdered(
    _ type: ValueType, _ name: String, _ node: FormulaNode
  ) throws(EngineError) {
    switch type {
    case .list, .reference, .boolean, .figure:
      throw problem(
        .argumentType(function: name, position: 1, takes: "numbers, texts or dates", got: type),
        node)
    default: break
    }
  }

  /// The arguments in one type. `nil` takes the type of the others.
  private mutating func unified(
    _ name: String, _ nodes: [FormulaNode], _ node: FormulaNode
  ) throws(EngineError) -> [Expression] {
    var typed: [Typed] = []
    for argument in nodes {
      let value = try self.typed(argument)
      if case .figure = value { throw problem(.figureNeedsPart(name), argument) }
      typed.append(value)
    }
    let types = typed.compactMap(\.type)
    guard var type = types.first else { throw problem(.typelessNull, node) }
    if type == .text, let date = types.first(where: { $0 == .day || $0 == .time }) { type = date }
    if type == .integer, types.contains(.number) { type = .number }
    var result: [Expression] = []
    for value in typed {
      switch value {
      case .null(let place): result.append(Expression(.constant(.null), type, place))
      case .figure: break
      case .scalar(let expression):
        var expression = expression
        if type == .number { expression = asNumber(expression) }
        if expression.type == .text, type == .day || type == .time {
          expression = try dated(expression, type, of: name)
        }
        guard expression.type == type else {
          throw problem(.differentTypes(name, type, expression.type), node)
        }
        result.append(expression)
      }
    }
    return result
  }
}

/// A span of the calendar that days are put into.
enum CalendarUnit: String, CaseIterable, Sendable {
  case week, month, quarter, year

  static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}

extension RowFunction {
  /// How many arguments it takes.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .contains, .startsWith, .endsWith, .matches, .split, .priogrid: 2...2
    case .startOf, .sub: 2...3
    case .round: 1...2
    case .replace: 3...3
    case .distance: 4...4
    default: 1...1
    }
  }

  var takesDates: Bool {
    switch self {
    case .year, .quarter, .month, .week, .weekday, .dayOfMonth, .startOf: true
    default: false
    }
  }

  /// Whether integers among its arguments are turned into numbers.
  var takesNumbersOnly: Bool {
    switch self {
    case .sqrt, .log, .exp, .distance, .priogrid: true
    default: false
    }
  }

  /// What the arguments after the first must be.
  var laterType: ValueType {
    switch self {
    case .sub: .integer
    case .distance, .priogrid: .number
    default: .text
    }
  }

  /// What messages say that the first argument must be.
  var takes: String {
    switch self {
    case .abs, .round, .floor, .ceil, .sqrt, .log, .exp, .distance, .priogrid: "a number"
    case .text: "a value"
    case .number, .integer: "a number, a boolean or a text"
    case .day: "a day, a time or a text"
    case .length, .contains: "text or a list"
    case .lower, .upper, .trim, .startsWith, .endsWith, .matches, .replace, .sub, .split: "text"
    case .year, .quarter, .month, .week, .weekday, .dayOfMonth, .startOf: "a day"
    }
  }

  /// The type of the result for a type of the first argument, or nil if that is not taken.
  func resultType(for type: ValueType) -> ValueType? {
    let isNumeric = type == .integer || type == .number
    switch self {
    case .abs: return isNumeric ? type : nil
    case .round, .floor, .ceil: return isNumeric ? .integer : nil
    case .sqrt, .log, .exp: return isNumeric ? .number : nil
    case .text: return type == .list ? nil : .text
    case .number: return isNumeric || type == .text || type == .boolean ? .number : nil
    case .integer: return isNumeric || type == .text || type == .boolean ? .integer : nil
    case .day: return type == .day || type == .time || type == .text ? .day : nil
    case .lower, .upper, .trim, .replace, .sub: return type == .text ? .text : nil
    case .length: return type == .text || type == .list ? .integer : nil
    case .contains: return type == .text || type == .list ? .boolean : nil
    case .startsWith, .endsWith, .matches: return type == .text ? .boolean : nil
    case .split: return type == .text ? .list : nil
    case .distance: return isNumeric ? .number : nil
    case .priogrid: return isNumeric ? .integer : nil
    case .year, .weekday, .dayOfMonth: return type == .day || type == .time ? .integer : nil
    case .quarter, .month, .week: return type == .day || type == .time ? .text : nil
    case .startOf: return type == .day || type == .time ? .day : nil
    }
  }

  /// Whether a value of this type comes out as it went in.
  func isIdentity(on type: ValueType) -> Bool {
    switch self {
    case .round, .floor, .ceil, .integer: type == .integer
    case .text: type == .text
    case .number: type == .number
    case .day: type == .day
    default: false
    }
  }
}
