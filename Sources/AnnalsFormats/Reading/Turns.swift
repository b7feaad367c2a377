import Dispatch
import Synchronization

/// Something that threads use one after another, in the order of numbers that they bear.
///
/// Number `n` waits until all below it are done. Numbers are given out in order, so that the lowest
/// one that is not done is always at work and nobody waits for ever.
final class Turns<Value>: @unchecked Sendable {
  private struct State {
    var next = 0
    var isAbandoned = false
    var waiting: [Int: DispatchSemaphore] = [:]
  }

  private let state = Mutex(State())
  /// Used by the one whose turn it is; `state` hands it on, so that each sees what the last one did.
  private let value: Value

  init(_ value: Value) { self.value = value }

  /// Runs `body` when it is the number's turn; nil if all is abandoned.
  func take<Result>(_ number: Int, _ body: (Value) -> Result) -> Result? {
    guard wait(for: number) else { return nil }
    let result = body(value)
    let waiting = state.withLock { state in
      state.next = number + 1
      return state.waiting.removeValue(forKey: number + 1)
    }
    waiting?.signal()
    return result
  }

  /// Lets everybody go who waits, for no turn.
  func abandon() {
    let waiting = state.withLock { state in
      state.isAbandoned = true
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for semaphore in waiting { semaphore.signal() }
  }

  /// The value, when nobody uses it any more.
  func finished() -> Value { value }

  /// Whether the turn came.
  private func wait(for number: Int) -> Bool {
    let semaphore = DispatchSemaphore(value: 0)
    let mustWait = state.withLock { state in
      guard !state.isAbandoned, state.next != number else { return false }
      state.waiting[number] = semaphore
      return true
    }
    if mustWait { semaphore.wait() }
    return state.withLock { !$0.isAbandoned }
  }
}
