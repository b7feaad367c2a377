import Testing

@testable import AnnalsEngine

@Suite struct BufferTests {
  @Test func `a buffer starts as zeros`() throws {
    let buffer = try Buffer<Int32>(count: 65, budget: MemoryBudget(byteLimit: 1000))
    #expect((0..<65).allSatisfy { buffer[$0] == 0 })
  }

  @Test func `a buffer gives back what it reserved when it is let go`() throws {
    let budget = MemoryBudget(byteLimit: 1000)
    do {
      let buffer = try Buffer<Int64>(count: 100, budget: budget)
      #expect(budget.byteCount == 800)
      #expect(buffer.count == 100)
    }
    #expect(budget.byteCount == 0)
  }

  @Test func `a budget refuses what would pass its limit and keeps nothing of it`() throws {
    let budget = MemoryBudget(byteLimit: 1000)
    let first = try Buffer<UInt8>(count: 600, budget: budget)
    #expect(throws: EngineError.self) { try Buffer<UInt8>(count: 401, budget: budget) }
    #expect(budget.byteCount == 600)
    let second = try Buffer<UInt8>(count: 400, budget: budget)
    #expect(budget.byteCount == 1000)
    #expect(first.count + second.count == 1000)
  }

  @Test func `sizes near the largest integer are refused without a trap`() throws {
    let budget = MemoryBudget(byteLimit: .max)
    let held = try Buffer<UInt8>(count: 1, budget: budget)
    #expect(throws: EngineError.self) { try Buffer<Int64>(count: .max, budget: budget) }
    #expect(throws: EngineError.self) { try Buffer<UInt8>(count: .max, budget: budget) }
    #expect(budget.byteCount == held.count)
  }

  @Test func `a growing buffer keeps its values in order`() throws {
    let budget = MemoryBudget(byteLimit: 1 << 20)
    let growing = try GrowingBuffer<Int32>(budget: budget, capacity: 0)
    for value in 0..<Int32(65) { try growing.append(value) }
    try growing.append(repeating: 7, count: 3)
    try growing.append([Int32](100..<200).span)
    growing[0] = -1
    let finished = try growing.finished()
    #expect(
      (0..<finished.count).map { finished[$0] }
        == [-1] + Array(1..<65) + [7, 7, 7] + Array(100..<200))
  }

  @Test func `a growing buffer that may not grow keeps what it has`() throws {
    let growing = try GrowingBuffer<UInt8>(budget: MemoryBudget(byteLimit: 16), capacity: 16)
    for value in 0..<UInt8(16) { try growing.append(value) }
    #expect(throws: EngineError.self) { try growing.append(16) }
    #expect(growing.count == 16)
    #expect((0..<16).map { Int(growing[$0]) } == Array(0..<16))
  }

  @Test func `copying nothing is allowed anywhere`() throws {
    let budget = MemoryBudget(byteLimit: 1000)
    let target = try Buffer<Int32>([1, 2, 3], budget: budget)
    target.copy(from: try Buffer<Int32>(count: 0, budget: budget), start: 0, count: 0, at: 3)
    target.copy(from: try Buffer<Int32>([8, 9], budget: budget), start: 1, count: 1, at: 2)
    #expect((0..<3).map { target[$0] } == [1, 2, 9])
  }
}
