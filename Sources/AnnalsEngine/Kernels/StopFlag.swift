import Synchronization

/// Tells a run from outside that it should end. Safe to raise from any thread or signal handler.
public final class StopFlag: Sendable {
  private let raised = Atomic<Bool>(false)
  private let isStopped: (@Sendable () -> Bool)?

  public init() { isStopped = nil }

  /// A flag that also counts as raised while `condition` holds. It is asked often, by many threads.
  package init(alsoWhile condition: @escaping @Sendable () -> Bool) { isStopped = condition }

  public func raise() { raised.store(true, ordering: .relaxed) }

  public func lower() { raised.store(false, ordering: .relaxed) }

  public var isRaised: Bool { raised.load(ordering: .relaxed) || isStopped?() == true }

  /// - Throws: ``EngineError/stopped`` once the flag is raised.
  func check() throws(EngineError) {
    if isRaised { throw .stopped }
  }
}
