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
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passRetained(self).toOpaque()
    // SAFETY: the thread takes over the reference; if there is none, it is given back here.
    let status = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        pthread_detach(pthread_self())
        unsafe Unmanaged<Ticker>.fromOpaque(pointer).takeRetainedValue().tick()
        return nil
      }, pointer)
    if status != 0 { unsafe Unmanaged<Ticker>.fromOpaque(pointer).release() }
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
