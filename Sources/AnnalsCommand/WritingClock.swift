import Annals
import AnnalsPlatform

/// How long a script and the writing of what it returns may take together.
final class WritingClock {
  private let timeout: Duration
  private var deadline: Double

  /// Nil where the script has all the time. It goes from here on.
  init?(_ limits: ScriptLimits) {
    guard let timeout = limits.timeout else { return nil }
    self.timeout = timeout
    let (seconds, attoseconds) = timeout.components
    deadline = Self.now() + Double(seconds) + Double(attoseconds) * 1e-18
  }

  static func now() -> Double { monotonicSeconds() }

  /// Does not count the time since a moment.
  func leaveOut(since start: Double) { deadline += Self.now() - start }

  /// - Throws: ``ScriptError/limit(message:at:fix:)`` once the time is up.
  func check() throws(CommandError) {
    guard Self.now() > deadline else { return }
    throw .script(
      .limit(
        message: "what the script returned was not written within \(timeout)", at: nil,
        fix: "return less, or allow more with `--limit-time`"))
  }
}
