import AnnalsEngine

/// Numbers texts by first appearance; the quick form of the engine's `TextInterner`.
///
/// Plain form:  look up the text in a dictionary of texts.
/// Trick:       32 bytes at a time, one multiplication for each sixteen; a slot of the table holds
///              half of the hash, so that other texts are hardly ever looked at, and none when the
///              table grows.
/// Measured:    only as part of the reader, in `Documentation/decisions/0008-reading-csv.md`.
/// Remove when: the engine's interner is as quick across modules.
final class TextTable {
  private let bytes: GrowingBuffer<UInt8>
  private let offsets: GrowingBuffer<Int64>
  private var slots: Buffer<UInt64>
  private let budget: MemoryBudget
  private(set) var count = 0
  /// A view of the memory, made anew whenever that may have moved.
  private(set) var view: TextTableView

  init(budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    bytes = try GrowingBuffer(budget: budget, capacity: 1024)
    offsets = try GrowingBuffer(budget: budget, capacity: 64)
    slots = try Buffer(count: 64, budget: budget)
    try offsets.append(0)
    view = TextTableView(bytes: Lane(bytes), offsets: Lane(offsets), slots: Lane(slots), mask: 63)
  }

  /// The number of a text, and whether it was not seen before.
  func number(
    of source: Lane<UInt8>, _ start: Int, _ length: Int
  ) throws(EngineError) -> (number: Int, isNew: Bool) {
    let hash = TextTableView.hash(source, start, length)
    let known = view.find(source, start, length, hash: hash)
    if known >= 0 { return (known, false) }
    return (try insert(source, start, length, hash: hash), true)
  }

  /// Takes a text that ``TextTableView/find(_:_:_:hash:)`` did not find, and returns its number.
  func insert(
    _ source: Lane<UInt8>, _ start: Int, _ length: Int, hash: UInt64
  ) throws(EngineError) -> Int {
    guard count < Int(Int32.max) - 1 else {
      throw .outOfMemory(needed: .max, limit: budget.byteLimit)
    }
    if (count + 1) * 4 > slots.count { try refill(slotCount: slots.count * 2) }
    try bytes.reserve(length + Lane<UInt8>.padding)
    Lane(bytes).copy(from: source, start, length: length, to: bytes.count)
    bytes.extend(by: length)
    try offsets.append(Int64(bytes.count))
    count += 1
    refreshView()
    view.put(count, hash: hash)
    return count - 1
  }

  /// Forgets all but the first texts.
  func truncate(to kept: Int) throws(EngineError) {
    guard kept < count else { return }
    count = kept
    offsets.truncate(to: kept + 1)
    bytes.truncate(to: Int(offsets[kept]))
    try refill(slotCount: slots.count)
  }

  /// The texts as a dictionary; the table is used up.
  func finished() throws(EngineError) -> TextDictionary {
    TextDictionary(
      texts: TextBlock(offsets: try offsets.finished(), bytes: try bytes.finished()))
  }

  /// Moves the texts that are left to new slots, of which each is told by what the old one holds.
  private func refill(slotCount: Int) throws(EngineError) {
    let (old, oldCount) = (slots, slots.count)
    slots = try Buffer(count: slotCount, budget: budget)
    refreshView()
    let entries = Lane(old)
    for slot in 0..<oldCount { view.move(entries[slot], ofFirst: count) }
  }

  private func refreshView() {
    view = TextTableView(
      bytes: Lane(bytes), offsets: Lane(offsets), slots: Lane(slots), mask: slots.count - 1)
  }
}

/// The memory of a ``TextTable``, for kernels. It holds until a text is inserted.
///
/// The texts it is asked for and those it holds have bytes behind them that can be read. Indexes lie
/// within: a slot is masked, and holds a number below the count of texts.
struct TextTableView {
  let bytes: Lane<UInt8>
  /// Text `i` stands from `offsets[i]` to `offsets[i + 1]`.
  let offsets: Lane<Int64>
  /// The upper half of the hash and the number + 1; 0 where empty.
  let slots: Lane<UInt64>
  let mask: Int

