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
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passRetained(self).toOpaque()
    let status = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        pthread_detach(pthread_self())
        unsafe Unmanaged<Backstop>.fromOpaque(pointer).takeRetainedValue().watch()
        return nil
      }, pointer)
    if status != 0 { unsafe Unmanaged<Backstop>.fromOpaque(pointer).release() }
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

/// Ends the process at once, without waiting for other threads.
package func abandonProcess(status: Int32) -> Never { _exit(status) }
