import Dispatch
import Testing

@testable import AnnalsEngine

@Suite struct MemoryBudgetTests {
  @Test func `what is released can be reserved again`() throws {
    let budget = MemoryBudget(byteLimit: 10)
    try budget.reserve(byteCount: 10)
    #expect(throws: EngineError.self) { try budget.reserve(byteCount: 1) }
    budget.release(byteCount: 4)
    try budget.reserve(byteCount: 4)
    #expect(budget.byteCount == 10)
  }

  @Test func `a negative limit refuses everything`() {
    let budget = MemoryBudget(byteLimit: -5)
    #expect(budget.byteLimit == 0)
    #expect(throws: EngineError.self) { try budget.reserve(byteCount: 1) }
  }

  @Test func `what is held elsewhere counts`() throws {
    let budget = MemoryBudget(byteLimit: 10)
    budget.count(besides: 7)
    try budget.reserve(byteCount: 3)
    #expect(throws: EngineError.self) { try budget.reserve(byteCount: 1) }
    budget.count(besides: 0)
    try budget.reserve(byteCount: 7)
    budget.count(besides: Int.max)
    #expect(throws: EngineError.self) { try budget.reserve(byteCount: 1) }
    #expect(budget.byteCount == 10)
  }

  @Test func `whoever is handed a budget is stopped with it`() throws {
    let budget = MemoryBudget(byteLimit: 1 << 20)
    let rows = try Buffer<Int32>([0, 1, 1, -1], budget: budget)
    let numbers = try Buffer<Int64>([3, 1], budget: budget)
    let column = Column(type: .integer, count: 2, storage: .int64(numbers), validity: nil)
    var copy = budget
    copy.stop = StopFlag()
    budget.stop.raise()
    #expect(throws: EngineError.self) { try budget.checkStop() }
    #expect(throws: EngineError.self) { try column.gatheredOrNull(rows, budget: budget) }
    #expect(throws: EngineError.self) { try Column.concatenated([column, column], budget: budget) }
    // A copy counts with the budget, but stops by itself.
    #expect(try column.gatheredOrNull(rows, budget: copy).nullCount == 1)
    #expect(copy.byteCount == budget.byteCount)
  }

  @Test func `a request that is refused does not make another one fail`() {
    // One half always fits beside the other; the huge requests in between never do.
    let budget = MemoryBudget(byteLimit: 1000)
    let refused = Failures()
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      for _ in 0..<2000 {
        if worker < 2 {
          if (try? budget.reserve(byteCount: 500)) == nil {
            refused.note()
          } else {
            budget.release(byteCount: 500)
          }
        } else {
          try? budget.reserve(byteCount: 900_000)
        }
      }
    }
    #expect(refused.count == 0)
    #expect(budget.byteCount == 0)
  }
}
