package import AnnalsEngine

/// A formula as a tree: its text, and what is needed to know its meaning.
package struct TwinFormula: Sendable {
  package indirect enum Kind: Sendable {
    case column(String)
    /// `low`, `best` or `high` of a column of figures.
    case part(String, String)
    /// From a column of references on, by columns of the tables that they lead to.
    case path(String, [String])
    case literal(Value)
    /// The literal `nil`.
    case null
    case call(String, [TwinFormula])
    case binary(String, TwinFormula, TwinFormula)
    case negated(TwinFormula)
    case not(TwinFormula)
    case member(TwinFormula, [Value])
    /// What an aggregate or a series gives, by its place in the list of calls.
    case result(Int)
    /// `cumulate` or `rolling` around a formula of aggregates, with its further arguments.
    case framed(String, TwinFormula, String)
  }

  package let kind: Kind
  package let type: ValueType

  package init(_ kind: Kind, _ type: ValueType) {
    self.kind = kind
    self.type = type
  }

  package static func column(_ column: TwinColumn) -> TwinFormula {
    TwinFormula(.column(column.name), column.type)
  }

  var operands: [TwinFormula] {
    switch kind {
    case .column, .part, .path, .literal, .null, .result: []
    case .call(_, let arguments): arguments
    case .binary(_, let left, let right): [left, right]
    case .negated(let operand), .not(let operand), .member(let operand, _),
      .framed(_, let operand, _):
      [operand]
    }
  }

  /// The columns that it reads, but for those that calls read.
  var columns: Set<String> {
    switch kind {
    case .column(let name), .part(let name, _): [name]
    case .path(let name, let path): [name, ([name] + path).joined(separator: ".")]
    default: operands.reduce(into: []) { $0.formUnion($1.columns) }
    }
  }

  // MARK: Text

  /// The formula as a script writes it.
  package func text(_ calls: [TwinCall] = []) -> String {
    switch kind {
    case .column(let name): return Self.quoted(name)
    case .part(let name, let part): return Self.quoted(name) + "." + part
    case .path(let name, let path): return ([Self.quoted(name)] + path).joined(separator: ".")
    case .literal(let value): return Self.literal(value)
    case .null: return "nil"
    case .call(let name, let arguments):
      return "\(name)(\(arguments.map { $0.text(calls) }.joined(separator: ", ")))"
    case .binary(let operation, let left, let right):
      return "(\(left.text(calls)) \(operation) \(right.text(calls)))"
    case .negated(let operand): return "(-\(operand.text(calls)))"
    case .not(let operand): return "(not \(operand.text(calls)))"
    case .member(let operand, let values):
      let members = values.map(Self.literal).joined(separator: ", ")
      return "(\(operand.text(calls)) in {\(members)})"
    case .result(let index): return calls[index].text
    case .framed(let name, let inner, let rest): return "\(name)(\(inner.text(calls))\(rest))"
    }
  }

  static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || byte == 95
    }
    return isPlain ? name : "`\(name)`"
  }

  static func literal(_ value: Value) -> String {
    switch value {
    case .integer(.min): "(-9223372036854775807 - 1)"
    case .integer(let value): value < 0 ? "(\(value))" : "\(value)"
    case .number(let value): value.sign == .minus ? "(-\(value.magnitude))" : "\(value)"
    case .boolean(let value): "\(value)"
    case .day(let day): "day('\(day)')"
    case .null: "nil"
    default: "'\(value.text)'"
    }
  }
}

/// A formula of a derived column or of an aggregate, with the calls over rows that it makes.
package struct TwinColumnFormula: Sendable {
  package let name: String
  package let formula: TwinFormula
  package var calls: [TwinCall] = []

  package var text: String {
    TwinFormula.quoted(name) + " = " + formula.text(calls)
  }

  /// The columns that it reads in the rows.
  var columns: Set<String> {
    calls.reduce(into: formula.columns) { $0.formUnion($1.columns) }
  }
}
