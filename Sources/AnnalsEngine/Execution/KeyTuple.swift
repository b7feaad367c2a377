/// The keys of a row as words for a ``WordTable``: one for each key, then a bit for each that is
/// null, 64 to a word.
struct KeyTuple {
  let words: Buffer<UInt64>
  private let keyCount: Int

  init(keyCount: Int, budget: MemoryBudget) throws(EngineError) {
    self.keyCount = keyCount
    words = try Buffer(count: Self.width(keyCount), budget: budget)
  }

  /// How many words the keys take.
  static func width(_ keyCount: Int) -> Int { keyCount + keyCount / 64 + 1 }

  /// Sets one key; nil is null.
  func set(_ index: Int, _ word: UInt64?) {
    words[index] = word ?? 0
    let bit: UInt64 = 1 << UInt64(index & 63)
    let nulls = keyCount + (index >> 6)
    words[nulls] = word == nil ? words[nulls] | bit : words[nulls] & ~bit
  }

  /// One key of a tuple that the table numbered; nil is null.
  func key(_ index: Int, of number: Int, in table: WordTable) -> UInt64? {
    let nulls = table.word(number, keyCount + (index >> 6))
    return nulls >> UInt64(index & 63) & 1 != 0 ? nil : table.word(number, index)
  }
}
