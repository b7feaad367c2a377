import AnnalsEngine

/// What SQL has no words for, or other meanings.
struct NotInSQL: Error {}

/// Formulas in the words of DuckDB, where it means the same by them.
struct SQLFormula {
  /// The SQL of what the formula's calls give.
  var results: [String] = []

  static func quoted(_ name: String) -> String { "\"\(name)\"" }

  static func type(_ type: ValueType) throws(NotInSQL) -> String {
    switch type {
    case .integer: "BIGINT"
    case .number: "DOUBLE"
    case .text: "VARCHAR"
    case .boolean: "BOOLEAN"
    case .day: "DATE"
    default: throw NotInSQL()
    }
  }

  static func literal(_ value: Value) throws(NotInSQL) -> String {
    switch value {
    case .null: "NULL"
    case .boolean(let value): value ? "TRUE" : "FALSE"
    case .integer(let value): "CAST('\(value)' AS BIGINT)"
    case .number(let value) where value.isFinite: "CAST('\(value)' AS DOUBLE)"
    case .text(let value): "'\(value)'"
    case .day(let day): "CAST('\(day)' AS DATE)"
    default: throw NotInSQL()
    }
  }

  func sql(_ formula: TwinFormula) throws(NotInSQL) -> String {
    let inner = try plain(formula)
    guard formula.type == .number else { return inner }
    return "CAST(\(inner) AS DOUBLE)"
  }

  private func plain(_ formula: TwinFormula) throws(NotInSQL) -> String {
    switch formula.kind {
    case .column(let name):
      _ = try Self.type(formula.type)
      return Self.quoted(name)
    case .literal(let value): return try Self.literal(value)
    case .null: return "CAST(NULL AS \(try Self.type(formula.type)))"
    case .result(let index): return results[index]
    case .framed(_, let inner, _): return try sql(inner)
    case .negated(let operand): return "(-\(try sql(operand)))"
    case .not(let operand): return "(NOT \(try sql(operand)))"
    case .member(let operand, let members):
      var list: [String] = []
      for member in members { list.append(try Self.literal(member)) }
      let value = try sql(operand)
      let isNumeric = operand.type == .integer || operand.type == .number
      if isNumeric {
        let numbers = list.map { "CAST(\($0) AS DOUBLE)" }.joined(separator: ", ")
        return "(CAST(\(value) AS DOUBLE) IN (\(numbers)))"
      }
      return "(\(value) IN (\(list.joined(separator: ", "))))"
    case .binary(let operation, let left, let right):
      return try binary(operation, left, right)
    case .call(let name, let arguments): return try call(name, arguments)
    case .part, .path: throw NotInSQL()
    }
  }

  // MARK: Operators

  private func binary(
    _ operation: String, _ left: TwinFormula, _ right: TwinFormula
  ) throws(NotInSQL) -> String {
    let first = try sql(left)
    if case .null = right.kind {
      return "(\(first) IS \(operation == "==" ? "" : "NOT ")NULL)"
    }
    let second = try sql(right)
    switch operation {
    case "==": return "(\(first) = \(second))"
    case "~=": return "(\(first) <> \(second))"
    case "..": return "(\(first) || \(second))"
    case "and", "or", "<", "<=", ">", ">=":
      return "(\(first) \(operation.uppercased()) \(second))"
    default: break
    }
    switch (left.type, right.type) {
    case (.day, .day): return "date_diff('day', \(second), \(first))"
    case (.day, _): return "(\(first) \(operation) CAST(\(second) AS INTEGER))"
    case (_, .day): return "(\(second) + CAST(\(first) AS INTEGER))"
    default: break
    }
    let isWhole = left.type == .integer && right.type == .integer
    switch operation {
    case "+", "-", "*": return "(\(first) \(operation) \(second))"
    case "/": return "(CAST(\(first) AS DOUBLE) / NULLIF(CAST(\(second) AS DOUBLE), 0))"
    case "//" where !isWhole: return "floor(CAST(\(first) AS DOUBLE) / NULLIF(\(second), 0))"
    case "//":
      // DuckDB cuts towards zero.
      let rest = "(\(first) % NULLIF(\(second), 0))"
      return "((\(first) // NULLIF(\(second), 0)) - CASE WHEN \(rest) <> 0 AND (\(rest) < 0) <>"
        + " (\(second) < 0) THEN 1 ELSE 0 END)"
    case "%" where isWhole:
      let rest = "(\(first) % NULLIF(\(second), 0))"
      return "(\(rest) + CASE WHEN \(rest) <> 0 AND (\(rest) < 0) <> (\(second) < 0) THEN"
        + " \(second) ELSE 0 END)"
    default: throw NotInSQL()
    }
  }

