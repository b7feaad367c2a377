/// Numbers whole numbers of 32 bits, which are not negative, by first appearance.
///
/// One word holds the number and what it stands for, so that a look-up reads one place of memory.
final class AddressTable {
  /// What each number stands for.
  let addresses: GrowingBuffer<Int32>
  /// The address in the upper half and its number + 1 in the lower; 0 where empty.
  private var slots: Buffer<UInt64>
  private let mixer = ByteOrder.Mixer()
  private let budget: MemoryBudget

  init(budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    addresses = try GrowingBuffer(budget: budget)
    slots = try Buffer(count: 1024, budget: budget)
  }

  /// Replaces addresses by their numbers, with new ones for those that were not seen before.
  func number(_ codes: Buffer<Int32>, count: Int) throws(EngineError) {
    var row = 0
    while true {
      row = replaceKnown(codes, from: row, to: count)
      if row == count { return }
      try insert(codes[row])
    }
  }

  /// Replaces addresses up to the first that was not seen before.
  ///
  /// - Returns: Where that one stands, or `end`.
  private func replaceKnown(_ codes: Buffer<Int32>, from start: Int, to end: Int) -> Int {
    let (table, mixer) = (slots, mixer)
    let slots = table.span
    let mask = slots.count - 1
    var target = codes.mutableSpan
    for row in start..<end {
      let address = UInt64(UInt32(bitPattern: target[row]))
      var slot = Int(truncatingIfNeeded: mixer.mixed(address)) & mask
      while true {
        let entry = slots[slot]
        // An empty slot looks like address 0 but numbers nothing.
        let number = Int32(truncatingIfNeeded: entry)
        if entry >> 32 == address && number != 0 {
          target[row] = number &- 1
          break
        }
        if number == 0 { return row }
        slot = (slot + 1) & mask
      }
    }
    return end
  }

  private func insert(_ address: Int32) throws(EngineError) {
    guard addresses.count < Int(Int32.max) - 1 else {
      throw .outOfMemory(needed: .max, limit: budget.byteLimit)
    }
    try addresses.append(address)
    if addresses.count * 4 > slots.count {
      slots = try Buffer<UInt64>(count: slots.count * 2, budget: budget)
      for number in 0..<addresses.count { enter(addresses[number], number) }
    } else {
      enter(address, addresses.count - 1)
    }
  }

  private func enter(_ address: Int32, _ number: Int) {
    let key = UInt64(UInt32(bitPattern: address))
    var slot = Int(truncatingIfNeeded: mixer.mixed(key)) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = key << 32 | UInt64(number + 1)
  }
}
