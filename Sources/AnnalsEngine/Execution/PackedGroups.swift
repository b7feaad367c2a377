/// Groups by keys whose values have numbers that together fit into a word, through a hash table of
/// such words.
final class PackedGroups: GroupAssigner {
  private let keys: [KeyCode]
  /// The word of each group.
  private let words: GrowingBuffer<UInt64>
  /// The word + 1 at each slot, or 0 where it is empty, and the group there.
  private var slots: Buffer<UInt64>
  private var numbers: Buffer<Int32>
  private let batchWords: Buffer<UInt64>
  private let codes: Buffer<Int32>
  private let context: RunContext

  /// The keys by number; nil where they have none, or too many combinations for a word.
  static func codes(
    of keys: [(PreparedExpression, ValueType)], context: RunContext
  ) throws(EngineError) -> [KeyCode]? {
    guard !keys.isEmpty else { return nil }
    var codes: [KeyCode] = []
    var total = 1
    for (key, type) in keys {
      guard let code = try KeyCode(key, type: type, context: context) else { return nil }
      let (product, overflow) = total.multipliedReportingOverflow(by: code.count + 1)
      guard !overflow else { return nil }
      total = product
      codes.append(code)
    }
    return codes
  }

  /// - Parameter keys: What ``codes(of:context:)`` gave.
  init(_ keys: [KeyCode], context: RunContext) throws(EngineError) {
    self.keys = keys
    self.context = context
    words = try GrowingBuffer(budget: context.budget)
    slots = try Buffer(count: 64, budget: context.budget)
    numbers = try Buffer(count: 64, budget: context.budget)
    batchWords = try Buffer(count: context.batchSize, budget: context.budget)
    codes = try Buffer(count: context.batchSize, budget: context.budget)
  }

  var count: Int { words.count }

  func addEmptyGroup() {}

  func assign(
    _ batch: Batch, _ evaluator: Evaluator, into groups: Buffer<Int32>
  ) throws(EngineError) {
    for (index, key) in keys.enumerated() {
      key.fill(codes, batch)
      CodeLoops.combine(
        batchWords, radix: index == 0 ? 0 : UInt64(key.count + 1), codes, count: batch.count)
    }
    try number(batchWords, into: groups, count: batch.count)
  }

  /// The group of each word, a new one for words that were not seen before.
  private func number(
    _ given: Buffer<UInt64>, into groups: Buffer<Int32>, count: Int
  ) throws(EngineError) {
    try reserve(count)
    try words.reserve(count)
    let (ownSlots, ownNumbers) = (slots, numbers)
    var slots = ownSlots.mutableSpan
    var numbers = ownNumbers.mutableSpan
    let source = given.span
    var target = groups.mutableSpan
    let mask = slots.count - 1
    let mixer = ByteOrder.Mixer()
    for row in 0..<count {
      let word = source[row]
      var slot = Int(truncatingIfNeeded: mixer.mixed(word)) & mask
      while slots[slot] != word + 1, slots[slot] != 0 { slot = (slot + 1) & mask }
      if slots[slot] == 0 {
        slots[slot] = word + 1
        numbers[slot] = Int32(truncatingIfNeeded: words.count)
        try words.append(word)
      }
      target[row] = numbers[slot]
    }
  }

  /// Makes room so that at most half of the slots will be taken.
  private func reserve(_ added: Int) throws(EngineError) {
    let needed = (count + added) * 2
    guard needed > slots.count else { return }
    guard count + added < Int(Int32.max) else {
      throw .outOfMemory(needed: .max, limit: context.budget.byteLimit)
    }
    var capacity = slots.count
    while capacity < needed { capacity *= 2 }
    slots = try Buffer(count: capacity, budget: context.budget)
    numbers = try Buffer(count: capacity, budget: context.budget)
    let (ownSlots, ownNumbers, ownWords) = (slots, numbers, words)
    var slots = ownSlots.mutableSpan
    var numbers = ownNumbers.mutableSpan
    let words = ownWords.span
    let mixer = ByteOrder.Mixer()
    for group in 0..<words.count {
      if group & 0xFFFF == 0 { try context.stop.check() }
      var slot = Int(truncatingIfNeeded: mixer.mixed(words[group])) & (capacity - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = words[group] + 1
      numbers[slot] = Int32(truncatingIfNeeded: group)
    }
  }

  func merge(_ other: any GroupAssigner) throws(EngineError) -> Buffer<Int32> {
    let mapping = try Buffer<Int32>(count: other.count, budget: context.budget)
    guard let other = other as? PackedGroups else { return mapping }
    let theirs = try Buffer<UInt64>(count: other.count, budget: context.budget)
    for group in 0..<other.count { theirs[group] = other.words[group] }
    try number(theirs, into: mapping, count: other.count)
    return mapping
  }

  func finished(
    targets: [ReferenceTarget?], rowCounts: Buffer<Int64>
  ) throws(EngineError) -> (order: Buffer<Int32>, keys: [Column]) {
    let ranked = try Buffer<UInt64>(count: count, budget: context.budget)
    var greatest: UInt64 = 1
    for (index, digits) in try digits(of: nil).enumerated() {
      try context.stop.check()
      if let ranks = try keys[index].ranks(context) {
        CodeLoops.map(digits, by: ranks, count: count)
      }
      let radix = UInt64(keys[index].count + 1)
      CodeLoops.combine(ranked, radix: index == 0 ? 0 : radix, digits, count: count)
      greatest *= radix
    }
    let order = try Buffer<Int32>(count: count, budget: context.budget)
    for group in 0..<count { order[group] = Int32(group) }
    try RadixSort.sort(
      order, by: ranked, width: RadixSort.bitCount(greatest), budget: context.budget)
    var columns: [Column] = []
    for (index, digits) in try digits(of: order).enumerated() {
      columns.append(try keys[index].column(digits, budget: context.budget))
    }
    return (order, columns)
  }

  /// The number of each key's value, of the groups in an order or as they are numbered.
  private func digits(of order: Buffer<Int32>?) throws(EngineError) -> [Buffer<Int32>] {
    let rests = try Buffer<UInt64>(count: count, budget: context.budget)
    do {
      let ownWords = words
      let known = ownWords.span
      var target = rests.mutableSpan
      for place in 0..<known.count { target[place] = known[order.map { Int($0[place]) } ?? place] }
    }
    var result: [Buffer<Int32>] = []
    for key in keys.reversed() {
      let digits = try Buffer<Int32>(count: count, budget: context.budget)
      CodeLoops.split(rests, radix: UInt64(key.count + 1), into: digits)
      result.insert(digits, at: 0)
    }
    return result
  }
}
