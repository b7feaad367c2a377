import AnnalsEngine
import Testing

@Suite struct SharedMemoryTests {
  let budget = MemoryBudget(byteLimit: 1 << 20)

  private func memory() throws -> SharedMemory {
    SharedMemory(try Buffer<Int64>([1, -2, 3], budget: budget))
  }

  @Test func `a buffer may stand on a part of lent memory, which takes nothing of the budget`()
    throws
  {
    let memory = try memory()
    let before = budget.byteCount
    let lent = try #require(Buffer<Int64>(lentBy: memory, at: 8, count: 2))
    #expect((0..<2).map { lent[$0] } == [-2, 3])
    #expect(budget.byteCount == before)
  }

  @Test func `the memory lives as long as a buffer stands on it`() throws {
    var memory: SharedMemory? = try memory()
    var lent = memory.flatMap { Buffer<Int64>(lentBy: $0, at: 0, count: 3) }
    memory = nil
    #expect(budget.byteCount == 24)
    #expect(lent?[2] == 3)
    lent = nil
    #expect(budget.byteCount == 0)
  }

  @Test(arguments: [
    (-8, 1), (0, 4), (24, 1), (25, 0), (16, 2), (0, -1), (0, Int.max), (8, Int.max),
  ])
  func `nothing outside of the memory is lent`(offset: Int, count: Int) throws {
    #expect(Buffer<Int64>(lentBy: try memory(), at: offset, count: count) == nil)
  }

  @Test func `nothing is lent at an address that does not fit its type`() throws {
    let memory = try memory()
    #expect(Buffer<Int64>(lentBy: memory, at: 4, count: 1) == nil)
    #expect(Buffer<Int32>(lentBy: memory, at: 4, count: 1) != nil)
  }

  @Test func `all bytes are seen`() throws {
    let memory = try memory()
    #expect(memory.byteCount == 24)
    #expect(memory.bytes[8] == 0xFE)
    #expect(memory.bytes[9] == 0xFF)
  }
}
