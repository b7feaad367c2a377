import AnnalsEngine

/// Why a script gave no report.
public enum ScriptError: Error, Sendable {
  /// The script, or what it asked for, failed. `at` is `file:line` where it is known.
  case failed(kind: String, message: String, at: String?, fix: String?, traceback: String?)
  /// The run passed a limit, or its time was up.
  case limit(message: String, at: String?)
  /// It was told to stop from outside.
  case interrupted
  /// A parameter is unknown, missing or has a wrong value.
  case parameter(message: String, fix: String?)
}

extension ScriptError: CustomStringConvertible {
  /// The message, with the place and the fix on lines of their own.
  public var description: String {
    switch self {
    case .failed(_, let message, let at, let fix, _): Self.lines(message, at: at, fix: fix)
    case .limit(let message, let at): Self.lines(message, at: at, fix: nil)
    case .interrupted: "interrupted"
    case .parameter(let message, let fix): Self.lines(message, at: nil, fix: fix)
    }
  }

  private static func lines(_ message: String, at: String?, fix: String?) -> String {
    message + (at.map { "\n  at:  " + $0 } ?? "") + (fix.map { "\n  fix: " + $0 } ?? "")
  }
}
