/// What can be wrong with a formula, before any row is looked at.
public enum FormulaProblem: Hashable, Sendable {
  // Reading
  case empty
  case incomplete
  case unexpected
  case notInFormulas
  case singleEquals
  case foreignOperator(String, lua: String)
  case tooDeep
  case tooLong
  case tooLarge
  case unclosed(String)
  case unfinishedText
  case unfinishedName
  case unknownEscape
  case malformedNumber
  case nameNeededAfterPoint
  case nameNeededAfterDollar
  case setOutsideIn
  case setNeededAfterIn
  case nameNeeded(verb: String)

  // Names
  case unknownColumn(String, near: [String])
  case unknownPathColumn(String, table: String, near: [String])
  case noReference(String, ValueType)
  case unknownFunction(String, near: [String])
  case unknownBinding(String, near: [String])
  case notAGroupColumn(String, groups: [String])
  /// References were compared with what is no key of their table; `named` is the path that has it.
  case notAKey(String, table: String, named: String?, near: [String], examples: [String])
  case twice(String)
  /// A formula uses what another one of the same verb makes.
  case madeBeside(String, verb: String)

  // Types
  case argumentCount(function: String, takes: String, got: Int)
  case argumentType(function: String, position: Int, takes: String, got: ValueType)
  case operandTypes(String, ValueType, ValueType)
  case operandType(String, takes: String, got: ValueType)
  case differentTypes(String, ValueType, ValueType)
  case conditionNeeded(verb: String, ValueType)
  case notADay(String)
  case notATime(String)
  case nullOutsideTest
  case typelessNull
  case figureNeedsPart(String)
  case listInFormula(String)
  case notConstant(function: String, takes: String)
  case unknownUnit(String, units: [String])
  case aggregateOutside(String, verb: String)
  case nestedAggregate(String)
  case notInFrame(String, frame: String)
  case seriesOutside(String, verb: String)
  case aggregateNeeded(String)
  case unknownSpan(String)
  case malformedPattern(String, reason: String)

  // Meaning
  case repeated(function: String, column: String, table: String, key: String?)
  case rowsUnknown(function: String, column: String, table: String)
}

