internal import CLuaShim

/// Ends a run from another thread or from a signal handler.
///
/// It may outlive its state; ringing then does nothing.
@safe
package final class LuaInterrupter: @unchecked Sendable {
  private let bell: OpaquePointer

  init(sharing context: OpaquePointer) { unsafe bell = annals_share_bell(context) }

  deinit { unsafe annals_drop_bell(bell) }

  /// Ends the run with an error of kind `interrupted`, unless it has already ended for another reason.
  ///
  /// Takes no lock and allocates nothing. The script stops at its next instruction; a host function
  /// that works long asks ``isRung`` by itself.
  package func interrupt() { unsafe annals_ring(bell) }

  /// Whether the run was asked to stop: by an interrupt, or because its time is up.
  package var isRung: Bool { unsafe annals_is_rung(bell) }
}
