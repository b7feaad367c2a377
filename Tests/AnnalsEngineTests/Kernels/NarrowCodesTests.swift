import SeededRandom
import Testing

@testable import AnnalsEngine

@Suite struct NarrowCodesTests {
  private let budget = MemoryBudget(byteLimit: 1 << 24)

  private func narrowed(_ codes: [Int32], below bound: Int, threads: Int = 1) throws -> [Int]? {
    let lanes = try Buffer(codes, budget: budget).narrowed(
      below: bound, threadCount: threads, budget: budget)
    switch lanes {
    case .unsigned8(let values)?:
      #expect(bound <= 256)
      return (0..<values.count).map { Int(values[$0]) }
    case .unsigned16(let values)?:
      #expect(bound > 256)
      return (0..<values.count).map { Int(values[$0]) }
    default: return nil
    }
  }

  @Test(arguments: [1, 2, 255, 256, 257, 65_535, 65_536])
  func `codes keep their values in as few bits as their number needs`(bound: Int) throws {
    var random = SeededRandom(seed: UInt64(bound))
    for count in [1, 63, 64, 65, 1_000] {
      let codes = (0..<count).map { Int32($0 == 0 ? bound - 1 : random.below(bound)) }
      #expect(try narrowed(codes, below: bound) == codes.map(Int.init))
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func `several threads copy many codes`(threadCount: Int) throws {
    for count in [1 << 19, 1 << 19 + 1, 1 << 20 - 1] {
      let codes = (0..<count).map { Int32($0 % 251) }
      #expect(try narrowed(codes, below: 251, threads: threadCount) == codes.map(Int.init))
    }
  }

  @Test(arguments: [Int32(300), 301, 65_836, .max, .min, -1])
  func `a code outside is refused wherever it stands`(code: Int32) throws {
    for place in [0, 500, 999] {
      var codes = Array(repeating: Int32(7), count: 1_000)
      codes[place] = code
      #expect(try narrowed(codes, below: 300) == nil)
    }
  }

  @Test func `codes that need more than 16 bits, and none at all, stay as they are`() throws {
    #expect(try narrowed([1, 2], below: 65_537) == nil)
    #expect(try narrowed([], below: 10) == nil)
    #expect(try narrowed([0], below: 0) == nil)
  }
}
