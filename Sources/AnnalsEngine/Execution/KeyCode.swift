/// A key whose values have small numbers, so that groups are found without hashing.
///
/// The number of a row's value is its lane's distance from `origin`, looked up in `map` if there is
/// one. Null has the number `count`.
struct KeyCode {
  /// The value behind each number.
  enum Values {
    /// Numbers from here on, of an integer type.
    case range(Int64, ValueType, ReferenceTarget?)
    case texts(TextDictionary)
    case column(Column)
  }

  let lanes: IntegerLanes
  let origin: Int64
  /// How many distances from `origin` there are.
  let laneCount: Int
  let validity: Bitmap?
  /// The number for each distance, and last for null; nil where they are the same.
  let map: Buffer<Int32>?
  /// How many numbers there are, without that of null.
  let count: Int
  let values: Values

  /// The numbers of a batch's rows.
  func fill(_ codes: Buffer<Int32>, _ batch: Batch) {
    if let rows = batch.rows {
      CodeLoops.load(lanes, at: rows, origin: origin, into: codes, count: batch.count)
    } else {
      CodeLoops.load(lanes, from: batch.firstRow, origin: origin, into: codes, count: batch.count)
    }
    if let validity {
      CodeLoops.setNulls(
        validity, from: batch.firstRow, rows: batch.rows, to: Int32(laneCount), in: codes,
        count: batch.count)
    }
    if let map { CodeLoops.map(codes, by: map, count: batch.count) }
  }

  /// The addresses of a batch's rows: the numbers of some keys as digits, the first counting most.
  ///
  /// - Parameter digits: Working memory.
  static func fill(
    _ addresses: Buffer<Int32>, by keys: [KeyCode], digits: Buffer<Int32>, _ batch: Batch
  ) {
    for (index, key) in keys.enumerated() {
      guard index > 0 else {
        key.fill(addresses, batch)
        continue
      }
      key.fill(digits, batch)
      CodeLoops.combine(addresses, radix: Int32(key.count + 1), digits, count: batch.count)
    }
  }

  /// The values behind some numbers, as a column.
  func column(_ numbers: Buffer<Int32>, budget: MemoryBudget) throws(EngineError) -> Column {
    switch values {
    case .texts(let dictionary):
      return try WordEncoder.column(
        of: dictionary, count: numbers.count, budget: budget
      ) { Int(numbers[$0]) == count ? nil : numbers[$0] }
    case .column(let column):
      let rows = try Buffer<Int32>(count: numbers.count, budget: budget)
      for index in 0..<numbers.count {
        rows[index] = Int(numbers[index]) == count ? -1 : numbers[index]
      }
      return try column.gatheredOrNull(rows, budget: budget)
    case .range(let first, let type, let target):
      if type == .integer { return try integers(numbers, from: first, budget) }
      if type == .day { return try days(numbers, from: first, budget) }
      let builder = try ColumnBuilder(type: type, target: target, budget: budget)
      for index in 0..<numbers.count {
        if Int(numbers[index]) == count {
          try builder.appendNull()
        } else {
          try builder.append(first + Int64(numbers[index]))
        }
      }
      return try builder.finished()
    }
  }

  private func integers(
    _ numbers: Buffer<Int32>, from first: Int64, _ budget: MemoryBudget
  ) throws(EngineError) -> Column {
    var result = try RowNumbers<Int64>(count: numbers.count, budget: budget)
    for index in 0..<numbers.count {
      if Int(numbers[index]) == count {
        try result.setNull(index)
      } else {
        result.set(index, first + Int64(numbers[index]))
      }
    }
    return result.finished()
  }

  private func days(
    _ numbers: Buffer<Int32>, from first: Int64, _ budget: MemoryBudget
  ) throws(EngineError) -> Column {
    var result = try RowNumbers<Int32>(count: numbers.count, budget: budget)
    for index in 0..<numbers.count {
      if Int(numbers[index]) == count {
        try result.setNull(index)
      } else {
        result.set(index, Int32(truncatingIfNeeded: first + Int64(numbers[index])))
      }
    }
    return result.finishedDays()
  }

  /// The place of each number, null's among them, in the order of the values; nil where the numbers
  /// themselves go up as the values do.
  func ranks(_ context: RunContext) throws(EngineError) -> Buffer<Int32>? {
    if case .range(_, _, nil) = values { return nil }
    let order = try order(context)
    let ranks = try Buffer<Int32>(count: order.count, budget: context.budget)
    for place in 0..<order.count { ranks[Int(order[place])] = Int32(place) }
    return ranks
  }

  /// The numbers in ascending order of their values, null last.
  func order(_ context: RunContext) throws(EngineError) -> Buffer<Int32> {
    let result = try Buffer<Int32>(count: count + 1, budget: context.budget)
    switch values {
    case .range(_, _, nil):
      for number in 0...count { result[number] = Int32(number) }
    case .range(let first, _, let target?):
      // References go by the keys that they lead to.
      let rows = try Self.rows(from: first, count: count, of: target.keys, context)
      let column = try target.keys.gatheredOrNull(rows, budget: context.budget)
      let order = try RowOrder([(column, false)], context: context).sorted(count: count)
      result.copy(from: order, start: 0, count: count, at: 0)
      result[count] = Int32(count)
    case .texts(let dictionary):
      let ranks = try dictionary.ranks(budget: context.budget)
      for number in 0..<count { result[Int(ranks[number])] = Int32(number) }
      result[count] = Int32(count)
    case .column(let column):
      let order = try RowOrder([(column, false)], context: context).sorted(count: count)
      result.copy(from: order, start: 0, count: count, at: 0)
      result[count] = Int32(count)
    }
    return result
  }
}

