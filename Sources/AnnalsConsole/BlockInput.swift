/// What came of reading a block.
package enum BlockInput: Hashable, Sendable {
  /// One or more lines that were sent together, without the last line break.
  case block(String)
  /// Nothing more will come.
  case endOfInput
  /// Ctrl-C: what was typed is dropped.
  case interrupted
}
