import AnnalsEngine

/// Why a script gave no report.
public enum ScriptError: Error, Sendable {
  /// The script, or what it asked for, failed. `at` is `file:line` where it is known.
  case failed(kind: String, message: String, at: String?, fix: String?, traceback: String?)
  /// The run passed a limit, or its time was up. `fix` names the option of `annals run` that sets it;
  /// ``ScriptLimits`` does for embedders.
  case limit(message: String, at: String?, fix: String?)
  /// It was told to stop from outside.
  case interrupted
  /// A parameter is unknown, missing or has a wrong value.
  case parameter(message: String, fix: String?)
}

extension ScriptError: CustomStringConvertible {
  /// The message, with the place and the fix on lines of their own.
  public var description: String {
    switch self {
    case .failed(_, let message, let at, let fix, let traceback):
      Self.lines(message, at: at, by: Self.callers(traceback), fix: fix)
    case .limit(let message, let at, let fix): Self.lines(message, at: at, fix: fix)
    case .interrupted: "interrupted"
    case .parameter(let message, let fix): Self.lines(message, at: nil, fix: fix)
    }
  }

  private static func lines(
    _ message: String, at: String?, by callers: String? = nil, fix: String?
  ) -> String {
    message + (at.map { "\n  at:  " + $0 } ?? "") + (callers.map { "\n  by:  " + $0 } ?? "")
      + (fix.map { "\n  fix: " + $0 } ?? "")
  }

  /// The script's calls around the one that failed, innermost first; nil if there are none.
  private static func callers(_ traceback: String?) -> String? {
    var frames: [String] = []
    for line in (traceback ?? "").split(separator: "\n")
    where !line.hasPrefix("[host]") && line != "…" {
      // A recursion is one frame to its reader.
      if frames.last != String(line) { frames.append(String(line)) }
    }
    let shown = frames.dropFirst().prefix(callerLimit)
    guard !shown.isEmpty else { return nil }
    return shown.joined(separator: ", ") + (frames.count > shown.count + 1 ? ", …" : "")
  }

  private static let callerLimit = 5
}
