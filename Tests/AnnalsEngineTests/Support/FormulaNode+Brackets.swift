@testable import AnnalsEngine

extension FormulaNode {
  /// The formula with brackets around every operator.
  var bracketed: String {
    switch kind {
    case .null: "nil"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): "'\(value)'"
    case .path(let names): names.joined(separator: ".")
    case .binding(let name): "$" + name
    case .call(let name, let arguments):
      "\(name)(\(arguments.map(\.bracketed).joined(separator: ", ")))"
    case .negated(let operand): "(-\(operand.bracketed))"
    case .not(let operand): "(not \(operand.bracketed))"
    case .binary(let operation, let left, let right):
      "(\(left.bracketed) \(operation.rawValue) \(right.bracketed))"
    case .set(let elements): "{\(elements.map(\.bracketed).joined(separator: ", "))}"
    case .member(let operand, let set): "(\(operand.bracketed) in \(set.bracketed))"
    }
  }
}

extension EngineError {
  /// The problem of a formula and the part that it is about, as `problem at "part"`.
  var formulaProblem: String {
    guard case .formula(let problem, let place) = self else { return "\(self)" }
    return "\(problem) at \"\(place.text)\""
  }
}
