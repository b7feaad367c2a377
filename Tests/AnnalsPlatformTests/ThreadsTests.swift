import AnnalsPlatform
import Glibc
import Synchronization
import Testing

@Suite struct ThreadsTests {
  @Test(arguments: [0, 1, 2, 7])
  func `each number is called once, and all before it returns`(count: Int) {
    let calls = Mutex<[Int]>([])
    Threads.concurrently(count) { number in calls.withLock { $0.append(number) } }
    #expect(calls.withLock { $0.sorted() } == Array(0..<count))
  }

  @Test func `the numbers run at the same time, each on a thread of its own`() {
    // Each waits for all others, which never ends if two have one thread.
    let arrived = Atomic(0)
    let threads = Mutex<Set<UInt>>([])
    Threads.concurrently(4) { _ in
      arrived.add(1, ordering: .sequentiallyConsistent)
      while arrived.load(ordering: .sequentiallyConsistent) < 4 { sched_yield() }
      threads.withLock { _ = $0.insert(UInt(pthread_self())) }
    }
    #expect(threads.withLock { $0.count } == 4)
  }

  @Test func `the first number is the caller's own`() {
    let caller = UInt(pthread_self())
    let first = Mutex<UInt>(0)
    Threads.concurrently(2) { number in
      if number == 0 { first.withLock { $0 = UInt(pthread_self()) } }
    }
    #expect(first.withLock { $0 } == caller)
  }

  @Test func `work within work has threads too`() {
    let calls = Atomic(0)
    Threads.concurrently(3) { _ in
      Threads.concurrently(3) { _ in _ = calls.add(1, ordering: .relaxed) }
    }
    #expect(calls.load(ordering: .relaxed) == 9)
  }

  struct Wrong: Error, Equatable { let number: Int }

  @Test func `a large stack holds calls that are nested deeply, again and again`() throws {
    // Some 20 MiB: more than threads have otherwise.
    for _ in 0..<20 {
      let depth = Threads.onLargeStack { Self.depth(20_000) }
      #expect(depth == 20_000)
    }
    #expect(throws: Wrong(number: 1)) {
      try Threads.onLargeStack { () throws(Wrong) in throw Wrong(number: 1) }
    }
  }

  /// Takes at least a KiB of stack for each level.
  private static func depth(_ left: Int) -> Int {
    // SAFETY: the room is used within the call.
    unsafe withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { room in
      unsafe room[0] = 1
      return left == 0 ? 0 : depth(left - 1) + Int(unsafe room[0])
    }
  }
}
