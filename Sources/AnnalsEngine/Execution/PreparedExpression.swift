/// An expression made ready for one table: bound values put in, columns and dictionaries found.
indirect enum PreparedExpression: Sendable {
  case column(Column)
  /// The rows' own numbers.
  case rowNumbers
  /// A vector that an earlier step of the pipeline computed.
  case computed(Int)
  case constant(Value, ValueType)
  /// A column at the rows, or a table of answers at the codes, that the first operand names.
  case gather(PreparedExpression, Column)
  /// The answers for each of few values, and last for null: for a text by its code, for a whole number
  /// by its distance from the origin.
  case lookup(PreparedExpression, Column, origin: Int64)
  case call(Operation, [PreparedExpression], FormulaPlace)
  /// The first that is known, where a later one could fail: it is kept from rows that don't need it.
  case coalesce([PreparedExpression])
  case choose(PreparedExpression, PreparedExpression, PreparedExpression, ValueType)
  /// `rightCanFail` keeps the right side from rows that the left side decides.
  case and(PreparedExpression, PreparedExpression, rightCanFail: Bool)
  case or(PreparedExpression, PreparedExpression, rightCanFail: Bool)
  case not(PreparedExpression)
  case isNull(PreparedExpression)
  case member(PreparedExpression, PreparedSet)
}

/// The elements of a set, by kind of lane; null is in no set.
struct PreparedSet: Sendable {
  var integers: Set<Int64> = []
  var numbers: Set<Double> = []
  var texts: Set<[UInt8]> = []
  var booleans: Set<Bool> = []

  init(_ values: [Value]) {
    for value in values {
      switch value {
      case .integer(let value): integers.insert(value)
      case .number(let value): numbers.insert(value)
      case .text(let value): texts.insert(Array(value.utf8))
      case .boolean(let value): booleans.insert(value)
      case .day(let value): integers.insert(Int64(value.number))
      case .time(let value): integers.insert(value.microseconds)
      case .null, .list, .figure, .reference: break
      }
    }
  }
}

/// Where the values of a slot come from within a pipeline.
enum SlotOrigin: Sendable {
  case column(Column)
  /// The answers for each of the few values of a column of the source, and last for null: for a text by
  /// its code, for a whole number by its distance from the origin.
  case lookup(Column, Column, origin: Int64)
  case rowNumbers
  case computed(Int)
  /// Nobody asked for it.
  case absent
}

/// Makes expressions ready.
struct Preparation {
  let slots: [SlotOrigin]
  let bound: [Value]
  let catalog: Catalog?
  let rowCount: Int
  let context: RunContext
  /// Off while the answers for few values are being worked out.
  var liftsFewValues = true
  /// The computed vectors of expressions that an earlier step of the pipeline computed.
  var shared: [Expression: Int] = [:]

  func prepared(_ expression: Expression) throws(EngineError) -> PreparedExpression {
    if !shared.isEmpty, let index = shared[expression] { return .computed(index) }
    if liftsFewValues, let lifted = try lifted(expression) { return lifted }
    switch expression.kind {
    case .slot(let slot):
      switch slots[slot] {
      case .column(let column):
        return .column(column.leading(to: expression.type, in: catalog))
      case .lookup(let codes, let answers, let origin):
        let answers = answers.leading(to: expression.type, in: catalog)
        return .lookup(.column(codes), answers, origin: origin)
      case .rowNumbers: return .rowNumbers
      case .computed(let index): return .computed(index)
      case .absent: preconditionFailure("a slot that is read was asked for")
      }
    case .constant(let value): return .constant(value, expression.type)
    case .binding(let index): return .constant(bound[index], expression.type)
    case .gather(let rows, let table, let slot):
      guard let entry = catalog?[table] else {
        throw .misuse("the dataset has no table `\(table)`", fix: nil)
      }
      return .gather(try prepared(rows), try entry.table.column(slot))
    case .call(let operation, let arguments):
      var parts: [PreparedExpression] = []
      for argument in arguments { parts.append(try prepared(argument)) }
      if operation == .coalesce, arguments.dropFirst().contains(where: \.canFail) {
        return .coalesce(parts)
      }
      return .call(operation, parts, expression.place)
    case .choose(let condition, let then, let otherwise):
      return .choose(
        try prepared(condition), try prepared(then), try prepared(otherwise), expression.type)
    case .and(let left, let right):
      return .and(try prepared(left), try prepared(right), rightCanFail: right.canFail)
    case .or(let left, let right):
      return .or(try prepared(left), try prepared(right), rightCanFail: right.canFail)
    case .not(let operand): return .not(try prepared(operand))
    case .isNull(let operand): return .isNull(try prepared(operand))
    case .member(let operand, let set):
      return .member(try prepared(operand), PreparedSet(set))
    }
  }
}
