/// The tables of one dataset, by name: what references and paths reach.
public final class Catalog: Sendable {
  /// One table of the dataset.
  public struct Entry: Sendable {
    public let name: String
    public let table: Table
    /// The fields that together name each row once; empty where none are declared.
    public let key: [String]
    /// What must hold of rows whose numbers are added; nil where anything may be.
    package let additionRule: AdditionRule?

    package init(
      name: String, table: Table, key: [String], additionRule: AdditionRule? = nil
    ) {
      self.name = name
      self.table = table
      self.key = key
      self.additionRule = additionRule
    }

    /// The slots of the numbers that the rule watches.
    var guardedSlots: Range<Int> {
      guard let additionRule, let field = table.schema[additionRule.field] else { return 0..<0 }
      return field.slot..<field.slot + field.width
    }
  }

  /// In the dataset's order.
  public let entries: [Entry]

  package init(entries: [Entry]) {
    self.entries = entries
  }

  public subscript(name: String) -> Entry? {
    entries.first { $0.name == name }
  }

  /// Where references to a table lead; nil if the table has no key of one column.
  package func target(_ name: String) -> ReferenceTarget? {
    guard let entry = self[name], entry.key.count == 1, let key = entry.table.schema[entry.key[0]],
      let keys = try? entry.table.column(key.slot)
    else { return nil }
    return ReferenceTarget(table: name, keys: keys)
  }
}

/// Decides whether the numbers of some rows of a table may be added.
///
/// The engine knows no claims; the table's owner does, and puts its knowledge here.
package struct AdditionRule: Sendable {
  /// The field whose numbers are watched.
  package let field: String
  /// Given the rows of a group whose number is known, ascending and each once: whether running
  /// totals are among them, or why they may not be added.
  package let check: @Sendable ([Int]) -> Result<Bool, AdditionRefusal>

  package init(
    field: String, check: @escaping @Sendable ([Int]) -> Result<Bool, AdditionRefusal>
  ) {
    self.field = field
    self.check = check
  }
}
