/// `distinct`: a bit for each group and value where values are few, else a table of pairs.
final class DistinctState: AggregateState {
  /// So many words of bits at most.
  private static let wordLimit = 1 << 24

  private let code: KeyCode?
  private let codes: Buffer<Int32>
  /// The words of bits for each group.
  private let stride: Int
  /// Nil where pairs are kept.
  private var bits: GrowingBuffer<UInt64>?

  private let encoder: WordEncoder
  private let seen: WordTable
  private let tuple: Buffer<UInt64>
  private let counts: GrowingBuffer<Int64>
  private let budget: MemoryBudget

  init(_ type: ValueType, code: KeyCode?, context: RunContext) throws(EngineError) {
    budget = context.budget
    self.code = code
    codes = try Buffer(count: code == nil ? 0 : context.batchSize, budget: budget)
    stride = code.map { Bitmap.wordCount($0.count + 1) } ?? 0
    bits = code == nil ? nil : try GrowingBuffer(budget: budget)
    encoder = WordEncoder(type: type, budget: budget)
    seen = try WordTable(width: 2, budget: budget)
    tuple = try Buffer(count: 2, budget: budget)
    counts = try GrowingBuffer(budget: budget)
  }

  func grow(to groups: Int) throws(EngineError) {
    guard groups > counts.count else { return }
    try counts.append(repeating: 0, count: groups - counts.count)
    guard let bits else { return }
    if groups * stride > Self.wordLimit {
      try keepPairs()
    } else {
      try bits.append(repeating: 0, count: groups * stride - bits.count)
    }
  }

  func add(_ column: Column?, _ input: AggregateInput) throws(EngineError) -> Bool {
    guard let code else { return false }
    code.fill(codes, input.batch)
    guard let bits else {
      for row in 0..<input.batch.count where Int(codes[row]) < code.count {
        try note(UInt64(codes[row]), group: Int(input.groups[row]))
      }
      return true
    }
    let groups = input.groups.span
    let codes = codes
    let values = codes.span
    var target = bits.lanes.mutableSpan
    for row in 0..<input.batch.count {
      let value = Int(values[row])
      target[Int(groups[row]) &* stride &+ value >> 6] |= 1 << UInt64(value & 63)
    }
    return true
  }

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    for row in 0..<batch.count where values.isValid(row) {
      try note(try encoder.word(values, row), group: Int(groups[row]))
    }
  }

  private func note(_ word: UInt64, group: Int) throws(EngineError) {
    tuple[0] = UInt64(group)
    tuple[1] = word
    if try seen.number(of: tuple).isNew { counts[group] += 1 }
  }

  /// Turns the bits into pairs, once they would take too much room.
  private func keepPairs() throws(EngineError) {
    guard let bits, stride > 0 else { return }
    self.bits = nil
    for group in 0..<bits.count / stride { try notePairs(of: bits, group, as: group) }
  }

  private func notePairs(
    of bits: GrowingBuffer<UInt64>, _ group: Int, as number: Int
  ) throws(EngineError) {
    for index in 0..<stride {
      var word = bits[group * stride + index]
      while word != 0 {
        let value = index * 64 + word.trailingZeroBitCount
        if value < code?.count ?? 0 { try note(UInt64(value), group: number) }
        word &= word - 1
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? DistinctState else { return }
    if let theirs = other.bits, stride > 0 {
      for group in 0..<theirs.count / stride {
        let number = Int(mapping[group])
        guard let bits else {
          try notePairs(of: theirs, group, as: number)
          continue
        }
        for index in 0..<stride {
          bits[number * stride + index] |= theirs[group * stride + index]
        }
      }
      return
    }
    if code != nil, bits != nil { try keepPairs() }
    let translation = code == nil ? try encoder.translation(from: other.encoder) : nil
    for number in 0..<other.seen.count {
      let word = other.seen.word(number, 1)
      try note(
        translation.map { $0[Int(word)] } ?? word,
        group: Int(mapping[Int(other.seen.word(number, 0))]))
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .integer, budget: budget)
    for position in 0..<order.count {
      let group = Int(order[position])
      try builder.append(bits.map { population($0, group) } ?? counts[group])
    }
    return try builder.finished()
  }

  /// How many values a group has, without null.
  private func population(_ bits: GrowingBuffer<UInt64>, _ group: Int) -> Int64 {
    guard let code else { return 0 }
    var total = 0
    for index in 0..<stride {
      var word = bits[group * stride + index]
      if index == code.count >> 6 { word &= ~(1 << UInt64(code.count & 63)) }
      total += word.nonzeroBitCount
    }
    return Int64(total)
  }
}
