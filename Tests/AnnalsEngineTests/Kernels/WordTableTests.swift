import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct WordTableTests {
  let budget = MemoryBudget(byteLimit: 1 << 24)

  @Test(arguments: [0, 1, 2, 3])
  func `tuples are numbered by first appearance`(width: Int) throws {
    let table = try WordTable(width: width, budget: budget)
    let tuple = try Buffer<UInt64>(count: max(width, 1), budget: budget)
    var random = SeededRandom(seed: UInt64(width + 11))
    var known: [[UInt64]: Int] = [:]
    for _ in 0..<2000 {
      let shift = UInt64(random.pick([0, 32, 52]))
      let words = (0..<width).map { _ in UInt64(random.below(40)) << shift }
      for (index, word) in words.enumerated() { tuple[index] = word }
      let expected = known[words] ?? known.count
      let isNew = known.updateValue(expected, forKey: words) == nil
      let found = try table.number(of: tuple)
      #expect(found.number == expected && found.isNew == isNew)
    }
    #expect(table.count == known.count)
    for (words, number) in known {
      #expect((0..<width).map { table.word(number, $0) } == words)
    }
  }

  @Test func `the bits of numbers spread over the table`() throws {
    // Whole numbers as doubles differ in their upper bits alone; a bad mix would take minutes.
    let table = try WordTable(width: 1, budget: budget)
    let tuple = try Buffer<UInt64>(count: 1, budget: budget)
    for value in 0..<50_000 {
      tuple[0] = Double(value).bitPattern
      #expect(try table.number(of: tuple).number == value)
    }
  }
}
