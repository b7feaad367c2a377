/// What the engine refuses, and why.
public enum EngineError: Error, Sendable {
  /// A formula can't be read or has no meaning for the table.
  case formula(FormulaProblem, FormulaPlace)
  /// A value of one row can't be worked with. `row` counts from 1.
  case row(RowProblem, row: Int, FormulaPlace)
  /// A column is unknown where no formula is.
  case unknownColumn(String, verb: String, near: [String])
  /// A verb was used wrongly.
  case misuse(String, fix: String?)
  /// Numbers that may not be added.
  case refusedAddition(AdditionRefusal)
  /// A column of a file can't be used.
  case column(ColumnProblem)
  /// The memory that plans and datasets may use is full.
  case outOfMemory(needed: Int, limit: Int)
  /// The run was told to stop.
  case stopped
}

/// What can be wrong with the values of a row.
public enum RowProblem: Hashable, Sendable {
  case integerOverflow
  case dayOutOfRange
  case notConvertible(String, to: ValueType)
  case notWhole(Double)
  case differsWithinKey(function: String)
  case malformedPattern(String, reason: String)
  case patternTooSlow(String)
}

/// Numbers of a group that may not be added, and why.
public struct AdditionRefusal: Error, Hashable, Sendable {
  /// Why, as one sentence without a full stop.
  public let reason: String
  /// The keys of the rows that don't go together.
  public let rows: [String]
  /// The table of the dataset that the rows belong to; nil if they were computed.
  public let table: String?
  /// The way out.
  public let fix: String

  package init(reason: String, rows: [String], table: String?, fix: String) {
    self.reason = reason
    self.rows = rows
    self.table = table
    self.fix = fix
  }
}

extension EngineError: CustomStringConvertible {
  /// What is wrong, in one line.
  public var summary: String {
    switch self {
    case .formula(let problem, let place): problem.summary(part: place.text.shortened)
    case .row(let problem, let row, _): problem.summary + " in row \(row)"
    case .unknownColumn(let name, let verb, _): "unknown column `\(name.shortened)` in `\(verb)`"
    case .misuse(let what, _): what
    case .refusedAddition(let refusal):
      refusal.reason + ": "
        + (refusal.table.map { "\(refusal.rows.quotedList) of `\($0)`" }
          ?? refusal.rows.joined(separator: " and "))
    case .column(let problem): problem.summary
    case .outOfMemory(let needed, let limit):
      "out of memory: \(Self.size(needed)) more would pass the limit of \(Self.size(limit)) for plans"
        + " and datasets"
    case .stopped: "stopped"
    }
  }

  /// Mebibytes where there are any; what is less than one of them does not matter beside the others.
  private static func size(_ byteCount: Int) -> String {
    if byteCount == .max { return "very much" }
    let whole = byteCount % (1 << 20) == 0
    return byteCount < 1 << 20
      ? "\(byteCount) bytes" : (whole ? "" : "some ") + "\(byteCount >> 20) MiB"
  }

  /// What is wrong with plain values, where there is neither a row nor a formula.
  package var summaryOfValues: String {
    if case .row(let problem, _, _) = self { problem.summary } else { summary }
  }

  /// The formula that is at fault, with the part in question.
  public var place: FormulaPlace? {
    switch self {
    case .formula(_, let place), .row(_, _, let place): place.formula.isEmpty ? nil : place
    default: nil
    }
  }

  /// What to do about it, if anything can be said.
  public var fix: String? {
    switch self {
    case .formula(let problem, let place): problem.fix(part: place.text)
    case .row(let problem, _, _): problem.fix
    case .unknownColumn(_, _, let near):
      near.isEmpty ? nil : "did you mean \(near.quotedAlternatives)?"
    case .misuse(_, let fix): fix
    case .refusedAddition(let refusal): refusal.fix
    case .column(let problem): problem.fix
    case .outOfMemory: "keep fewer columns or rows, or allow more memory"
    case .stopped: nil
    }
  }

  /// The summary, with the marked formula and the fix on lines of their own.
  public var description: String { message(at: nil) }

  /// As ``description``, with the place in a script that the caller knows.
  package func message(at position: String?) -> String {
    var lines = [summary]
    if let marked = place?.marked {
      lines.append("  in:  " + marked.line)
      lines.append("       " + marked.marks)
    }
    if let position { lines.append("  at:  " + position) }
    if let fix { lines.append("  fix: " + fix) }
    return lines.joined(separator: "\n")
  }
}

extension RowProblem {
  var summary: String {
    switch self {
    case .integerOverflow: "an integer passes 64 bits"
    case .dayOutOfRange: "a day lies outside the years -9999 to 9999"
    case .notConvertible(let text, let type): "`\(text.shortened)` is no \(type.name)"
    case .notWhole(let value): "\(NumberText.shortest(value)) is no whole number of 64 bits"
    case .differsWithinKey(let function): "`\(function)` meets two values under one key"
    case .malformedPattern(let text, let reason): "`\(text.shortened)` is no pattern: \(reason),"
    case .patternTooSlow(let text): "the pattern `\(text.shortened)` takes too long"
    }
  }

  var fix: String? {
    switch self {
    case .integerOverflow: "compute with numbers, as in `number(x) * y`"
    case .dayOutOfRange: nil
    case .notConvertible: "keep such rows out with `where`, or test them with `if_else`"
    case .differsWithinKey: "give a key that decides the value"
    case .malformedPattern: "patterns are Lua's; `%` makes a sign after it plain, as in `%.`"
    case .patternTooSlow: "use fewer of `*`, `+` and `-`, or begin the pattern with `^`"
    case .notWhole: "round first, with `floor(x)`, `ceil(x)` or `round(x)`"
    }
  }
}
