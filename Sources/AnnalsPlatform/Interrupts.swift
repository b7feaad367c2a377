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
    guard !DetachedThread.start({ wait(body) }) else { return }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Never returns.
  private static func wait(_ body: () -> Void) {
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
