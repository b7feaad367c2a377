/// The rows of a table behind the values of each group; they may be put before the table's rule of
/// addition.
final class RowsBehindState: AggregateState {
  /// Carried out for each group whose values would be added; nil where they are not.
  private let rule: (check: AdditionRule.Check, mayRepeat: Bool)?
  // One entry for each row behind a value.
  private let groups: GrowingBuffer<Int32>
  private let rows: GrowingBuffer<UInt32>
  private let values: GrowingBuffer<Int32>
  /// Group and code of the packed rows that were seen, and how often, up to twice: more of the same
  /// tells nothing new.
  private let seen: WordTable
  private let timesSeen: GrowingBuffer<UInt8>
  private var dictionary: TextDictionary?
  private let tuple: Buffer<UInt64>
  private let context: RunContext

  init(
    rule: (check: AdditionRule.Check, mayRepeat: Bool)?, context: RunContext
  ) throws(EngineError) {
    self.rule = rule
    self.context = context
    groups = try GrowingBuffer(budget: context.budget)
    rows = try GrowingBuffer(budget: context.budget)
    values = try GrowingBuffer(budget: context.budget)
    seen = try WordTable(width: 2, budget: context.budget)
    timesSeen = try GrowingBuffer(budget: context.budget)
    tuple = try Buffer(count: 2, budget: context.budget)
  }

  func grow(to groups: Int) {}

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values, let keys else { return }
    for row in 0..<batch.count where values.isValid(row) && keys.isValid(row) {
      let value = Int32(batch.sourceRow(row))
      switch keys.lanes {
      case .integers(let rows):
        try append(UInt32(truncatingIfNeeded: rows[row]), group: groups[row], value)
      case .codes(let codes, let dictionary):
        guard try isNews(codes[row], dictionary, group: groups[row]) else { continue }
        let texts = dictionary.texts
        try append(packed: texts[Int(codes[row])], group: groups[row], value)
      case .texts(let texts):
        try append(
          packed: texts.bytes.span.extracting(texts.text(row)), group: groups[row], value)
      default: continue
      }
    }
  }

  private func isNews(
    _ code: Int64, _ dictionary: TextDictionary, group: Int32
  ) throws(EngineError) -> Bool {
    if self.dictionary == nil { self.dictionary = dictionary }
    guard self.dictionary === dictionary else { return true }
    tuple[0] = UInt64(group)
    tuple[1] = UInt64(code)
    let (number, isNew) = try seen.number(of: tuple)
    if isNew {
      try timesSeen.append(1)
      return true
    }
    guard let rule, !rule.mayRepeat, timesSeen[number] == 1 else { return false }
    timesSeen[number] = 2
    return true
  }

  private func append(packed bytes: Span<UInt8>, group: Int32, _ value: Int32) throws(EngineError) {
    try PackedRows.forEach(bytes) { word throws(EngineError) in
      try append(word, group: group, value)
    }
  }

  private func append(_ word: UInt32, group: Int32, _ value: Int32) throws(EngineError) {
    try groups.append(group)
    try rows.append(word)
    try values.append(value)
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? RowsBehindState else { return }
    for entry in 0..<other.groups.count {
      try append(
        other.rows[entry], group: mapping[Int(other.groups[entry])], other.values[entry])
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let entries = try SortedEntries(groups, rows, values, order, context)
    let codes = try Buffer<Int32>(count: order.count, budget: context.budget)
    let known = try Bitmap(count: order.count, budget: context.budget)
    let offsets = try GrowingBuffer<Int64>(budget: context.budget)
    let bytes = try GrowingBuffer<UInt8>(budget: context.budget)
    try offsets.append(0)
    for position in 0..<order.count {
      let range = entries.range(position)
      if range.isEmpty { continue }
      if let rule {
        try context.stop.check()
        let added = AddedRows(
          rows: entries.rows, values: entries.values, range: range, mayRepeat: rule.mayRepeat)
        if let refusal = try rule.check(added, context.budget) { throw .refusedAddition(refusal) }
      }
      try pack(entries.rows, range, into: bytes)
      codes[position] = Int32(offsets.count - 1)
      known.set(position)
      try offsets.append(Int64(bytes.count))
    }
    let texts = TextBlock(offsets: try offsets.finished(), bytes: try bytes.finished())
    // Codes, so that a column of as many rows as a group has holds the group's rows once.
    return Column(
      type: .text, count: order.count, storage: .codes32(codes, TextDictionary(texts: texts)),
      validity: known)
  }

  /// Each row once.
  private func pack(
    _ rows: Buffer<UInt32>, _ range: Range<Int>, into bytes: GrowingBuffer<UInt8>
  ) throws(EngineError) {
    let mark = rule == nil ? 0 : PackedRows.addedBit
    var last: UInt32?
    for index in range {
      let word = rows[index] | mark
      if word == last { continue }
      last = word
      try PackedRows.append(word, to: bytes)
    }
  }
}