extension FormulaProblem {
  /// What is wrong, in one line; `part` is the marked part of the formula.
  func summary(part: String) -> String {
    switch self {
    case .empty: "a formula is empty"
    case .incomplete: "a formula ends too early"
    case .unexpected: "unexpected `\(part)` in a formula"
    case .notInFormulas: "`\(part)` has no meaning in a formula"
    case .singleEquals: "`=` compares nothing"
    case .foreignOperator(let symbol, _): "`\(symbol)` is no operator"
    case .tooDeep: "a formula nests more than \(FormulaParser.depthLimit) deep"
    case .tooLarge: "a formula has more than \(FormulaLexer.byteLimit / 1024) KiB"
    case .tooLong: "a formula has more than \(FormulaParser.operatorLimit) operators"
    case .unclosed(let bracket): "`\(bracket)` is never closed"
    case .unfinishedText: "a text in quotes is never closed"
    case .unfinishedName: "a name in backticks is never closed"
    case .unknownEscape: "`\(part)` is no escape in a text"
    case .malformedNumber: "`\(part)` is no number"
    case .nameNeededAfterPoint: "a name must follow the point of a path"
    case .nameNeededAfterDollar: "a name must follow `$`"
    case .setOutsideIn:
      part.hasPrefix("$")
        ? "`\(part)` is a set, which stands only to the right of `in`"
        : "`{` starts a set, which stands only to the right of `in`"
    case .setNeededAfterIn:
      part.hasPrefix("$")
        ? "`in` needs a set to its right, and `\(part)` is none" : "`in` needs a set to its right"
    case .nameNeeded(let verb): "`\(part)` in `\(verb)` has no name"
    case .unknownColumn(let name, _): "unknown column `\(name.shortened)`"
    case .unknownPathColumn(let name, let table, _): "`\(table)` has no column `\(name.shortened)`"
    case .noReference(let name, let type):
      "`\(name)` leads nowhere, it is \(type.withArticle)"
    case .unknownFunction(let name, _): "unknown function `\(name.shortened)`"
    case .unknownBinding(let name, _): "no value is given for `$\(name.shortened)`"
    case .notAGroupColumn(let name, _): "`\(name)` has many values in a group"
    case .notAKey(let key, let table, _, _, _):
      "no row of `\(table)` has the key `\(key.shortened)`"
    case .twice(let name): "the name `\(name)` is given twice"
    case .madeBeside(let name, let verb):
      "`\(name)` is made by the same `\(verb)`, which can't use it"
    case .argumentCount(let function, let takes, let got):
      "`\(function)` takes \(takes), not \(got)"
    case .argumentType(let function, let position, let takes, let got):
      "argument \(position) of `\(function)` must be \(takes), not \(got.withArticle)"
    case .operandTypes(let operation, let left, let right):
      "`\(operation)` does not go with \(left.withArticle) and \(right.withArticle)"
    case .operandType(let operation, let takes, let got):
      "`\(operation)` needs \(takes), not \(got.withArticle)"
    case .differentTypes(let function, let first, let other):
      "`\(function)` can't mix \(first.withArticle) and \(other.withArticle)"
    case .conditionNeeded(let verb, let type):
      "`\(verb)` needs a condition, not \(type.withArticle)"
    case .notADay(let text): "`\(text.shortened)` is no day"
    case .notATime(let text): "`\(text.shortened)` is no time"
    case .nullOutsideTest: "`nil` can only be tested for, with `== nil` or `~= nil`"
    case .typelessNull: "a formula that is always null has no type"
    case .figureNeedsPart(let operation): "`\(operation)` does not take a whole figure"
    case .listInFormula(let operation): "`\(operation)` does not take a list"
    case .notConstant(let function, let takes): "`\(function)` needs \(takes) written out"
    case .unknownUnit(let unit, _): "`start_of` knows no `\(unit.shortened)`"
    case .aggregateOutside(let function, let verb):
      "the aggregate `\(function)` can't stand in `\(verb)`"
    case .notInFrame(let function, let frame): "`\(function)` can't stand in `\(frame)`"
    case .seriesOutside(let function, let verb): "`\(function)` can't stand in `\(verb)`"
    case .aggregateNeeded(let function): "`\(function)` needs an aggregate"
    case .unknownSpan(let span): "`\(span.shortened)` is no span of the calendar or of rows"
    case .malformedPattern(let text, let reason): "`\(text.shortened)` is no pattern: \(reason)"
    case .nestedAggregate(let function): "the aggregate `\(function)` stands inside another"
    case .repeated(let function, let column, let table, _):
      "`\(function)` would take `\(column)` of one row of `\(table)` several times"
    case .rowsUnknown(let function, let column, let table):
      "`\(function)` can't tell which rows of `\(table)` the numbers of `\(column)` are from"
    }
  }

