import Dispatch

/// Does something on other threads, and waits for it.
package enum Threads {
  /// Calls `body` with each number below `count`, each on a thread of its own and 0 on the caller's, and
  /// waits until all have returned. Where the system gives no more threads, the caller does what is left.
  package static func concurrently(_ count: Int, _ body: @Sendable (_ number: Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      let done = DispatchSemaphore(value: 0)
      var next = 1
      while next < count, let thread = ParkingLot.workers.thread() {
        let number = next
        thread.run({ body(number) }, then: done)
        next += 1
      }
      let threadCount = next - 1
      if count > 0 { body(0) }
      while next < count {
        body(next)
        next += 1
      }
      for _ in 0..<threadCount { done.wait() }
    }
  }

  /// Calls `body` on a thread with a stack of 64 MiB, and waits for it. It is the caller's if that is the
  /// process's first and has such a stack (``FirstThread``), or if the system gives no other.
  ///
  /// - Returns: What `body` returns. It throws what `body` throws.
  package static func onLargeStack<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if FirstThread.isHereAndLarge { return try body() }
    guard let thread = ParkingLot.largeStacks.thread() else { return try body() }
    var result: Swift.Result<Result, Failure>?
    let work = {
      do throws(Failure) { result = .success(try body()) } catch { result = .failure(error) }
    }
    withoutActuallyEscaping(work) { work in
      // SAFETY: the caller waits meanwhile, so that nothing runs at the same time.
      nonisolated(unsafe) let work = work
      let done = DispatchSemaphore(value: 0)
      thread.run({ unsafe work() }, then: done)
      done.wait()
    }
    guard let result else { preconditionFailure("the thread did not do its job") }
    return try result.get()
  }
}
