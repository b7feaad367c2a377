/// What a key led to, beyond another screen.
package enum EditorEvent: Hashable, Sendable {
  /// Enter on a block that is complete.
  case send(String)
  /// Ctrl-D without any text.
  case endOfInput
  /// Ctrl-C.
  case interrupted
  /// Ctrl-Z.
  case suspend
  /// Ctrl-L: all above the input is to be cleared.
  case clearScreen
}
