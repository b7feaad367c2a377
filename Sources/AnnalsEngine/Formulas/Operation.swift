/// What a call in an expression computes. Operands are typed: nothing is converted on the way.
///
/// A null operand gives null, unless the case says otherwise.
package enum Operation: Hashable, Sendable {
  /// Both operands integers. Overflow fails the row; `//` and `%` floor, and by 0 give null.
  case integer(IntegerArithmetic)
  /// Both operands numbers. Division by zero gives null.
  case number(NumberArithmetic)
  case negateInteger
  case negateNumber
  /// Both operands of one type, or an integer and a number, which compare by their exact values.
  case compare(Comparison)
  /// Both operands text.
  case join
  /// A day and an integer.
  case addDays
  /// Two days: how many lie between.
  case dayDifference
  case integerToNumber
  /// The integer that a number is; null for what is none.
  case wholeOrNull
  /// A number, and 10 to the decimals that it is rounded to.
  case roundDecimals
  /// A day or time as it is written in CSV.
  case dayToText
  case timeToText
  /// A reference as ``PackedRows``.
  case packRow
  /// The first operand that is not null.
  case coalesce
  /// The smallest (or greatest) of the operands that are not null.
  case extreme(greatest: Bool)
  /// The first operand, raised to the second and lowered to the third; only a null in the first
  /// gives null.
  case clamp
  case function(RowFunction)

  package enum IntegerArithmetic: Hashable, Sendable {
    case add, subtract, multiply, floorDivide, modulo
  }

  package enum NumberArithmetic: Hashable, Sendable {
    case add, subtract, multiply, divide, floorDivide, modulo, power
  }

  package enum Comparison: String, Hashable, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "~="
  }

  /// Whether a row's values can make it fail.
  var canFail: Bool {
    switch self {
    case .integer, .negateInteger, .addDays: true
    case .function(let function): function.canFail
    default: false
    }
  }
}
