import Glibc

/// A thread that nobody waits for.
enum DetachedThread {
  /// Calls `body` on a thread of its own.
  ///
  /// - Parameter stackByteCount: How much memory is reserved for its stack; without it the system's
  ///   usual.
  /// - Returns: Whether the system gave one; else `body` is not called.
  @discardableResult
  static func start(
    stackByteCount: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) -> Bool {
    var attributes = pthread_attr_t()
    // SAFETY: the attributes are ours, and the calls keep nothing of them.
    unsafe pthread_attr_init(&attributes)
    defer { unsafe _ = pthread_attr_destroy(&attributes) }
    if let stackByteCount, unsafe pthread_attr_setstacksize(&attributes, stackByteCount) != 0 {
      return false
    }
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    // SAFETY: the thread takes over the reference; if there is none, it is given back here.
    let status = unsafe pthread_create(
      &thread, &attributes,
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
