import Glibc

/// Ctrl-C, taken by a thread of its own, so that what is done about it may lock and allocate.
package enum Interrupts {
  /// Calls `body` at each interrupt from now on. To be called once, before other threads start:
  /// they inherit that the signal is blocked.
  package static func handle(_ body: @escaping @Sendable () -> Void) {
    var signals = sigset_t()
    // SAFETY: the set is ours, and the calls keep nothing of it.
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let job = InterruptJob(body)
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    // SAFETY: the attributes are ours; the job is released by the thread that takes it over.
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let pointer = unsafe Unmanaged.passRetained(job).toOpaque()
    let status = unsafe pthread_create(
      &thread, &attributes,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<InterruptJob>.fromOpaque(pointer).takeRetainedValue().wait()
        return nil
      }, pointer)
    unsafe pthread_attr_destroy(&attributes)
    guard status != 0 else { return }
    unsafe Unmanaged<InterruptJob>.fromOpaque(pointer).release()
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}

private final class InterruptJob: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Never returns.
  func wait() {
    var signals = sigset_t()
    // SAFETY: the set is ours, and the calls keep nothing of it.
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    while true {
      var signal: Int32 = 0
      if unsafe sigwait(&signals, &signal) == 0 { body() }
    }
  }
}
