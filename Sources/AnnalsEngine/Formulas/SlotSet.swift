/// A set of slots, which are numbers from 0, as bits. Slots below 64 need no memory of their own.
package struct SlotSet: Hashable, Sendable {
  /// The slots below 64.
  private var low: UInt64 = 0
  /// Those from 64 on; its last word is not 0.
  private var high: [UInt64] = []

  package init() {}

  package init(_ slots: some Sequence<Int>) {
    for slot in slots { insert(slot) }
  }

  package func contains(_ slot: Int) -> Bool {
    if slot < 64 { return low >> UInt64(slot) & 1 == 1 }
    let word = slot >> 6 - 1
    return word < high.count && high[word] >> UInt64(slot & 63) & 1 == 1
  }

  package mutating func insert(_ slot: Int) {
    precondition(slot >= 0, "slots count from 0")
    guard slot >= 64 else {
      low |= 1 << UInt64(slot)
      return
    }
    let word = slot >> 6 - 1
    while high.count <= word { high.append(0) }
    high[word] |= 1 << UInt64(slot & 63)
  }

  package func union(_ slots: some Sequence<Int>) -> SlotSet {
    var result = self
    for slot in slots { result.insert(slot) }
    return result
  }

  package mutating func formUnion(_ other: SlotSet) {
    low |= other.low
    while high.count < other.high.count { high.append(0) }
    for (word, bits) in other.high.enumerated() { high[word] |= bits }
  }

  package func subtracting(_ slots: some Sequence<Int>) -> SlotSet {
    let others = SlotSet(slots)
    return filter { !others.contains($0) }
  }

  package func filter(_ isWanted: (Int) -> Bool) -> SlotSet {
    var result = SlotSet()
    for slot in self where isWanted(slot) { result.insert(slot) }
    return result
  }

  package func isSubset(of other: SlotSet) -> Bool {
    if low & ~other.low != 0 || high.count > other.high.count { return false }
    return high.indices.allSatisfy { high[$0] & ~other.high[$0] == 0 }
  }
}

extension SlotSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral slots: Int...) { self.init(slots) }
}

extension SlotSet: Sequence {
  /// Gives the slots in ascending order.
  package struct Iterator: IteratorProtocol {
    private var word: UInt64
    private var base = 0
    private var rest: ArraySlice<UInt64>

    fileprivate init(low: UInt64, high: [UInt64]) {
      word = low
      rest = high[...]
    }

    package mutating func next() -> Int? {
      while word == 0 {
        guard let following = rest.popFirst() else { return nil }
        word = following
        base += 64
      }
      let slot = base + word.trailingZeroBitCount
      word &= word - 1
      return slot
    }
  }

  package func makeIterator() -> Iterator { Iterator(low: low, high: high) }

  /// How many slots there are.
  package var count: Int { high.reduce(low.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

  package var isEmpty: Bool { low == 0 && high.isEmpty }
}