/// Entries by group in a given order of the groups, and within a group by row, then by value.
private struct SortedEntries {
  let rows: Buffer<UInt32>
  let values: Buffer<Int32>
  /// Where the entries of each group begin, and last where all end.
  private let starts: Buffer<Int32>

  init(
    _ groups: GrowingBuffer<Int32>, _ rows: GrowingBuffer<UInt32>, _ values: GrowingBuffer<Int32>,
    _ order: GroupOrder, _ context: RunContext
  ) throws(EngineError) {
    let budget = context.budget
    guard groups.count <= Int(Int32.max) else {
      throw .outOfMemory(needed: .max, limit: budget.byteLimit)
    }
    let positions = try Buffer<Int32>(count: order.groupCount, budget: budget)
    for position in 0..<order.count { positions[Int(order[position])] = Int32(position) }
    starts = try Buffer<Int32>(count: order.count + 1, budget: budget)
    for entry in 0..<groups.count { starts[Int(positions[Int(groups[entry])]) + 1] += 1 }
    for position in 0..<order.count { starts[position + 1] += starts[position] }
    let next = try Buffer<Int32>(count: order.count, budget: budget)
    next.copy(from: starts, start: 0, count: order.count, at: 0)
    let entries = try Buffer<Int32>(count: groups.count, budget: budget)
    for entry in 0..<groups.count {
      let position = Int(positions[Int(groups[entry])])
      entries[Int(next[position])] = Int32(entry)
      next[position] += 1
    }
    try Self.sort(entries, starts, rows, values, context)
    let sortedRows = try Buffer<UInt32>(count: entries.count, budget: budget)
    let sortedValues = try Buffer<Int32>(count: entries.count, budget: budget)
    for index in 0..<entries.count {
      sortedRows[index] = rows[Int(entries[index])]
      sortedValues[index] = values[Int(entries[index])]
    }
    self.rows = sortedRows
    self.values = sortedValues
  }

  func range(_ position: Int) -> Range<Int> { Int(starts[position])..<Int(starts[position + 1]) }

  /// Rows mostly come in order, and nothing is left to do.
  private static func sort(
    _ entries: Buffer<Int32>, _ starts: Buffer<Int32>, _ rows: GrowingBuffer<UInt32>,
    _ values: GrowingBuffer<Int32>, _ context: RunContext
  ) throws(EngineError) {
    func precedes(_ left: Int, _ right: Int) -> Bool {
      let first = rows[left] & ~PackedRows.addedBit
      let second = rows[right] & ~PackedRows.addedBit
      if first != second { return first < second }
      return values[left] < values[right]
    }
    for position in 0..<starts.count - 1 {
      let range = Int(starts[position])..<Int(starts[position + 1])
      let isSorted = range.dropFirst().allSatisfy { index in
        !precedes(Int(entries[index]), Int(entries[index - 1]))
      }
      if isSorted { continue }
      let own = try Buffer<Int32>(count: range.count, budget: context.budget)
      own.copy(from: entries, start: range.lowerBound, count: range.count, at: 0)
      try MergeSort.sort(
        own, budget: context.budget, precedes: precedes)
      entries.copy(from: own, start: 0, count: range.count, at: range.lowerBound)
    }
  }
}
