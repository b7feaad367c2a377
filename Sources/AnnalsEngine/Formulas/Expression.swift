/// A formula that has been typed: a value for each row, over the slots of a plan's input.
///
/// Two expressions are equal if they compute the same; where they stand in a formula does not count.
package struct Expression: Sendable {
  package enum Kind: Hashable, Sendable {
    /// A column of the input.
    case slot(Int)
    case constant(Value)
    /// A bound value, by its place in the query's list.
    case binding(Int)
    /// A column of the dataset's table, at the rows that the reference names.
    case gather(rows: Expression, table: String, slot: Int)
    case call(Operation, [Expression])
    case choose(Expression, then: Expression, else: Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case not(Expression)
    case isNull(Expression)
    /// Whether the value is one of these; null elements count for nothing.
    case member(Expression, [Value])
  }

  /// Plans are copied all the time, and what is copied is one reference.
  private final class Node: Sendable {
    let kind: Kind
    let type: ValueType
    let place: FormulaPlace
    let canFail: Bool
    let hasFixedParts: Bool

    init(_ kind: Kind, _ type: ValueType, _ place: FormulaPlace) {
      self.kind = kind
      self.type = type
      self.place = place
      canFail = kind.operationCanFail || kind.hasOperand { $0.canFail }
      hasFixedParts = kind.isFixed || kind.hasOperand { $0.hasFixedParts }
    }
  }

  private let node: Node

  package init(_ kind: Kind, _ type: ValueType, _ place: FormulaPlace) {
    node = Node(kind, type, place)
  }

  package var kind: Kind { node.kind }
  package var type: ValueType { node.type }
  package var place: FormulaPlace { node.place }

  /// Whether a row can make it fail.
  var canFail: Bool { node.canFail }

  /// Whether there is a constant or a bound value in it.
  var hasFixedParts: Bool { node.hasFixedParts }

  /// The parts that it is made of.
  var operands: [Expression] {
    switch kind {
    case .slot, .constant, .binding: []
    case .gather(let rows, _, _): [rows]
    case .call(_, let arguments): arguments
    case .choose(let condition, let then, let otherwise): [condition, then, otherwise]
    case .and(let left, let right), .or(let left, let right): [left, right]
    case .not(let operand), .isNull(let operand), .member(let operand, _): [operand]
    }
  }

  /// The same with other parts, as many as ``operands`` has.
  func with(operands parts: [Expression]) -> Expression {
    precondition(parts.count == operands.count, "an expression keeps its number of operands")
    let kind: Kind =
      switch self.kind {
      case .slot, .constant, .binding: self.kind
      case .gather(_, let table, let slot): .gather(rows: parts[0], table: table, slot: slot)
      case .call(let operation, _): .call(operation, parts)
      case .choose: .choose(parts[0], then: parts[1], else: parts[2])
      case .and: .and(parts[0], parts[1])
      case .or: .or(parts[0], parts[1])
      case .not: .not(parts[0])
      case .isNull: .isNull(parts[0])
      case .member(_, let set): .member(parts[0], set)
      }
    return Expression(kind, type, place)
  }

  /// The input slots that it reads.
  var slots: SlotSet {
    var slots = SlotSet()
    addSlots(to: &slots)
    return slots
  }

  /// Adds the input slots that it reads.
  func addSlots(to slots: inout SlotSet) {
    if case .slot(let slot) = kind {
      slots.insert(slot)
    } else {
      _ = kind.hasOperand { operand in
        operand.addSlots(to: &slots)
        return false
      }
    }
  }

  /// The same over other slots.
  func replacingSlots(_ replacement: (Int) -> Expression) -> Expression {
    if case .slot(let slot) = kind { return replacement(slot) }
    return with(operands: operands.map { $0.replacingSlots(replacement) })
  }
}

extension Expression: Hashable {
  package static func == (left: Expression, right: Expression) -> Bool {
    left.node === right.node || left.type == right.type && left.kind == right.kind
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
  }
}

extension Expression.Kind {
  /// Whether one of the operands is so; they are asked in order, until one is.
  fileprivate func hasOperand(where isSo: (Expression) -> Bool) -> Bool {
    switch self {
    case .slot, .constant, .binding: false
    case .gather(let operand, _, _), .not(let operand), .isNull(let operand),
      .member(let operand, _):
      isSo(operand)
    case .call(_, let arguments): arguments.contains(where: isSo)
    case .choose(let condition, let then, let otherwise):
      isSo(condition) || isSo(then) || isSo(otherwise)
    case .and(let left, let right), .or(let left, let right): isSo(left) || isSo(right)
    }
  }

  fileprivate var operationCanFail: Bool {
    if case .call(let operation, _) = self { operation.canFail } else { false }
  }

  fileprivate var isFixed: Bool {
    switch self {
    case .constant, .binding: true
    default: false
    }
  }
}
