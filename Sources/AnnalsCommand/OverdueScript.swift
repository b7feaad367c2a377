import Annals
import AnnalsPlatform

/// Ends the program if a script does not notice that its time is up: there are loops in the
/// interpreter that nothing else ends.
enum OverdueScript {
  /// How long after its deadline a script may take to notice it.
  private static let overdueSeconds = 0.2

  /// - Parameter fix: What the user can do about it.
  /// - Returns: What is to be cancelled when the script has ended; nil if it has all the time.
  static func backstop(
    for limits: ScriptLimits, fix: String = "allow more with `--limit-time`"
  ) -> Backstop? {
    guard let timeout = limits.timeout else { return nil }
    let (seconds, attoseconds) = timeout.components
    let delay = Double(seconds) + Double(attoseconds) * 1e-18 + overdueSeconds
    return Backstop(after: delay) {
      let error = ScriptError.limit(
        message: "the script ran longer than \(timeout)", at: nil, fix: fix)
      StandardStream.error.write("annals: " + error.description + "\n")
      abandonProcess(status: ExitStatus.limit.rawValue)
    }
  }
}
