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
  /// The answers for each text of a dictionary, and last for null, at the first operand's codes.
  case lookup(PreparedExpression, Column)
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
  /// Off while the answers for a dictionary are being worked out.
  var liftsDictionaries = true
  /// The computed vectors of expressions that an earlier step of the pipeline computed.
  var shared: [Expression: Int] = [:]

  func prepared(_ expression: Expression) throws(EngineError) -> PreparedExpression {
    if !shared.isEmpty, let index = shared[expression] { return .computed(index) }
    if liftsDictionaries, let lifted = try lifted(expression) { return lifted }
    switch expression.kind {
    case .slot(let slot):
      switch slots[slot] {
      case .column(let column):
        return .column(column.leading(to: expression.type, in: catalog))
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

  // MARK: Answers by dictionary

  /// What depends on one column with a dictionary is worked out once for each of its texts.
  private func lifted(_ expression: Expression) throws(EngineError) -> PreparedExpression? {
    guard let (leaf, dictionary) = try dictionarySource(of: expression) else { return nil }
    let source = try prepared(leaf)
    do throws(EngineError) {
      return .lookup(source, try answers(expression, leaf, dictionary))
    } catch .row where expression.canFail {
      // No row that is asked for may have the text that fails; the rows tell.
      return nil
    }
  }

  /// The one column that an expression depends on, if it has a dictionary with few texts.
  func dictionarySource(
    of expression: Expression
  ) throws(EngineError) -> (leaf: Expression, TextDictionary)? {
    guard !expression.isLeaf else { return nil }
    var leaf: Expression?
    guard expression.hasOneLeaf(&leaf), let leaf else { return nil }
    let column: Column
    switch leaf.kind {
    case .slot(let slot):
      guard case .column(let found) = slots[slot] else { return nil }
      column = found
    case .gather(_, let table, let slot):
      guard let entry = catalog?[table] else { return nil }
      column = try entry.table.column(slot)
    default: return nil
    }
    guard let dictionary = column.dictionary, dictionary.count <= max(rowCount, 64) else {
      return nil
    }
    return (leaf, dictionary)
  }

  private func answers(
    _ expression: Expression, _ leaf: Expression, _ dictionary: TextDictionary
  ) throws(EngineError) -> Column {
    let count = dictionary.count + 1
    let codes = try Buffer<Int32>(count: count, budget: context.budget)
    let validity = try Bitmap(count: count, budget: context.budget)
    for code in 0..<dictionary.count {
      codes[code] = Int32(code)
      validity.set(code)
    }
    let texts = Column(
      type: .text, count: count, storage: .codes32(codes, dictionary), validity: validity)
    var preparation = Preparation(
      slots: [.column(texts)], bound: bound, catalog: catalog, rowCount: count, context: context)
    preparation.liftsDictionaries = false
    let slot = Expression(.slot(0), .text, leaf.place)
    let prepared = try preparation.prepared(expression.replacing(leaf, by: slot))
    return try Evaluator.column(
      of: prepared, type: expression.type, rowCount: count, context: context)
  }
}

extension Expression {
  /// Whether it reads values without computing.
  fileprivate var isLeaf: Bool {
    switch kind {
    case .slot, .gather, .constant, .binding: true
    default: false
    }
  }

  /// Whether all its columns are one and the same.
  fileprivate func hasOneLeaf(_ leaf: inout Expression?) -> Bool {
    switch kind {
    case .constant, .binding: return true
    case .slot, .gather:
      if let leaf { return leaf == self }
      leaf = self
      return true
    default:
      for operand in operands where !operand.hasOneLeaf(&leaf) { return false }
      return true
    }
  }

  fileprivate func replacing(_ part: Expression, by other: Expression) -> Expression {
    if self == part { return other }
    return with(operands: operands.map { $0.replacing(part, by: other) })
  }
}
