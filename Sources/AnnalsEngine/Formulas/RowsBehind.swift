/// The rows of a table with a rule of addition that may stand behind the value of an expression.
package struct RowsBehind: Hashable, Sendable {
  package let table: String
  /// A reference to one row, or a text of ``PackedRows``; null where none stands behind.
  package let rows: Expression

  var holdsMany: Bool { rows.type == .text }
}

extension SlotFacts {
  /// The rows behind the value of an expression, for each table that has a rule of addition.
  ///
  /// What a value is computed or chosen from stands behind it. Three things do not: a test (so that
  /// `if_else(measure == 'killed', value.best, 0)` has a row behind it where it takes the row's number
  /// and none where it is 0), a count, and what a number is divided by, which only scales it.
  func rowsBehind(_ expression: Expression, _ catalog: Catalog?) -> [RowsBehind] {
    if expression.type == .boolean { return [] }
    func behind(_ part: Expression) -> [RowsBehind] { rowsBehind(part, catalog) }
    switch expression.kind {
    case .constant, .binding: return []
    case .slot(let slot): return rowsBehind(slot, expression.place)
    case .gather(let rows, let table, let slot):
      guard catalog?[table]?.guardedSlots.contains(slot) == true else { return [] }
      return [RowsBehind(table: table, rows: rows)]
    case .choose(let condition, let then, let otherwise):
      return RowsBehind.either(behind(then), behind(otherwise), condition)
    case .call(.coalesce, let choices):
      guard let last = choices.last else { return [] }
      return choices.dropLast().reversed().reduce(behind(last)) { rest, choice in
        let isNull = Expression(.isNull(choice), .boolean, choice.place)
        return RowsBehind.either(rest, behind(choice), isNull)
      }
    case .call(let operation, let operands):
      let counting = operation.isDivision ? Array(operands.prefix(1)) : operands
      return counting.reduce([]) { RowsBehind.all($0, behind($1)) }
    case .and, .or, .not, .isNull, .member: return []
    }
  }

  private func rowsBehind(_ slot: Int, _ place: FormulaPlace) -> [RowsBehind] {
    if lineages[slot].isPlain { return [] }
    let guards = lineages[slot].guards
    let sorted = guards.sorted { ($0.table, $0.slot) < ($1.table, $1.slot) }
    return sorted.reduce([]) { found, one in
      let type: ValueType = one.holdsMany ? .text : .reference(table: one.table)
      let rows = Expression(.slot(one.slot), type, place)
      return RowsBehind.all(found, [RowsBehind(table: one.table, rows: rows)])
    }
  }
}

extension RowsBehind {
  /// The rows of both, in the order of their tables' names.
  static func all(_ first: [RowsBehind], _ second: [RowsBehind]) -> [RowsBehind] {
    if first.isEmpty || first == second { return second }
    if second.isEmpty { return first }
    return aligned(first, second).map { left, right in
      if left == right { return left }
      let isAlone = first.allSatisfy { $0.table != left.table }
      if isAlone || second.allSatisfy({ $0.table != left.table }) { return isAlone ? right : left }
      let place = left.rows.place
      let both = Expression(
        .call(.join, [left.rows.packedOrEmpty, right.rows.packedOrEmpty]), .text, place)
      return RowsBehind(table: left.table, rows: both)
    }
  }

  /// The rows of the first where a condition is true, else those of the second.
  static func either(
    _ first: [RowsBehind], _ second: [RowsBehind], _ condition: Expression
  ) -> [RowsBehind] {
    aligned(first, second).map { then, otherwise in
      if then == otherwise { return then }
      let rows = Expression(
        .choose(condition, then: then.rows, else: otherwise.rows), then.rows.type, condition.place)
      return RowsBehind(table: then.table, rows: rows)
    }
  }

  /// Both in one form for each table, null where one of them has none.
  static func aligned(
    _ first: [RowsBehind], _ second: [RowsBehind]
  ) -> [(first: RowsBehind, second: RowsBehind)] {
    let tables = Set(first.map(\.table)).union(second.map(\.table)).sorted()
    return tables.compactMap { table in
      let left = first.first { $0.table == table }?.rows
      let right = second.first { $0.table == table }?.rows
      guard let place = (left ?? right)?.place else { return nil }
      let isPacked = left?.type == .text || right?.type == .text
      func part(_ rows: Expression?) -> RowsBehind {
        let type: ValueType = isPacked ? .text : .reference(table: table)
        let null = Expression(.constant(.null), type, place)
        return RowsBehind(table: table, rows: rows.map { isPacked ? $0.packed : $0 } ?? null)
      }
      return (part(left), part(right))
    }
  }
}

extension Expression {
  /// A reference or packed rows, as packed rows.
  var packed: Expression {
    type == .text ? self : Expression(.call(.packRow, [self]), .text, place)
  }

  fileprivate var packedOrEmpty: Expression {
    let empty = Expression(.constant(.text("")), .text, place)
    return Expression(.call(.coalesce, [packed, empty]), .text, place)
  }
}

extension Operation {
  /// Whether the second operand only scales the first.
  fileprivate var isDivision: Bool {
    switch self {
    case .number(.divide), .number(.floorDivide), .number(.modulo), .integer(.floorDivide),
      .integer(.modulo):
      true
    default: false
    }
  }
}
