import AnnalsPlatform
import Synchronization

/// Shares the rows of a table out to threads, a range at a time.
enum Ranges {
  /// Calls `body` for each range of rows, ranges in ascending order on each worker. A worker takes
  /// one range at a time.
  ///
  /// - Throws: The error of the lowest range that failed, and so of the lowest row.
  static func forEach(
    rowCount: Int, context: RunContext,
    _ body: @Sendable (_ worker: Int, _ range: Int, _ rows: Range<Int>) throws(EngineError) -> Void
  ) throws(EngineError) {
    let rangeCount = count(rowCount, context)
    let next = Atomic<Int>(0)
    let failure = Mutex<(range: Int, error: EngineError)?>(nil)
    @Sendable func work(_ worker: Int) {
      while true {
        let range = next.add(1, ordering: .relaxed).oldValue
        // Ranges below one that failed are finished, so that the lowest failure is always seen.
        guard range < rangeCount, failure.withLock({ $0.map { range < $0.range } ?? true }) else {
          return
        }
        let start = range * context.rangeSize
        do throws(EngineError) {
          try context.stop.check()
          try body(worker, range, start..<min(start + context.rangeSize, rowCount))
        } catch {
          failure.withLock { known in
            if known.map({ range < $0.range }) ?? true { known = (range, error) }
          }
        }
      }
    }
    let workers = workerCount(rowCount, context)
    if workers == 1 {
      work(0)
    } else {
      Threads.concurrently(workers) { work($0) }
    }
    if let failed = failure.withLock({ $0 }) { throw failed.error }
  }

  static func count(_ rowCount: Int, _ context: RunContext) -> Int {
    (rowCount + context.rangeSize - 1) / context.rangeSize
  }

  static func workerCount(_ rowCount: Int, _ context: RunContext) -> Int {
    max(1, min(context.threadCount, count(rowCount, context)))
  }
}
