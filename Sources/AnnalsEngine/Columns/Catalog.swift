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
    guard let entry = self[name], entry.key.count == 1, let key = entry.table.schema[entry.key[0]]
    else { return nil }
    return ReferenceTarget(table: name, keys: entry.table.columns[key.slot])
  }

  /// A reference as it is for this dataset: one into another dataset is the text of its key.
  package func value(of reference: RowReference) -> Value {
    guard let keys = target(reference.table)?.keys, (0..<keys.count).contains(reference.row),
      keys.value(reference.row).text == reference.key
    else { return .text(reference.key) }
    return .reference(reference)
  }
}

/// Decides whether the numbers of some rows of a table may be added.
///
/// The engine knows no claims; the table's owner does, and puts its knowledge here.
package struct AdditionRule: Sendable {
  /// Says why the numbers may not be added, or nil if they may. The budget is for what it needs on the
  /// way.
  package typealias Check =
    @Sendable (AddedRows, MemoryBudget) throws(EngineError) -> AdditionRefusal?

  /// The field whose numbers are watched.
  package let field: String
  package let check: Check

  package init(field: String, check: @escaping Check) {
    self.field = field
    self.check = check
  }
}

/// The rows behind some values that would be added, in ascending order.
///
/// Several rows may stand behind one value, because it was chosen from them or computed from them; and,
/// if ``mayRepeat``, one row behind several.
package struct AddedRows: Sendable {
  /// Row numbers, and the number of the value that each stands behind.
  let rows: Buffer<UInt32>
  let values: Buffer<Int32>
  let range: Range<Int>
  package let mayRepeat: Bool

  package var count: Int { range.count }

  package func row(_ index: Int) -> Int {
    Int(rows[range.lowerBound + index] & ~PackedRows.addedBit)
  }

  /// Whether the row's number came through a sum already.
  package func wasAdded(_ index: Int) -> Bool {
    rows[range.lowerBound + index] & PackedRows.addedBit != 0
  }

  package func value(_ index: Int) -> Int { Int(values[range.lowerBound + index]) }

  /// An entry with another value than that of the given entry; nil if there is one value only.
  package func entry(besides index: Int) -> Int? {
    let value = value(index)
    return (0..<count).first { self.value($0) != value }
  }
}
