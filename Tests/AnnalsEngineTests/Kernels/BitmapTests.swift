import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct BitmapTests {
  let budget = MemoryBudget(byteLimit: 1 << 20)

  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 129])
  func `bits are set, cleared and counted`(count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let bitmap = try Bitmap(count: count, budget: budget)
    var expected = Array(repeating: false, count: count)
    #expect(bitmap.population == 0)
    for _ in 0..<count * 3 {
      let row = random.below(count)
      expected[row] = random.once(in: 2)
      if expected[row] { bitmap.set(row) } else { bitmap.clear(row) }
    }
    #expect((0..<count).map { bitmap[$0] } == expected)
    #expect(bitmap.population == expected.count { $0 })
    for row in 0..<count { bitmap.set(row) }
    #expect(bitmap.population == count)
  }

  @Test func `64 rows from any row on are read as a word`() throws {
    let bits = try Bitmap(count: 200, budget: SmallDataset.budget)
    let rows = [0, 5, 63, 64, 70, 127, 128, 191, 199]
    for row in rows { bits.set(row) }
    for first in 0..<200 {
      let word = bits.word(from: first)
      for offset in 0..<64 {
        #expect((word >> UInt64(offset) & 1 != 0) == rows.contains(first + offset))
      }
    }
  }

  @Test func `the places of the bits of a word follow one another`() throws {
    let words: [UInt64] = [0, 1, 1 << 63, 0b1011, 0b1_1111, 0xF0F0, .max, .max >> 1]
    for word in words {
      for end in [0, 3] {
        let places = try Buffer<Int32>(count: 68, budget: SmallDataset.budget)
        var target = places.mutableSpan
        let next = Words.writePlaces(of: word, from: 640, to: &target, at: end)
        let found = (end..<next).map { Int(target[$0]) }
        #expect(found == (0..<64).filter { word >> UInt64($0) & 1 != 0 }.map { 640 + $0 })
      }
    }
  }
}
