import Annals
import AnnalsPlatform

/// How long a script and the writing of what it returns may take together, and how many bytes may come
/// out of both.
final class WritingLimits {
  private let limits: ScriptLimits
  private var deadline: Double?
  private var leftByteCount: Int

  /// The time goes from here on.
  init(_ limits: ScriptLimits) {
    self.limits = limits
    leftByteCount = limits.outputByteCount
    guard let timeout = limits.timeout else { return }
    let (seconds, attoseconds) = timeout.components
    deadline = Self.now() + Double(seconds) + Double(attoseconds) * 1e-18
  }

  static func now() -> Double { monotonicSeconds() }

  /// Does not count the time since a moment.
  func leaveOut(since start: Double) {
    guard let deadline else { return }
    self.deadline = deadline + Self.now() - start
  }

  /// - Throws: ``ScriptError/limit(message:at:fix:)`` once the time is up.
  func checkTime() throws(CommandError) {
    guard let timeout = limits.timeout, let deadline, Self.now() > deadline else { return }
    throw .script(
      .limit(
        message: "what the script returned was not written within \(timeout)", at: nil,
        fix: "return less, or allow more with `--limit-time`"))
  }

  /// Counts bytes that are about to be written.
  ///
  /// - Throws: As ``checkTime()``, and if they are too many.
  func count(_ byteCount: Int) throws(CommandError) {
    try checkTime()
    guard byteCount <= leftByteCount else {
      throw .script(
        .limit(
          message: "what the script returned takes, with what it printed, more than"
            + " \(SizeText(limits.outputByteCount)) of output", at: nil,
          fix: "return less, or allow more with `--limit-output`"))
    }
    leftByteCount -= byteCount
  }
}
