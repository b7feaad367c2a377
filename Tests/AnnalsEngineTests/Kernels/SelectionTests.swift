import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct SelectionTests {
  @Test(arguments: [1, 2, 63, 64, 65, 127, 1000], [UInt64(1), 2, 3])
  func `the value at a place is the one that sorting puts there`(
    count: Int, seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    let spread = random.pick([3, 1000, Int.max])
    let values = (0..<count + 20).map { _ -> Int64 in
      random.once(in: 20)
        ? random.pick([.min, .max, 0, -1]) : Int64(random.below(spread)) - Int64(spread / 2)
    }
    let buffer = try Buffer(values, budget: SmallDataset.budget)
    var span = buffer.mutableSpan
    let part = 10..<10 + count
    let sorted = values[part].sorted()
    for place in 0..<count {
      #expect(Selection.value(at: place, of: &span, in: part) == sorted[place])
    }
    #expect((0..<10).allSatisfy { buffer[$0] == values[$0] })
    #expect((10 + count..<values.count).allSatisfy { buffer[$0] == values[$0] })
  }
}
