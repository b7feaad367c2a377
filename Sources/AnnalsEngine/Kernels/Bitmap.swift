/// One bit for each row, 64 to a word, lowest bit first. Bits past the last row are 0.
package struct Bitmap: Sendable {
  package let count: Int
  package let words: Buffer<UInt64>

  /// All bits 0.
  package init(count: Int, budget: MemoryBudget) throws(EngineError) {
    self.count = count
    words = try Buffer(count: Bitmap.wordCount(count), budget: budget)
  }

  package init(count: Int, words: Buffer<UInt64>) {
    precondition(words.count >= Bitmap.wordCount(count), "a bitmap has a bit for each row")
    self.count = count
    self.words = words
  }

  /// All bits alike.
  init(repeating bit: Bool, count: Int, budget: MemoryBudget) throws(EngineError) {
    try self.init(count: count, budget: budget)
    guard bit else { return }
    var target = words.mutableSpan
    for index in 0..<count / 64 { target[index] = .max }
    if count & 63 != 0 { target[count / 64] = UInt64.max >> UInt64(64 - (count & 63)) }
  }

  /// Clears the bit of each place at which a row number is negative.
  func clear(where rows: Buffer<Int32>) {
    let numbers = rows.span
    var target = words.mutableSpan
    for place in 0..<numbers.count where numbers[place] < 0 {
      target[place >> 6] &= ~(1 << UInt64(place & 63))
    }
  }

  static func wordCount(_ count: Int) -> Int { (count + 63) / 64 }

  package subscript(row: Int) -> Bool {
    words[row >> 6] >> UInt64(row & 63) & 1 != 0
  }

  /// The bits of 64 rows, the first lowest.
  func word(from row: Int) -> UInt64 {
    let (index, shift) = (row >> 6, UInt64(row & 63))
    guard shift > 0 else { return words[index] }
    let next = index + 1 < words.count ? words[index + 1] : 0
    return words[index] >> shift | next << (64 - shift)
  }

  package func set(_ row: Int) {
    words[row >> 6] |= 1 << UInt64(row & 63)
  }

  package func clear(_ row: Int) {
    words[row >> 6] &= ~(1 << UInt64(row & 63))
  }

  /// How many bits are 1.
  package var population: Int {
    let span = words.span
    var total = 0
    for index in 0..<Bitmap.wordCount(count) { total += span[index].nonzeroBitCount }
    return total
  }
}
