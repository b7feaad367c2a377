import Synchronization

/// The different texts of a column, numbered by first appearance.
package final class TextDictionary: Sendable {
  package let texts: TextBlock
  private let derived = Mutex(Derived())

  /// What is found out on first use and kept.
  private struct Derived {
    var ranks: Buffer<Int32>?
    var codes: TextCodes?
  }

  package init(texts: TextBlock) { self.texts = texts }

  package var count: Int { texts.count }

  /// The place of each code among the texts sorted by bytes; equal texts do not occur.
  func ranks(budget: MemoryBudget) throws(EngineError) -> Buffer<Int32> {
    if let ranks = derived.withLock({ $0.ranks }) { return ranks }
    let texts = texts
    let order = try Buffer<Int32>(count: count, budget: budget)
    for code in 0..<count { order[code] = Int32(code) }
    try MergeSort.sort(order, budget: budget) { left, right in
      ByteOrder.precedes(texts[left], texts[right])
    }
    let ranks = try Buffer<Int32>(count: count, budget: budget)
    for rank in 0..<count { ranks[Int(order[rank])] = Int32(rank) }
    derived.withLock { $0.ranks = ranks }
    return ranks
  }

  /// The code of a text, or nil if it does not occur.
  package func code(of text: Span<UInt8>, budget: MemoryBudget) throws(EngineError) -> Int? {
    try codes(budget: budget).code(of: text, in: texts)
  }

  private func codes(budget: MemoryBudget) throws(EngineError) -> TextCodes {
    if let codes = derived.withLock({ $0.codes }) { return codes }
    let codes = try TextCodes(texts: texts, budget: budget)
    derived.withLock { $0.codes = codes }
    return codes
  }
}

/// A hash table from texts to their numbers, which does not hold the texts.
private struct TextCodes: Sendable {
  /// Code + 1, or 0 where empty.
  let slots: Buffer<UInt32>

  init(texts: TextBlock, budget: MemoryBudget) throws(EngineError) {
    var capacity = 16
    while capacity < texts.count * 2 { capacity *= 2 }
    slots = try Buffer(count: capacity, budget: budget)
    for code in 0..<texts.count {
      var slot = Int(truncatingIfNeeded: ByteOrder.hash(texts[code])) & (capacity - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = UInt32(code + 1)
    }
  }

  func code(of text: Span<UInt8>, in texts: TextBlock) -> Int? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: ByteOrder.hash(text)) & mask
    while slots[slot] != 0 {
      let code = Int(slots[slot]) - 1
      if ByteOrder.equal(texts[code], text) { return code }
      slot = (slot + 1) & mask
    }
    return nil
  }
}

/// Numbers texts by first appearance.
package final class TextInterner {
  private let builder: TextBlockBuilder
  private let hashes: GrowingBuffer<UInt64>
  private var slots: Buffer<UInt32>
  private let budget: MemoryBudget

  package init(budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    builder = try TextBlockBuilder(budget: budget)
    hashes = try GrowingBuffer(budget: budget)
    slots = try Buffer(count: 64, budget: budget)
  }

  /// How many different texts were seen.
  package var count: Int { builder.count }

  /// The number of a text, a new one if it was not seen before.
  package func code(for text: Span<UInt8>) throws(EngineError) -> Int {
    let hash = ByteOrder.hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = Int(slots[slot]) - 1
      if hashes[code] == hash, builder.matches(code, text) { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    try builder.append(text)
    try hashes.append(hash)
    slots[slot] = UInt32(builder.count)
    if builder.count * 2 > slots.count { try rehash() }
    return builder.count - 1
  }

  /// Compares two of the texts by bytes.
  func compare(_ left: Int, _ right: Int) -> Int { builder.compare(left, right) }

  /// The texts as a dictionary; the interner is used up.
  package func finished() throws(EngineError) -> TextDictionary {
    TextDictionary(texts: try builder.finished())
  }

  private func rehash() throws(EngineError) {
    let larger = try Buffer<UInt32>(count: slots.count * 2, budget: budget)
    for code in 0..<builder.count {
      var slot = Int(truncatingIfNeeded: hashes[code]) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = UInt32(code + 1)
    }
    slots = larger
  }
}
