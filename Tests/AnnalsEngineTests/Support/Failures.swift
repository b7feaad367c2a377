import Synchronization

/// Counts what went wrong on several threads.
final class Failures: Sendable {
  private let noted = Atomic<Int>(0)

  var count: Int { noted.load(ordering: .relaxed) }

  func note() { noted.add(1, ordering: .relaxed) }
}
