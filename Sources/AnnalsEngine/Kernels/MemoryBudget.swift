import Synchronization

/// Counts the bytes of the buffers that are alive and refuses what would pass the limit.
///
/// A buffer is reserved before it is allocated and released when its last owner lets go, so the
/// count never lags behind what the process holds. Copies count together. Safe to share between
/// threads.
///
/// Whatever takes memory may also take long, so that a budget carries the flag that ends the work.
public struct MemoryBudget: Sendable {
  let bytes: CountedBytes
  /// Ends the work that the memory is for.
  package var stop = StopFlag()

  public init(byteLimit: Int) { bytes = CountedBytes(limit: byteLimit) }

  /// The most bytes that may be reserved at a time.
  public var byteLimit: Int { bytes.limit }

  /// The bytes that are reserved now.
  public var byteCount: Int { bytes.count }

  /// To be asked now and then by what may take long.
  ///
  /// - Throws: ``EngineError/stopped`` once the flag is raised.
  func checkStop() throws(EngineError) { try stop.check() }

  /// Sets how many bytes are held elsewhere and count against the limit too, such as the heap of a
  /// script that runs plans. What is reserved already stays.
  package func count(besides byteCount: Int) {
    bytes.count(besides: byteCount)
  }

  /// - Throws: ``EngineError/outOfMemory(needed:limit:)`` if the limit would be passed; nothing is
  ///   reserved then.
  func reserve(byteCount: Int) throws(EngineError) { try bytes.reserve(byteCount) }

  func release(byteCount: Int) { bytes.release(byteCount) }
}

/// What a budget counts, which buffers keep to release their own.
final class CountedBytes: Sendable {
  let limit: Int
  private let reserved = Atomic<Int>(0)
  private let besides = Atomic<Int>(0)

  init(limit: Int) { self.limit = max(limit, 0) }

  var count: Int { reserved.load(ordering: .relaxed) }

  func count(besides byteCount: Int) {
    besides.store(max(byteCount, 0), ordering: .relaxed)
  }

  func reserve(_ byteCount: Int) throws(EngineError) {
    let most = limit - min(besides.load(ordering: .relaxed), limit)
    var before = reserved.load(ordering: .relaxed)
    while before <= most - byteCount {
      let (exchanged, original) = reserved.compareExchange(
        expected: before, desired: before + byteCount, ordering: .relaxed)
      if exchanged { return }
      before = original
    }
    throw .outOfMemory(needed: byteCount, limit: limit)
  }

  func release(_ byteCount: Int) {
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
