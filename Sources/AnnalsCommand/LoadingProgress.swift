import Annals
import AnnalsPlatform
import Synchronization

/// Says on a terminal how far the reading of a large file has come.
///
/// Nothing is shown in the first second, and nothing where no person watches.
final class LoadingProgress: Sendable {
  private struct State {
    /// When the line is to be written next, in seconds.
    var next: Double
    var isShown = false
  }

  /// How many seconds lie between two of the lines.
  private static let interval = 0.2

  private let state: Mutex<State>
  private let seconds: @Sendable () -> Double
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - seconds: A clock.
  ///   - write: Takes what is shown.
  init(seconds: @escaping @Sendable () -> Double, write: @escaping @Sendable (String) -> Void) {
    self.seconds = seconds
    self.write = write
    state = Mutex(State(next: seconds() + 1))
  }

  /// Shows it on standard error; nil if that is no terminal.
  static func onTerminal() -> LoadingProgress? {
    guard StandardStream.error.isTerminal else { return nil }
    return LoadingProgress(seconds: monotonicSeconds) { StandardStream.error.write($0) }
  }

  /// Says how many bytes of a file were read, and how many it has.
  func report(_ path: String, _ read: Int, _ all: Int) {
    let now = seconds()
    let isDue = state.withLock { state in
      guard now >= state.next else { return false }
      state = State(next: now + Self.interval, isShown: true)
      return true
    }
    guard isDue else { return }
    let percent = all == 0 ? 100 : Int(Double(read) / Double(all) * 100)
    write("\r\u{1B}[Kreading \(VisibleText.lines(path.shortened)): \(percent) %")
  }

  /// Takes the line away.
  func finish() {
    let wasShown = state.withLock { state in
      defer { state.isShown = false }
      return state.isShown
    }
    if wasShown { write("\r\u{1B}[K") }
  }
}