  /// What to do about it, if anything can be said; `part` is the marked part of the formula.
  func fix(part: String) -> String? {
    switch self {
    case .unexpected: Self.foreignWords[part.lowercased()]
    case .empty: "write a formula such as \"killed > 0\""
    case .notInFormulas: "formulas are Lua expressions over columns, with `in {…}` for sets"
    case .singleEquals: "compare with `==`"
    case .tooLong, .tooLarge:
      "write many `==` with `or` as `x in $set`, or compute parts with `derive` first"
    case .foreignOperator(_, let lua): "write `\(lua)`"
    case .unfinishedName: "close the name with another backtick"
    case .unknownEscape: "formulas know \\n \\t \\r \\\\ \\\" and \\'"
    case .setOutsideIn, .setNeededAfterIn: "write `x in {'a', 'b'}` or `x in $set`"
    case .nameNeeded: "write \"name = formula\""
    case .unknownBinding(let name, let near) where near.isEmpty:
      "give it in a table after the formulas, as in {\(name.shortened) = …}"
    case .unknownColumn(let name, let near) where near.isEmpty:
      Self.nulls.contains(name.lowercased())
        ? "write `nil`, as in `x == nil`"
        : name == name.shortened
          ? "no column has such a name; a text stands in quotes, as in `'\(name)'`" : nil
    case .unknownColumn(_, let near), .unknownPathColumn(_, _, let near),
      .unknownFunction(_, let near), .unknownBinding(_, let near):
      near.isEmpty ? nil : "did you mean \(near.quotedAlternatives)?"
    case .noReference: "only references lead on, such as `event.title`"
    case .notAGroupColumn(let name, let groups):
      "add `\(name)` to `group`, or use an aggregate such as `first(\(name))`"
        + (groups.isEmpty ? "" : "; the groups are by \(groups.quotedList)")
    case .notAKey(_, _, let named?, _, _): "compare `\(named)`, which has this text"
    case .notAKey(_, let table, nil, let near, let examples):
      near.isEmpty
        ? "keys of `\(table)` are such as \(examples.quotedList)"
        : "did you mean \(near.quotedAlternatives)?"
    case .madeBeside: "add what builds on it with `derive` afterwards"
    case .operandTypes("..", _, _): "turn values into text with `text(x)`"
    case .operandTypes(_, .day, .integer), .operandTypes(_, .integer, .day):
      "a day stands in quotes, as in '2022-01-05'"
    case .operandTypes(_, let left, let right):
      left == .text || right == .text ? "convert with `number(x)`, `day(x)` or `text(x)`" : nil
    case .operandType(let operation, _, _) where ["and", "or", "not"].contains(operation):
      "for a default value use `coalesce(x, default)`; a test is `x ~= nil`"
    case .argumentCount("rolling", _, _):
      "write `rolling(sum(x), '7 days', date)`, or `rolling(sum(x), '7 rows')`"
    case .notConstant("rolling", "the span"): "such as '7 days' or '3 rows'"
    case .argumentType(_, _, let takes, .text) where takes.contains("number"):
      "texts are read as numbers by `number(x)`"
    case .conditionNeeded: "compare with something, such as `x > 0` or `x ~= nil`"
    case .notADay: "days are written 2022-01-05"
    case .notATime: "times are written 2022-01-05T10:30:00Z"
    case .figureNeedsPart: "use its `.low`, `.best` or `.high`"
    case .unknownUnit(_, let units): "one of \(units.quotedAlternatives)"
    case .aggregateOutside: "use it in `aggregate`, or add it as a column with `derive` first"
    case .seriesOutside: "add it as a column with `derive` first"
    case .notInFrame(_, let frame):
      "count, count_if, distinct, sum, mean, min\(frame == "rolling" ? ", max and stddev" : " and max")"
        + " can, without a key"
    case .aggregateNeeded(let function):
      function == "rolling"
        ? "write `rolling(sum(x), '7 days', date)`" : "write `cumulate(sum(x))`"
    case .unknownSpan: "write a number and days, weeks, months, years or rows, such as '7 days'"
    case .malformedPattern: "patterns are Lua's; `%` makes a sign after it plain, as in `%.`"
    case .repeated(let function, let column, let table, let key):
      "`\(function)(\(column), \(key ?? "key"))` takes it once for each row of `\(table)` in a group"
    case .rowsUnknown(_, _, let table):
      "add up `\(table)` itself, or the path to it where it is written out"
    default: nil
    }
  }

  /// What other languages call null.
  private static let nulls: Set<String> = ["null", "none", "na", "nan"]

  /// What stands in a formula where it has no place, since another language has it there, and what is
  /// written here.
  private static let foreignWords = [
    ",": "give each formula or column as a text of its own",
    "desc": "a minus before the name sorts descending, as in \"-date\"",
    "descending": "a minus before the name sorts descending, as in \"-date\"",
    "asc": "ascending needs no word",
    "ascending": "ascending needs no word",
    "contains": "write `contains(x, 'text')`",
    "starts_with": "write `starts_with(x, 'text')`",
    "like": "write `contains(x, 'text')`, or `matches(x, 'pattern')`",
    "ilike": "write `contains(lower(x), 'text')`",
    "matches": "write `matches(x, 'pattern')`",
    "between": "write `x >= a and x <= b`",
    "is": "`x == nil` tests for null, `x == y` for all else",
    "as": "write \"name = formula\"",
  ]
}

extension ValueType {
  /// How messages and schemas call it.
  public var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .text: "text"
    case .day: "day"
    case .time: "time"
    case .list: "list"
    case .figure: "figure"
    case .reference(let table): "reference to \(table)"
    }
  }

  var withArticle: String {
    self == .integer ? "an integer" : self == .text ? "text" : "a " + name
  }
}

extension String {
  /// At most 60 characters of it.
  package var shortened: String {
    count <= 60 ? self : String(prefix(59)) + "…"
  }
}

extension [String] {
  /// `a`, `b` or `c`.
  package var quotedAlternatives: String { joined(lastBy: " or ") }

  /// `a`, `b` and `c`.
  package var quotedList: String { joined(lastBy: " and ") }

  private func joined(lastBy word: String) -> String {
    let quoted = map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + word + last
  }
}