  // MARK: Functions

  private func call(
    _ name: String, _ arguments: [TwinFormula]
  ) throws(NotInSQL) -> String {
    var values: [String] = []
    for argument in arguments { values.append(try sql(argument)) }
    let list = values.joined(separator: ", ")
    switch name {
    case "if_else": return "(CASE WHEN \(values[0]) THEN \(values[1]) ELSE \(values[2]) END)"
    case "coalesce", "least", "greatest", "contains": return "\(name)(\(list))"
    case "clamp":
      return "(CASE WHEN \(values[0]) IS NULL THEN NULL ELSE least(greatest(\(values[0]),"
        + " \(values[1])), \(values[2])) END)"
    case "abs": return "abs(\(values[0]))"
    // DuckDB rounds the product with a power of ten.
    case "round" where values.count > 1: throw NotInSQL()
    case "round", "floor", "ceil": return "CAST(\(name)(\(values[0])) AS BIGINT)"
    case "sqrt": return "(CASE WHEN \(values[0]) >= 0 THEN sqrt(\(values[0])) END)"
    case "number" where arguments[0].type != .text: return "CAST(\(values[0]) AS DOUBLE)"
    case "integer" where arguments[0].type == .boolean: return "CAST(\(values[0]) AS BIGINT)"
    case "text" where arguments[0].type != .number: return "CAST(\(values[0]) AS VARCHAR)"
    case "length": return "length(\(values[0]))"
    case "starts_with": return "starts_with(\(list))"
    case "ends_with": return "ends_with(\(list))"
    case "year": return "year(\(values[0]))"
    case "day_of_month": return "day(\(values[0]))"
    case "weekday": return "isodow(\(values[0]))"
    case "month": return "strftime(\(values[0]), '%Y-%m')"
    case "week": return "strftime(\(values[0]), '%G-W%V')"
    case "days": return "date_diff('day', \(list))"
    case "start_of" where arguments.count == 2:
      return "CAST(date_trunc(\(values[1]), \(values[0])) AS DATE)"
    case "replace":
      // An empty part occurs nowhere here.
      return "(CASE WHEN \(values[1]) = '' AND \(values[2]) IS NOT NULL THEN \(values[0]) ELSE"
        + " replace(\(list)) END)"
    default: throw NotInSQL()
    }
  }

  // MARK: Calls over rows

  /// - Parameter over: What follows the call, such as `OVER (…)`; nil in a group.
  static func call(_ call: TwinCall, over: String?) throws(NotInSQL) -> String {
    guard call.key == nil else { throw NotInSQL() }
    let plain = SQLFormula()
    let frame = over.map { " OVER (\($0))" } ?? ""
    guard let argument = call.argument else { return "count(*)" + frame }
    let value = try plain.sql(argument)
    _ = try type(argument.type)
    switch call.name {
    case "count": return "count(\(value))" + frame
    case "count_if": return "count(*) FILTER (WHERE \(value))" + frame
    case "distinct": return "count(DISTINCT \(value))" + frame
    case "sum" where call.type == .integer: return "CAST(sum(\(value))\(frame) AS BIGINT)"
    case "sum", "min", "max": return "\(call.name)(\(value))" + frame
    case "mean": return "avg(CAST(\(value) AS DOUBLE))" + frame
    case "any": return "bool_or(\(value))" + frame
    case "all": return "bool_and(\(value))" + frame
    case "median", "quantile":
      return "quantile_cont(CAST(\(value) AS DOUBLE), \(call.share))" + frame
    case "stddev": return "stddev_samp(\(value))" + frame
    default: throw NotInSQL()
    }
  }
}
