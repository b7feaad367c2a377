import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct MergeSortTests {
  let budget = MemoryBudget(byteLimit: 1 << 24)

  @Test(arguments: [0, 1, 2, 3, 63, 64, 65, 127, 128, 129, 1000])
  func `equal rows keep their order`(count: Int) throws {
    for distinct in [1, 2, 10, 1_000_000] {
      var random = SeededRandom(seed: UInt64(count * 7 + distinct))
      let keys = (0..<count).map { _ in random.below(distinct) }
      let rows = try Buffer((0..<Int32(count)).shuffled(using: &random), budget: budget)
      var before = [Int](repeating: 0, count: count)
      for index in 0..<count { before[Int(rows[index])] = index }
      try MergeSort.sort(rows, budget: budget) { keys[$0] < keys[$1] }
      let expected = (0..<count).sorted { (keys[$0], before[$0]) < (keys[$1], before[$1]) }
      #expect((0..<count).map { Int(rows[$0]) } == expected)
    }
  }

  @Test func `long runs ask on their way whether to go on`() throws {
    let rows = try Buffer((0..<Int32(262_144)).reversed(), budget: budget)
    let asked = Failures()
    var budget = budget
    budget.stop = StopFlag(alsoWhile: {
      asked.note()
      return false
    })
    try MergeSort.sort(rows, budget: budget) { $0 < $1 }
    // Once for each run, and once more for each 65,536 rows of the seven longest.
    #expect(asked.count == 262_143 + 12)
    #expect(rows[0] == 0)
    #expect(rows[262_143] == 262_143)
  }

  @Test func `a sort ends when it is stopped`() throws {
    let rows = try Buffer((0..<Int32(100)).reversed(), budget: budget)
    let asked = Failures()
    var budget = budget
    budget.stop = StopFlag(alsoWhile: {
      asked.note()
      return asked.count == 20
    })
    #expect(throws: EngineError.self) { try MergeSort.sort(rows, budget: budget) { $0 < $1 } }
    #expect(asked.count == 20)
  }
}
