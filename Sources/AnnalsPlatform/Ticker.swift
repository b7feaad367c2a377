import Glibc
import Synchronization

/// Does something again and again on a thread of its own, until it is cancelled.
package final class Ticker: Sendable {
  private let isCancelled = Atomic(false)
  private let first: Double
  private let interval: Double
  private let body: @Sendable () -> Void

  /// Seconds between two looks at whether it was cancelled.
  private static let step = 0.02

  /// - Parameters:
  ///   - delay: Seconds until the first time.
  ///   - interval: Seconds between two times.
  package init(after delay: Double, every interval: Double, _ body: @escaping @Sendable () -> Void)
  {
    first = monotonicSeconds() + delay
    self.interval = interval
    self.body = body
    DetachedThread.start { self.tick() }
  }

  /// Nothing begins after this; what has begun may still end.
  package func cancel() { isCancelled.store(true, ordering: .releasing) }

  private func tick() {
    var next = first
    while !isCancelled.load(ordering: .acquiring) {
      let left = next - monotonicSeconds()
      if left > 0 {
        usleep(UInt32(min(left, Self.step) * 1e6) + 1)
      } else {
        body()
        next = monotonicSeconds() + interval
      }
    }
  }
}
