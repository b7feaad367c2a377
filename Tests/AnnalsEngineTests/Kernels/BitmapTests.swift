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
}
