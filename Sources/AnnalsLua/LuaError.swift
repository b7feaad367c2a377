/// Why a script, or a call between it and the host, failed.
///
/// Thrown by a host function, it reaches the script as a table with `kind`, `message`, `at` and
/// `fix`. If it has a ``value``, the script gets that very value instead.
package struct LuaError: Error {
  package enum Kind: Hashable, Sendable {
    /// The script raised an error of its own, or Lua did.
    case script
    /// The text is no Lua.
    case syntax
    /// Calls are nested too deep.
    case depth
    // The limits; scripts can't catch these.
    case time, memory, output, instructions, interrupted
    /// The state is closed, or could not be made.
    case closed
    /// A host function failed; the name is what scripts see as `kind`.
    case host(String)

    /// What scripts see.
    package var name: String {
      if case .host(let name) = self { name } else { "\(self)" }
    }

    /// Whether the run is over.
    package var isLimit: Bool {
      switch self {
      case .time, .memory, .output, .instructions, .interrupted: true
      default: false
      }
    }
  }

  package var kind: Kind
  /// What is wrong, at most 4 KiB.
  package var message: String
  /// Where in the script, as `chunk:line`. For an error thrown by a host function, nil is the line
  /// that called it.
  package var at: String?
  package var fix: String?
  /// The calls that were open, innermost first, one a line.
  package var traceback: String?
  /// The error as Lua has it.
  package var value: LuaReference?

  package init(
    kind: Kind, message: String, at: String? = nil, fix: String? = nil, traceback: String? = nil,
    value: LuaReference? = nil
  ) {
    self.kind = kind
    self.message = message
    self.at = at
    self.fix = fix
    self.traceback = traceback
    self.value = value
  }

  /// An error of a host function; `kind` is what scripts see.
  package init(_ kind: String, _ message: String, fix: String? = nil) {
    self.init(kind: .host(kind), message: message, fix: fix)
  }

  static let closed = LuaError(kind: .closed, message: "the Lua state is closed")
}

extension LuaError: CustomStringConvertible {
  package var description: String {
    message + (at.map { "\n  at:  \($0)" } ?? "") + (fix.map { "\n  fix: \($0)" } ?? "")
  }
}
