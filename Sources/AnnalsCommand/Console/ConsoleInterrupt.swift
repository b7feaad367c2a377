import Annals
import AnnalsPlatform
import Synchronization

/// Ctrl-C in a console: it stops what runs, and ends the program where nothing runs that could stop.
///
/// A terminal that is read key by key sends no interrupt, so the latter is for lines from a pipe.
final class ConsoleInterrupt: Sendable {
  /// Stops the reading of the dataset and what Lua runs.
  let script = ScriptInterrupt()
  private let isReading = Atomic(false)

  /// An interrupt came in.
  func raise() {
    guard isReading.load(ordering: .acquiring) else { return script.interrupt() }
    StandardStream.error.write("annals: interrupted\n")
    abandonProcess(status: ExitStatus.interrupted.rawValue)
  }

  /// Calls `body`, which waits for lines, with nothing to stop meanwhile.
  func reading<Result>(_ body: () -> Result) -> Result {
    isReading.store(true, ordering: .releasing)
    defer { isReading.store(false, ordering: .releasing) }
    return body()
  }
}
