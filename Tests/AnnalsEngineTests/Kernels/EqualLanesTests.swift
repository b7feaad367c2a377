import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct EqualLanesTests {
  /// The places that a search gives, with and without special instructions.
  private func places(
    _ wanted: Int32, _ lanes: IntegerLanes, _ validity: Bitmap?, _ part: Range<Int>,
    isPortable: Bool
  ) throws -> [Int] {
    let kept = try Buffer<Int32>(count: max(part.count, 1), budget: SmallDataset.budget)
    let found = EqualLanes.indexes(
      of: wanted, in: lanes, validity, from: part.lowerBound, count: part.count, into: kept,
      isPortable: isPortable)
    return (0..<found).map { Int(kept[$0]) }
  }

  @Test func `the rows with a code are found among codes of each width`() throws {
    var random = SeededRandom(seed: 21)
    let budget = SmallDataset.budget
    for count in [0, 1, 63, 64, 65, 127, 128, 129, 1000] {
      for (wanted, other) in [(0, 1), (7, 8), (255, 254), (65_535, 255), (70_000, 4_464)] {
        let codes = (0..<count).map { _ in random.below(5) == 0 ? wanted : other }
        let known = try Bitmap(count: count, budget: budget)
        for row in 0..<count where random.below(6) > 0 { known.set(row) }
        var all: [IntegerLanes] = [.signed32(try Buffer(codes.map(Int32.init), budget: budget))]
        if wanted < 1 << 16 {
          all.append(.unsigned16(try Buffer(codes.map(UInt16.init), budget: budget)))
        }
        if wanted < 1 << 8 {
          all.append(.unsigned8(try Buffer(codes.map(UInt8.init), budget: budget)))
        }
        for start in [0, 1, 65] where start <= count {
          let expected = (start..<count).filter { codes[$0] == wanted }.map { $0 - start }
          let knownOnly = expected.filter { known[$0 + start] }
          for lanes in all {
            for isPortable in [false, true] {
              #expect(
                try places(Int32(wanted), lanes, nil, start..<count, isPortable: isPortable)
                  == expected)
              #expect(
                try places(Int32(wanted), lanes, known, start..<count, isPortable: isPortable)
                  == knownOnly)
            }
          }
        }
      }
    }
  }
}
