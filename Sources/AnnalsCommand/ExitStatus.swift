import Annals

/// What the program tells whoever started it.
enum ExitStatus: Int32 {
  case done = 0
  case scriptFailed = 1
  case wrongData = 2
  case notPermitted = 3
  case goldenDiffers = 4
  case limit = 5
  case usage = 64
  case interrupted = 130
}

/// Why a command ended early.
enum CommandError: Error, CustomStringConvertible {
  case usage(String, fix: String?)
  case data(String)
  /// The dataset takes more than it may.
  case limit(String)
  case script(ScriptError)
  /// The system lacks a wall that was asked for.
  case walls(String)
  /// A bundle asks for what was not granted.
  case permission(String, fix: String)
  /// A check found something, which has been told on standard output.
  case findings(String, status: ExitStatus)
  /// A file could not be written.
  case writing(String)

  var status: ExitStatus {
    switch self {
    case .usage, .script(.parameter): .usage
    case .data, .script(.failed(kind: "data", _, _, _, _)): .wrongData
    case .limit, .script(.limit): .limit
    case .walls, .permission: .notPermitted
    case .findings(_, let status): status
    case .script(.failed(kind: "permission", _, _, _, _)): .notPermitted
    case .script(.interrupted): .interrupted
    case .script(.failed), .writing: .scriptFailed
    }
  }

  var description: String {
    switch self {
    case .permission(let message, let fix): message + "\n  fix: " + fix
    case .usage(let message, let fix): message + (fix.map { "\n  fix: " + $0 } ?? "")
    case .data(let message), .limit(let message), .writing(let message), .walls(let message),
      .findings(let message, _):
      message
    case .script(let error): error.description
    }
  }
}
