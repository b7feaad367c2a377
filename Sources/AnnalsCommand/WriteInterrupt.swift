import Annals
import AnnalsPlatform
import Synchronization

/// Ctrl-C while a file is converted: it ends the process at once, unless a file has been begun, which
/// is removed first.
final class WriteInterrupt: Sendable {
  private struct State {
    var isWriting = false
    var isRaised = false
  }

  private let state = Mutex(State())

  /// Takes interrupts from now on.
  func start() {
    Interrupts.handle { self.raise() }
  }

  /// From here on whoever writes looks whether to go on.
  func beginWriting() {
    state.withLock { $0.isWriting = true }
  }

  /// - Throws: ``ScriptError/interrupted`` if there was an interrupt.
  func check() throws(CommandError) {
    if state.withLock({ $0.isRaised }) { throw .script(.interrupted) }
  }

  private func raise() {
    let isWriting = state.withLock { state in
      state.isRaised = true
      return state.isWriting
    }
    guard !isWriting else { return }
    let error = CommandError.script(.interrupted)
    StandardStream.error.write("annals: " + error.description + "\n")
    endProcess(status: error.status.rawValue)
  }
}
