import Glibc
import Synchronization

/// The thread that the process began with. Its stack grows when it is touched, up to a limit that may
/// be moved, where those of other threads have the size that they were made with.
package enum FirstThread {
  /// The thread, once its stack is large; 0 before.
  private static let large = Atomic<pthread_t>(0)

  /// Lets its stack grow as large as ``Threads/onLargeStack(_:)`` promises, which then needs no other
  /// thread when it is called from this one. To be called from it, with little on the stack. Where the
  /// system refuses, all stays as it was.
  package static func enlargeStack() {
    let resource = __rlimit_resource_t(RLIMIT_STACK.rawValue)
    var limit = rlimit()
    // SAFETY: the calls keep nothing of the limit, which is ours.
    guard unsafe getrlimit(resource, &limit) == 0 else { return }
    // The arguments and variables of the process stand in it too.
    let wanted = rlim_t(ParkingLot.largeStackByteCount + (8 << 20))
    if limit.rlim_cur < wanted {
      guard limit.rlim_max >= wanted else { return }
      limit.rlim_cur = wanted
      guard unsafe setrlimit(resource, &limit) == 0 else { return }
    }
    large.store(pthread_self(), ordering: .releasing)
  }

  /// Whether the caller runs on it and it has a large stack.
  static var isHereAndLarge: Bool { large.load(ordering: .acquiring) == pthread_self() }
}
