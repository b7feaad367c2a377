import Synchronization

/// Counts the bytes of the buffers that are alive and refuses what would pass the limit.
///
/// A buffer is reserved before it is allocated and released when its last owner lets go, so the
/// count never lags behind what the process holds. Safe to share between threads.
public final class MemoryBudget: Sendable {
  /// The most bytes that may be reserved at a time.
  public let byteLimit: Int
  private let reserved = Atomic<Int>(0)
  private let besides = Atomic<Int>(0)

  public init(byteLimit: Int) {
    self.byteLimit = max(byteLimit, 0)
  }

  /// The bytes that are reserved now.
  public var byteCount: Int { reserved.load(ordering: .relaxed) }

  /// Sets how many bytes are held elsewhere and count against the limit too, such as the heap of a
  /// script that runs plans. What is reserved already stays.
  package func count(besides byteCount: Int) {
    besides.store(max(byteCount, 0), ordering: .relaxed)
  }

  /// - Throws: ``EngineError/outOfMemory(needed:limit:)`` if the limit would be passed; nothing is
  ///   reserved then.
  func reserve(byteCount: Int) throws(EngineError) {
    let most = byteLimit - min(besides.load(ordering: .relaxed), byteLimit)
    var before = reserved.load(ordering: .relaxed)
    while before <= most - byteCount {
      let (exchanged, original) = reserved.compareExchange(
        expected: before, desired: before + byteCount, ordering: .relaxed)
      if exchanged { return }
      before = original
    }
    throw .outOfMemory(needed: byteCount, limit: byteLimit)
  }

  func release(byteCount: Int) {
    reserved.subtract(byteCount, ordering: .relaxed)
  }
}

/// A part of a budget for what no buffer holds, such as copies of a script's texts. It is given back when
/// its last owner lets go.
package final class BudgetShare {
  private let budget: MemoryBudget
  /// How many bytes are reserved, and how many of these are used.
  private var reserved = 0
  private var used = 0

  /// So many bytes are reserved at a time.
  private static let step = 1 << 16

  package init(of budget: MemoryBudget) { self.budget = budget }

  deinit { budget.release(byteCount: reserved) }

  /// - Throws: ``EngineError/outOfMemory(needed:limit:)`` if the budget refuses.
  package func grow(by byteCount: Int) throws(EngineError) {
    used += byteCount
    guard used > reserved else { return }
    let more = used - reserved + Self.step
    try budget.reserve(byteCount: more)
    reserved += more
  }
}
