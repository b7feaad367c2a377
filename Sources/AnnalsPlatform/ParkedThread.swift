import CAnnalsPlatform
import Dispatch
import Glibc
import Synchronization

/// A thread that waits for work between one job and the next.
///
/// Making and ending a thread takes longer than a small plan or run does, and giving back a large stack
/// stops all other threads for a moment. So threads that are done wait for the next to need one.
final class ParkedThread: Sendable {
  /// Something to do, and whom to tell that it is done.
  private struct Job {
    let body: @Sendable () -> Void
    let done: DispatchSemaphore
  }

  private let wake = DispatchSemaphore(value: 0)
  private let job = Mutex<Job?>(nil)

  /// Gives a thread that is parked its next job.
  ///
  /// - Parameter done: Signalled when the body has returned and nothing holds it any more.
  func run(_ body: @escaping @Sendable () -> Void, then done: DispatchSemaphore) {
    job.withLock { $0 = Job(body: body, done: done) }
    wake.signal()
  }

  /// Waits for jobs and does them, until the lot has enough threads that wait.
  fileprivate func work(for lot: ParkingLot) {
    var stays = true
    while stays {
      wake.wait()
      let done = doJob()
      annals_forget_stack()
      // Parked before it is told, so that the next one who needs a thread finds this one.
      stays = lot.park(self)
      done?.signal()
    }
  }

  private func doJob() -> DispatchSemaphore? {
    let next = job.withLock { job in
      defer { job = nil }
      return job
    }
    next?.body()
    return next?.done
  }
}

/// Threads with stacks of one size.
///
/// There is one lot of a size in the process, as there is one heap: threads are the system's, and who
/// needs one takes whichever is there.
@safe final class ParkingLot: @unchecked Sendable {
  /// For Lua, whose nested calls need more than a pool's threads have. Memory is only reserved for it; pages
  /// cost nothing until they are touched.
  static let largeStacks = ParkingLot(stackByteCount: largeStackByteCount)
  static let largeStackByteCount = 64 << 20
  /// For the loops of the engine and of the formats.
  static let workers = ParkingLot(stackByteCount: 8 << 20)

  private let stackByteCount: Int
  /// Those that wait, the last one last; behind `lock`. Many threads want it at once, and the thread
  /// sanitizer does not see how the standard library's `Mutex` waits.
  private var parked: [ParkedThread] = []
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  private init(stackByteCount: Int) {
    self.stackByteCount = stackByteCount
    // SAFETY: the lock lies where it is as long as the lot, which is as long as the process.
    unsafe pthread_mutex_init(lock, nil)
  }

  /// How many threads wait at most; more end when they are done.
  private static let limit = max(8, 2 * Processors.count)

  /// A thread that has nothing to do; nil if the system gives none.
  func thread() -> ParkedThread? {
    // The one that was parked last, whose stack is still in the caches.
    if let thread = withLock({ parked.popLast() }) { return thread }
    let thread = ParkedThread()
    let isThere = DetachedThread.start(stackByteCount: stackByteCount) { thread.work(for: self) }
    return isThere ? thread : nil
  }

  /// Whether the thread is to wait for another job.
  fileprivate func park(_ thread: ParkedThread) -> Bool {
    withLock {
      guard parked.count < Self.limit else { return false }
      parked.append(thread)
      return true
    }
  }

  private func withLock<Result>(_ body: () -> Result) -> Result {
    // SAFETY: the lock has been made with the lot.
    unsafe pthread_mutex_lock(lock)
    defer { unsafe _ = pthread_mutex_unlock(lock) }
    return body()
  }
}