  /// Where a text stands.
  @inline(__always) func range(_ number: Int) -> (start: Int, length: Int) {
    let start = Int(offsets[number])
    return (start, Int(offsets[number + 1]) &- start)
  }

  /// The number of a text; -1 if it is not there.
  @inline(__always) func find(
    _ source: Lane<UInt8>, _ start: Int, _ length: Int, hash: UInt64
  ) -> Int {
    let tag = hash & Self.tagBits
    var slot = firstSlot(hash)
    while true {
      let entry = slots[slot]
      if entry == 0 { return -1 }
      if entry & Self.tagBits == tag {
        let number = Int(truncatingIfNeeded: entry & ~Self.tagBits) &- 1
        let known = range(number)
        if known.length == length, isEqual(known.start, source, start, length) { return number }
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Asks for the slot of a hash to be brought near.
  @inline(__always) func prefetchSlot(_ hash: UInt64) {
    slots.prefetch(firstSlot(hash))
  }

  /// Asks for the offset of the text that a hash may belong to, and returns its number; -1 if the
  /// first slot is empty.
  @inline(__always) func prefetchOffset(_ hash: UInt64) -> Int {
    let entry = slots[firstSlot(hash)]
    let number = Int(truncatingIfNeeded: entry & ~Self.tagBits) &- 1
    if number >= 0 { offsets.prefetch(number) }
    return number
  }

  /// Asks for the bytes of a text.
  @inline(__always) func prefetchText(_ number: Int) {
    if number >= 0 { bytes.prefetch(Int(offsets[number])) }
  }

  /// Puts a number + 1 into the first free slot; there is one.
  func put(_ entry: Int, hash: UInt64) { put(hash & Self.tagBits | UInt64(entry)) }

  /// Takes what a slot of another table held, if that is one of the first texts.
  func move(_ entry: UInt64, ofFirst count: Int) {
    let number = Int(truncatingIfNeeded: entry & ~Self.tagBits)
    if number != 0, number <= count { put(entry) }
  }

  private func put(_ entry: UInt64) {
    var slot = firstSlot(entry)
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = entry
  }

  /// Where the search for a hash starts: a matter of its upper half alone, which a slot holds.
  @inline(__always) private func firstSlot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash &>> 32) & mask
  }

  @inline(__always) private func isEqual(
    _ known: Int, _ source: Lane<UInt8>, _ start: Int, _ length: Int
  ) -> Bool {
    if length <= 32 { return bytes.isEqual(known, to: source, start, length: length) }
    if length <= 64 {
      let last = length &- 32
      return bytes.isEqual(known, to: source, start, length: 32)
        && bytes.isEqual(known &+ last, to: source, start &+ last, length: 32)
    }
    var index = 0
    while index &+ 8 <= length {
      if bytes.word(known &+ index) != source.word(start &+ index) { return false }
      index &+= 8
    }
    return bytes.word(known &+ length &- 8) == source.word(start &+ length &- 8)
  }

  /// Mixes the bytes of a text by full multiplications.
  ///
  /// Source: the construction of Wang Yi's wyhash, with constants of its final version 3.
  @inline(__always) static func hash(_ source: Lane<UInt8>, _ start: Int, _ length: Int) -> UInt64 {
    var seed = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    var start = start
    var length = length
    while length > 32 {
      seed = mixed(
        source.word(start) ^ 0xA076_1D64_78BD_642F, source.word(start &+ 8) ^ seed)
      start &+= 16
      length &-= 16
    }
    let words = source.shortText(start, length)
    let front = mixed(words.0 ^ 0xE703_7ED1_A0B4_28DB, words.1 ^ seed)
    let back = mixed(words.2 ^ 0x8EBC_6AF0_9C88_C6E3, words.3 ^ seed)
    return mixed(front ^ 0x5899_65CC_7537_4CC3, back)
  }

  private static let tagBits: UInt64 = 0xFFFF_FFFF_0000_0000

  @inline(__always) private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
