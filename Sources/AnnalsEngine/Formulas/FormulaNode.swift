/// What a formula says, before names and types are looked up.
struct FormulaNode: Hashable, Sendable {
  indirect enum Kind: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    /// A column, or a path through references to one.
    case path([String])
    /// A value from outside, written `$name`.
    case binding(String)
    case call(String, [FormulaNode])
    case negated(FormulaNode)
    case not(FormulaNode)
    case binary(BinaryOperator, FormulaNode, FormulaNode)
    /// `{a, b}`, which stands only to the right of `in`.
    case set([FormulaNode])
    case member(FormulaNode, in: FormulaNode)
  }

  let kind: Kind
  let range: Range<Int>
}

/// The operators with two operands; the raw value is how they are written.
enum BinaryOperator: String, Hashable, Sendable {
  case or
  case and
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case notEqual = "~="
  case equal = "=="
  case join = ".."
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "^"

  /// Left and right binding power, as in section 3.4.8 of the Lua 5.4 manual.
  var powers: (left: Int, right: Int) {
    switch self {
    case .or: (1, 1)
    case .and: (2, 2)
    case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .equal: (3, 3)
    case .join: (9, 8)
    case .add, .subtract: (10, 10)
    case .multiply, .divide, .floorDivide, .modulo: (11, 11)
    case .power: (14, 13)
    }
  }

  static let unaryPower = 12
  /// `in` binds like the comparisons.
  static let memberPower = 3
}

/// A formula that has been read: its text and what it says.
package struct Formula: Hashable, Sendable {
  let text: String
  let root: FormulaNode

  func place(_ node: FormulaNode) -> FormulaPlace {
    FormulaPlace(formula: text, range: node.range)
  }
}