extension KeyCode {
  /// No more numbers than this are worth a table.
  static let numberLimit = 1 << 22

  /// The numbers of an expression's values; nil if they are not known to be few.
  init?(
    _ expression: PreparedExpression, type: ValueType, context: RunContext
  ) throws(EngineError) {
    switch expression {
    case .column(let column):
      guard let coded = KeyCode(column, type: type, context.threadCount) else { return nil }
      self = coded
    case .lookup(let codes, let answers, let origin):
      guard case .column(let column) = codes,
        let inner = KeyCode(column, type: column.type, context.threadCount),
        inner.origin == origin, inner.laneCount + 1 == answers.count
      else { return nil }
      self = try inner.mapped(to: answers, nullRow: answers.count - 1, context)
    case .gather(let rows, let column):
      guard let inner = try KeyCode(rows, type: .integer, context: context),
        case .range(let first, _, _) = inner.values
      else { return nil }
      let answerRows = try Self.rows(from: first, count: inner.count + 1, of: column, context)
      answerRows[inner.count] = -1
      let answers = try column.gatheredOrNull(answerRows, budget: context.budget)
      self = try inner.mapped(to: answers, nullRow: inner.count, context)
    default: return nil
    }
  }

  /// Row numbers that follow one another, and -1 for those that the column does not have: they stand
  /// under nulls alone.
  private static func rows(
    from first: Int64, count: Int, of column: Column, _ context: RunContext
  ) throws(EngineError) -> Buffer<Int32> {
    let rows = try Buffer<Int32>(count: count, budget: context.budget)
    for number in 0..<count {
      let row = first + Int64(number)
      rows[number] = row >= 0 && row < Int64(column.count) ? Int32(truncatingIfNeeded: row) : -1
    }
    return rows
  }

  /// The numbers of a column's own lanes.
  private init?(_ column: Column, type: ValueType, _ threadCount: Int) {
    guard let lanes = column.integerLanes else { return nil }
    self.lanes = lanes
    validity = column.validity
    map = nil
    if let dictionary = column.dictionary {
      guard dictionary.count < Self.numberLimit else { return nil }
      origin = 0
      laneCount = dictionary.count
      values = .texts(dictionary)
    } else {
      guard let bounds = lanes.bounds(threadCount: threadCount),
        case let (width, overflow) = bounds.upperBound.subtractingReportingOverflow(
          bounds.lowerBound), !overflow, width < Self.numberLimit
      else { return nil }
      origin = bounds.lowerBound
      laneCount = Int(width) + 1
      values = .range(bounds.lowerBound, type, column.target)
    }
    count = laneCount
  }

  private init(_ inner: KeyCode, map: Buffer<Int32>, count: Int, values: Column) {
    lanes = inner.lanes
    origin = inner.origin
    laneCount = inner.laneCount
    validity = inner.validity
    self.map = map
    self.count = count
    self.values = .column(values)
  }

  /// The same rows with other values: answer `n` for number `n`, and that of `nullRow` for null.
  private func mapped(
    to answers: Column, nullRow: Int, _ context: RunContext
  ) throws(EngineError) -> KeyCode {
    let (numbers, firsts) = try Self.numbered(answers, context)
    let map = try Buffer<Int32>(count: laneCount + 1, budget: context.budget)
    for lane in 0...laneCount {
      let number = numbers[lane == laneCount ? nullRow : lane]
      map[lane] = number < 0 ? Int32(firsts.count) : number
    }
    return KeyCode(
      self, map: map, count: firsts.count,
      values: try answers.gathered(firsts, budget: context.budget))
  }

  /// The different values of a column by first appearance: their number for each row, -1 for null, and
  /// the first row of each number.
  private static func numbered(
    _ column: Column, _ context: RunContext
  ) throws(EngineError) -> (numbers: Buffer<Int32>, firsts: Buffer<Int32>) {
    let numbers = try Buffer<Int32>(count: column.count, budget: context.budget)
    let firsts = try GrowingBuffer<Int32>(budget: context.budget)
    if let code = KeyCode(column, type: column.type, context.threadCount),
      code.count <= max(column.count * 8, 1024)
    {
      // The number + 1 at each code that was seen.
      let known = try Buffer<Int32>(count: code.count, budget: context.budget)
      let all = Batch(count: column.count, firstRow: 0)
      code.fill(numbers, all)
      for row in 0..<column.count {
        guard !column.isNull(row) else {
          numbers[row] = -1
          continue
        }
        let place = Int(numbers[row])
        if known[place] == 0 {
          try firsts.append(Int32(row))
          known[place] = Int32(firsts.count)
        }
        numbers[row] = known[place] - 1
      }
      return (numbers, try firsts.finished())
    }
    let number = try GrowingBuffer<Int32>(budget: context.budget)
    try Grouping(context: context).eachRow([column], rowCount: column.count) {
      row, group, isNew throws(EngineError) in
      if isNew {
        try number.append(column.isNull(row) ? -1 : Int32(firsts.count))
        if !column.isNull(row) { try firsts.append(Int32(row)) }
      }
      numbers[row] = number[group]
    }
    return (numbers, try firsts.finished())
  }
}
