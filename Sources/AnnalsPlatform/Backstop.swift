import Glibc
import Synchronization

/// Does something after a time, unless what it watches is done by then.
package final class Backstop: Sendable {
  private let isDone = Atomic(false)
  private let deadline: Double
  private let body: @Sendable () -> Void

  /// Seconds between two looks.
  private static let interval = 0.02

  /// - Parameters:
  ///   - delay: In seconds.
  ///   - body: Called on a thread of its own.
  package init(after delay: Double, _ body: @escaping @Sendable () -> Void) {
    deadline = monotonicSeconds() + delay
    self.body = body
    DetachedThread.start { self.watch() }
  }

  /// What was watched is done.
  package func cancel() { isDone.store(true, ordering: .releasing) }

  private func watch() {
    while !isDone.load(ordering: .acquiring) {
      let left = deadline - monotonicSeconds()
      if left <= 0 { return body() }
      usleep(UInt32(min(left, Self.interval) * 1e6) + 1)
    }
  }
}

/// Ends the process at once, without waiting for other threads. Files that were begun leave nothing.
package func abandonProcess(status: Int32) -> Never {
  AtomicFile.removeUnfinished()
  _exit(status)
}
