/// The table that a reference column points into: its name and its keys.
///
/// It holds the key column alone, so that tables that refer to one another form no cycle.
package final class ReferenceTarget: Sendable {
  package let table: String
  /// The key of each row: text or integer, without nulls.
  package let keys: Column

  package init(table: String, keys: Column) {
    self.table = table
    self.keys = keys
  }

  package func reference(row: Int) -> RowReference {
    RowReference(table: table, key: keys.value(row).text, row: row)
  }
}
