import Glibc

/// A thread that nobody waits for.
enum DetachedThread {
  /// Calls `body` on a thread of its own.
  ///
  /// - Returns: Whether the system gave one; else `body` is not called.
  @discardableResult
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    // SAFETY: the thread takes over the reference; if there is none, it is given back here.
    let status = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        pthread_detach(pthread_self())
        unsafe Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().call()
        return nil
      }, pointer)
    if status != 0 { unsafe Unmanaged<ThreadBody>.fromOpaque(pointer).release() }
    return status == 0
  }
}

private final class ThreadBody: Sendable {
  let call: @Sendable () -> Void

  init(_ call: @escaping @Sendable () -> Void) { self.call = call }
}
