import Glibc

/// Runs `body` on a thread of its own with a stack of `byteCount` bytes, and waits for it.
///
/// Deeply nested calls of an interpreter need more stack than a thread of a pool has. The memory is
/// only reserved; pages cost nothing until they are touched.
///
/// - Returns: What `body` returns. It throws what `body` throws. If the system gives no such thread,
///   `body` runs on the caller's.
package func runOnLargeStack<Result, Failure: Error>(
  byteCount: Int = 64 << 20, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  var result: Swift.Result<Result, Failure>?
  let work = {
    do throws(Failure) { result = .success(try body()) } catch { result = .failure(error) }
  }
  withoutActuallyEscaping(work) { work in
    let job = LargeStackJob(work)
    if !job.runOnThread(byteCount: byteCount) { work() }
  }
  guard let result else { preconditionFailure("the thread ended without a result") }
  return try result.get()
}

/// The work of one thread. The caller waits meanwhile, so nothing runs at the same time.
private final class LargeStackJob {
  let work: () -> Void

  init(_ work: @escaping () -> Void) { self.work = work }

  /// Returns false if there is no thread.
  func runOnThread(byteCount: Int) -> Bool {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    guard unsafe pthread_attr_setstacksize(&attributes, byteCount) == 0 else { return false }
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passUnretained(self).toOpaque()
    let status = unsafe pthread_create(
      &thread, &attributes,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<LargeStackJob>.fromOpaque(pointer).takeUnretainedValue().work()
        return nil
      }, pointer)
    guard status == 0 else { return false }
    return withExtendedLifetime(self) { pthread_join(thread, nil) == 0 }
  }
}
