package import AnnalsEngine
import AnnalsLua
import Synchronization

/// Ends a run from another thread: its script, and the plans that the script started.
public final class ScriptInterrupt: Sendable {
  /// Raised for the plans.
  package let flag = StopFlag()
  private let script = Mutex<LuaInterrupter?>(nil)

  public init() {}

  /// Ends the run with ``ScriptError/interrupted``; a run that has not begun ends when it does.
  public func interrupt() {
    flag.raise()
    script.withLock { $0?.interrupt() }
  }

  /// Says what ends the script of the run that begins.
  func interrupts(_ interrupter: LuaInterrupter) {
    script.withLock { $0 = interrupter }
    if flag.isRaised { interrupter.interrupt() }
  }
}
