import Glibc

/// A thread that does one thing.
final class Worker: Sendable {
  private let thread: UInt

  init(_ body: @escaping @Sendable () -> Void) {
    let job = WorkerJob(body)
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passRetained(job).toOpaque()
    let status = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<WorkerJob>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, pointer)
    precondition(status == 0, "the system gives no thread")
    self.thread = thread
  }

  func join() { pthread_join(thread, nil) }
}

private final class WorkerJob: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
