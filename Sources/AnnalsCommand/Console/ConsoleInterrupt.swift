import Annals
import AnnalsPlatform
import Synchronization

/// Ctrl-C in a console: it stops what runs, and ends the program where nothing runs that could stop.
///
/// A terminal that is read key by key sends no interrupt, so the latter is for lines from a pipe.
final class ConsoleInterrupt: Sendable {
  private struct State {
    var isReading = false
    /// Removes what is left of files that were begun.
    var removals: [@Sendable () -> Void] = []
  }

  /// Stops the reading of the dataset and what Lua runs.
  let script = ScriptInterrupt()
  private let state = Mutex(State())

  /// An interrupt came in.
  func raise() {
    let ends = state.withLock { state in
      if state.isReading { for remove in state.removals { remove() } }
      return state.isReading
    }
    guard ends else { return script.interrupt() }
    StandardStream.error.write("annals: interrupted\n")
    abandonProcess(status: ExitStatus.interrupted.rawValue)
  }

  /// Calls `body`, which waits for lines, with nothing to stop meanwhile.
  ///
  /// - Parameter files: What was begun and is to be removed if the program ends meanwhile.
  func reading<Result>(removing files: [AtomicFile], _ body: () -> Result) -> Result {
    let removals = files.map(\.removal)
    state.withLock { $0 = State(isReading: true, removals: removals) }
    defer { state.withLock { $0 = State() } }
    return body()
  }
}
