import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct RadixSortTests {
  let budget = MemoryBudget(byteLimit: 1 << 26)

  @Test(arguments: [0, 1, 2, 63, 255, 256, 257, 2047, 2048, 2049, 70_000])
  func `rows go by their words, and equal ones keep their order`(count: Int) throws {
    for width in [1, 7, 11, 12, 23, 48, 64] {
      var random = SeededRandom(seed: UInt64(count * 64 + width))
      let keys = (0..<count).map { _ in random.next() >> UInt64(64 - width) }
      let start = (0..<Int32(count)).shuffled(using: &random)
      let rows = try Buffer(start, budget: budget)
      try RadixSort.sort(
        rows, by: try Buffer(keys, budget: budget), width: width, budget: budget)
      let places = (0..<count).sorted { (keys[Int(start[$0])], $0) < (keys[Int(start[$1])], $1) }
      #expect((0..<count).map { rows[$0] } == places.map { start[$0] })
    }
  }

  @Test func `words that differ in no bit leave the rows as they are`() throws {
    let rows = try Buffer((0..<Int32(1000)).reversed(), budget: budget)
    let words = try Buffer([UInt64](repeating: 5, count: 1000), budget: budget)
    try RadixSort.sort(rows, by: words, width: 3, budget: budget)
    #expect((0..<1000).map { rows[$0] } == (0..<Int32(1000)).reversed())
  }

  @Test func `a sort ends when it is stopped`() throws {
    let rows = try Buffer((0..<Int32(1000)).reversed(), budget: budget)
    let words = try Buffer((0..<UInt64(1000)).map { $0 }, budget: budget)
    var budget = budget
    budget.stop = StopFlag()
    budget.stop.raise()
    #expect(throws: EngineError.self) {
      try RadixSort.sort(rows, by: words, width: 10, budget: budget)
    }
  }

  @Test func `what is needed to sort is taken from the budget`() throws {
    let rows = try Buffer(0..<Int32(1000), budget: budget)
    let words = try Buffer((0..<UInt64(1000)).map { $0 }, budget: budget)
    #expect(throws: EngineError.self) {
      try RadixSort.sort(
        rows, by: words, width: 10, budget: MemoryBudget(byteLimit: 4000))
    }
  }
}
