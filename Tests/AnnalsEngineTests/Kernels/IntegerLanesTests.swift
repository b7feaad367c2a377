import Testing

@testable import AnnalsEngine

@Suite struct IntegerLanesTests {
  private let budget = MemoryBudget(byteLimit: 1 << 20)

  @Test func `the bounds are the least and the greatest value`() throws {
    let lanes = IntegerLanes.signed16(try Buffer([3, -7, 12, 0], budget: budget))
    #expect(lanes.bounds(threadCount: 1) == -7...12)
    #expect(lanes.lie(in: -7...12, threadCount: 1))
    #expect(!lanes.lie(in: -6...12, threadCount: 1))
    #expect(!lanes.lie(in: -7...11, threadCount: 1))
  }

  @Test func `no values have no bounds and lie in any range`() throws {
    let lanes = IntegerLanes.signed64(try Buffer([], budget: budget))
    #expect(lanes.bounds(threadCount: 1) == nil)
    #expect(lanes.lie(in: 5...5, threadCount: 1))
  }

  @Test func `the largest value of lanes without a sign is not negative`() throws {
    #expect(
      IntegerLanes.unsigned8(try Buffer([0, 255], budget: budget)).bounds(threadCount: 1) == 0...255
    )
    #expect(
      IntegerLanes.unsigned16(try Buffer([65535], budget: budget)).bounds(threadCount: 1)
        == 65535...65535)
  }

  @Test(arguments: [1, 2, 31, 63, 64, 65, 1000])
  func `the bounds are found wherever they are`(count: Int) throws {
    for place in [0, count / 2, count - 1] {
      var values = Array(repeating: Int32(5), count: count)
      values[place] = -40
      #expect(
        IntegerLanes.signed32(try Buffer(values, budget: budget)).bounds(threadCount: 1)
          == (count == 1 ? -40...(-40) : -40...5))
      values[place] = 70
      #expect(
        IntegerLanes.signed32(try Buffer(values, budget: budget)).bounds(threadCount: 1)
          == (count == 1 ? 70...70 : 5...70))
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func `several threads find the bounds of many values`(threadCount: Int) throws {
    let budget = MemoryBudget(byteLimit: 1 << 24)
    for count in [1 << 19, 1 << 19 + 1, 1 << 20 - 1] {
      for place in [0, count / 2 - 1, count - 1] {
        let lanes = try Buffer<Int32>(count: count, budget: budget)
        lanes[place] = 9
        lanes[count - 1 - place] = -4
        #expect(IntegerLanes.signed32(lanes).bounds(threadCount: threadCount) == -4...9)
      }
    }
  }

  @Test(arguments: [1, 2, 31, 32, 33, 64, 65, 1000])
  func `every form of the kernel finds the bounds`(count: Int) {
    for place in [0, count / 2, count - 1] {
      for isPortable in [false, true] {
        var narrow = Array(repeating: Int32(5), count: count)
        var wide = Array(repeating: Int64(5), count: count)
        narrow[place] = .min
        wide[place] = .min
        let rest: Int64? = count == 1 ? nil : 5
        #expect(
          WideBounds.of(narrow.span, isPortable: isPortable)
            == -2_147_483_648...(rest ?? -2_147_483_648))
        #expect(WideBounds.of(wide.span, isPortable: isPortable) == Int64.min...(rest ?? .min))
        narrow[place] = .max
        wide[place] = .max
        #expect(
          WideBounds.of(narrow.span, isPortable: isPortable)
            == (rest ?? 2_147_483_647)...2_147_483_647)
        #expect(WideBounds.of(wide.span, isPortable: isPortable) == (rest ?? .max)...Int64.max)
      }
    }
  }
}
