/// `sum(x, key)` and the like: lets another state see the value of each key once in a group.
final class KeyedState: AggregateState {
  private let call: AggregateCall
  private let inner: any AggregateState
  private let keys: WordEncoder
  private let values: WordEncoder
  /// Group and key.
  private let seen: WordTable
  private let tuple: Buffer<UInt64>
  /// The value of each of `seen` in the first row that has it, and that row.
  private let words: GrowingBuffer<UInt64>
  private let rows: GrowingBuffer<Int64>
  /// Another value of the same key in the first row that has one, and that row, or -1.
  private let otherWords: GrowingBuffer<UInt64>
  private let otherRows: GrowingBuffer<Int64>
  private let budget: MemoryBudget

  init(
    _ call: AggregateCall, key: Expression, value: Expression, inner: any AggregateState,
    budget: MemoryBudget
  ) throws(EngineError) {
    self.call = call
    self.inner = inner
    self.budget = budget
    keys = WordEncoder(type: key.type, budget: budget)
    values = WordEncoder(type: value.type, budget: budget)
    seen = try WordTable(width: 2, budget: budget)
    tuple = try Buffer(count: 2, budget: budget)
    words = try GrowingBuffer(budget: budget)
    rows = try GrowingBuffer(budget: budget)
    otherWords = try GrowingBuffer(budget: budget)
    otherRows = try GrowingBuffer(budget: budget)
  }

  func grow(to groups: Int) throws(EngineError) { try inner.grow(to: groups) }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values, let keys else { return }
    // A row without a key belongs to no row that could occur again: it is left out.
    for row in 0..<batch.count where values.isValid(row) && keys.isValid(row) {
      try note(
        try self.values.word(values, row), key: try self.keys.word(keys, row),
        group: UInt64(groups[row]), row: Int64(batch.sourceRow(row)))
    }
  }

  private func note(
    _ word: UInt64, key: UInt64, group: UInt64, row: Int64
  ) throws(EngineError) {
    tuple[0] = group
    tuple[1] = key
    let (number, isNew) = try seen.number(of: tuple)
    if isNew {
      try words.append(word)
      try rows.append(row)
      try otherWords.append(0)
      try otherRows.append(-1)
    } else if word == words[number] {
      rows[number] = min(rows[number], row)
    } else if row < rows[number] {
      noteOther(words[number], number, row: rows[number])
      words[number] = word
      rows[number] = row
    } else {
      noteOther(word, number, row: row)
    }
  }

  private func noteOther(_ word: UInt64, _ number: Int, row: Int64) {
    guard otherRows[number] < 0 || row < otherRows[number] else { return }
    otherWords[number] = word
    otherRows[number] = row
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? KeyedState else { return }
    let keyWords = try keys.translation(from: other.keys)
    let valueWords = try values.translation(from: other.values)
    for number in 0..<other.seen.count {
      let key = other.seen.word(number, 1)
      let word = other.words[number]
      try note(
        valueWords.map { $0[Int(word)] } ?? word, key: keyWords.map { $0[Int(key)] } ?? key,
        group: UInt64(mapping[Int(other.seen.word(number, 0))]), row: other.rows[number])
      guard other.otherRows[number] >= 0 else { continue }
      let otherWord = other.otherWords[number]
      try note(
        valueWords.map { $0[Int(otherWord)] } ?? otherWord,
        key: keyWords.map { $0[Int(key)] } ?? key,
        group: UInt64(mapping[Int(other.seen.word(number, 0))]), row: other.otherRows[number])
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    try checkValues()
    let column = try values.column(count: seen.count, target: nil) { words[$0] }
    let scratch = Scratch(batchSize: max(seen.count, 1), budget: budget)
    let batch = Batch(count: seen.count, firstRow: 0)
    let vector = try Evaluator(scratch: scratch).load(column, batch)
    let groupNumbers = try Buffer<Int32>(count: seen.count, budget: budget)
    for number in 0..<seen.count { groupNumbers[number] = Int32(seen.word(number, 0)) }
    try inner.add(vector, nil, groups: groupNumbers, batch: batch)
    return try inner.finished(order)
  }
}

extension KeyedState {
  /// - Throws: ``EngineError/row(_:row:_:)`` for the lowest row whose value is not its key's.
  private func checkValues() throws(EngineError) {
    var lowest = Int64.max
    for number in 0..<seen.count where otherRows[number] >= 0 {
      lowest = min(lowest, otherRows[number])
    }
    guard lowest < .max else { return }
    throw .row(
      .differsWithinKey(function: call.functionName), row: Int(lowest) + 1, call.place)
  }
}

extension AggregateCall {
  /// How the aggregate is called in formulas.
  var functionName: String {
    switch function {
    case .mean: "mean"
    default: "sum"
    }
  }
}
