import AnnalsPlatform
import Synchronization

/// Says on a terminal that something runs, from its second second on.
final class RunningNotice: Sendable {
  private struct State {
    var ticker: Ticker?
    var started = 0.0
    var isShown = false
  }

  /// Seconds until the line first appears, and between two of them.
  private static let delay = 1.0
  private static let interval = 0.5

  private let state = Mutex(State())
  private let seconds: @Sendable () -> Double
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - seconds: A clock.
  ///   - write: Takes what is shown.
  init(seconds: @escaping @Sendable () -> Double, write: @escaping @Sendable (String) -> Void) {
    self.seconds = seconds
    self.write = write
  }

  /// Shows it on standard error; nil if that is no terminal.
  static func onTerminal() -> RunningNotice? {
    guard StandardStream.error.isTerminal else { return nil }
    return RunningNotice(seconds: monotonicSeconds) { StandardStream.error.write($0) }
  }

  /// Something begins to run.
  func start() {
    state.withLock { state in
      state.started = seconds()
      state.ticker = Ticker(after: Self.delay, every: Self.interval) { self.show() }
    }
  }

  /// Takes the line away for now, since something else is written.
  func hide() { state.withLock { hide(&$0) } }

  /// What ran is over.
  func stop() {
    state.withLock { state in
      state.ticker?.cancel()
      state.ticker = nil
      hide(&state)
    }
  }

  /// Writes the line, if something still runs.
  func show() {
    state.withLock { state in
      guard state.ticker != nil else { return }
      write("\r\u{1B}[Krunning for \(Int(seconds() - state.started)) s; Ctrl-C stops it")
      state.isShown = true
    }
  }

  private func hide(_ state: inout State) {
    guard state.isShown else { return }
    write("\r\u{1B}[K")
    state.isShown = false
  }
}
