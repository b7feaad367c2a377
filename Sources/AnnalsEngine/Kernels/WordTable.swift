/// Numbers tuples of words of one width by first appearance.
package final class WordTable {
  let width: Int
  private(set) var count = 0
  private let words: GrowingBuffer<UInt64>
  /// Number + 1, or 0 where empty.
  private var slots: Buffer<Int32>
  private let budget: MemoryBudget

  package init(width: Int, budget: MemoryBudget) throws(EngineError) {
    self.width = width
    self.budget = budget
    words = try GrowingBuffer(budget: budget)
    slots = try Buffer(count: 64, budget: budget)
  }

  /// The number of a tuple, a new one if it was not seen before. `tuple` has `width` words.
  package func number(of tuple: Buffer<UInt64>) throws(EngineError) -> (number: Int, isNew: Bool) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(tuple)) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if matches(number, tuple) { return (number, false) }
      slot = (slot + 1) & mask
    }
    guard count < Int(Int32.max) - 1 else {
      throw .outOfMemory(needed: .max, limit: budget.byteLimit)
    }
    for index in 0..<width { try words.append(tuple[index]) }
    count += 1
    slots[slot] = Int32(count)
    if count * 2 > slots.count { try rehash() }
    return (count - 1, true)
  }

  /// The number of a tuple, or nil if it was not seen before.
  func find(_ tuple: Buffer<UInt64>) -> Int? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(tuple)) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if matches(number, tuple) { return number }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// One word of a tuple.
  func word(_ number: Int, _ index: Int) -> UInt64 { words[number * width + index] }

  private func matches(_ number: Int, _ tuple: Buffer<UInt64>) -> Bool {
    for index in 0..<width where words[number * width + index] != tuple[index] { return false }
    return true
  }

  private func hash(_ tuple: Buffer<UInt64>) -> UInt64 {
    var hash: UInt64 = 0
    for index in 0..<width { hash = ByteOrder.mixed(hash &* 31 &+ tuple[index]) }
    return hash
  }

  private func rehash() throws(EngineError) {
    let larger = try Buffer<Int32>(count: slots.count * 2, budget: budget)
    let tuple = try Buffer<UInt64>(count: max(width, 1), budget: budget)
    for number in 0..<count {
      for index in 0..<width { tuple[index] = word(number, index) }
      var slot = Int(truncatingIfNeeded: hash(tuple)) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = Int32(number + 1)
    }
    slots = larger
  }
}
