/// How large a terminal is, in cells.
package struct ScreenSize: Hashable, Sendable {
  /// At least 1.
  package let columns: Int
  /// At least 1.
  package let rows: Int

  /// A size; what is less than 1 counts as 1.
  package init(columns: Int, rows: Int) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
  }
}
