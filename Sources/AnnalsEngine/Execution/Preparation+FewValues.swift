/// A part of an expression on which alone it depends, and which has few different values.
struct FewValues {
  enum Values {
    case texts(TextDictionary)
    case range(ClosedRange<Int64>)
    /// Values that are found by the codes of a column, and last the one for null.
    case column(Column)
  }

  let leaf: Expression
  let values: Values
}

extension Preparation {
  /// What depends on one column of few values is worked out once for each of them.
  func lifted(_ expression: Expression) throws(EngineError) -> PreparedExpression? {
    guard let few = try fewValues(behind: expression) else { return nil }
    let source = try prepared(few.leaf)
    do throws(EngineError) {
      let answers = try answers(expression, few)
      switch few.values {
      case .texts: return .lookup(source, answers, origin: 0)
      case .range(let range): return .lookup(source, answers, origin: range.lowerBound)
      case .column:
        guard case .lookup(let codes, _, let origin) = source else { return nil }
        return .lookup(codes, answers, origin: origin)
      }
    } catch .row where expression.canFail {
      // No row that is asked for may have the value that fails; the rows tell.
      return nil
    }
  }

  /// The one column that an expression depends on, if that has few values.
  func fewValues(behind expression: Expression) throws(EngineError) -> FewValues? {
    guard !expression.isLeaf else { return nil }
    var leaf: Expression?
    guard expression.hasOneLeaf(&leaf), let leaf else { return nil }
    let column: Column
    switch leaf.kind {
    case .slot(let slot):
      switch slots[slot] {
      case .column(let found): column = found
      case .lookup(_, let answers, _):
        return answers.count <= limit + 1 ? FewValues(leaf: leaf, values: .column(answers)) : nil
      case .rowNumbers, .computed, .absent: return nil
      }
    case .gather(_, let table, let slot):
      guard let entry = catalog?[table] else { return nil }
      column = try entry.table.column(slot)
    default: return nil
    }
    if let dictionary = column.dictionary {
      return dictionary.count <= limit ? FewValues(leaf: leaf, values: .texts(dictionary)) : nil
    }
    guard leaf.isSlot, leaf.type == column.type, let range = range(of: column, in: expression)
    else { return nil }
    return FewValues(leaf: leaf, values: .range(range))
  }

  /// No more different values than this are few.
  private var limit: Int { max(rowCount, 64) }

  /// The range of a column of whole numbers or days, if an expression is better worked out for all in
  /// it than for each row.
  private func range(of column: Column, in expression: Expression) -> ClosedRange<Int64>? {
    guard column.type == .day || column.type == .integer, expression.callsFunction,
      !expression.canFail,
      let bounds = column.integerLanes?.bounds(threadCount: context.threadCount),
      case let (width, overflow) = bounds.upperBound.subtractingReportingOverflow(
        bounds.lowerBound), !overflow, width < limit / 4
    else { return nil }
    return bounds
  }

  private func answers(
    _ expression: Expression, _ few: FewValues
  ) throws(EngineError) -> Column {
    let values: Column
    switch few.values {
    case .texts(let dictionary): values = try texts(of: dictionary)
    case .range(let range): values = try numbers(in: range, few.leaf.type)
    case .column(let column): values = column
    }
    var preparation = Preparation(
      slots: [.column(values)], bound: bound, catalog: catalog, rowCount: values.count,
      context: context)
    preparation.liftsFewValues = false
    let slot = Expression(.slot(0), few.leaf.type, few.leaf.place)
    let prepared = try preparation.prepared(expression.replacing(few.leaf, by: slot))
    return try Evaluator.column(
      of: prepared, type: expression.type, rowCount: values.count, context: context)
  }

  /// Each text of a dictionary, and last null.
  func texts(of dictionary: TextDictionary) throws(EngineError) -> Column {
    let count = dictionary.count + 1
    let codes = try Buffer<Int32>(count: count, budget: context.budget)
    for code in 0..<dictionary.count { codes[code] = Int32(code) }
    return Column(
      type: .text, count: count, storage: .codes32(codes, dictionary),
      validity: try allButLast(count))
  }

  /// Each whole number or day of a range, and last null.
  private func numbers(
    in range: ClosedRange<Int64>, _ type: ValueType
  ) throws(EngineError) -> Column {
    let count = Int(range.upperBound - range.lowerBound) + 2
    let numbers = try Buffer<Int64>(count: count, budget: context.budget)
    for index in 0..<count - 1 { numbers[index] = range.lowerBound + Int64(index) }
    return Column(
      type: type, count: count, storage: .int64(numbers), validity: try allButLast(count))
  }

  private func allButLast(_ count: Int) throws(EngineError) -> Bitmap {
    let validity = try Bitmap(count: count, budget: context.budget)
    for index in 0..<count - 1 { validity.set(index) }
    return validity
  }
}

extension Expression {
  /// Whether a function of the formula language is called in it: what that costs a row is more than
  /// what a look into a table does.
  fileprivate var callsFunction: Bool {
    if case .call(.function, _) = kind { return true }
    return operands.contains { $0.callsFunction }
  }

  /// Whether it reads values without computing.
  fileprivate var isLeaf: Bool {
    switch kind {
    case .slot, .gather, .constant, .binding: true
    default: false
    }
  }

  fileprivate var isSlot: Bool {
    if case .slot = kind { return true }
    return false
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
