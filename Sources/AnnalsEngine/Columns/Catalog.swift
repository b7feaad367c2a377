/// The tables of one dataset, by name: what references and paths reach.
public final class Catalog: Sendable {
  /// One table of the dataset.
  public struct Entry: Sendable {
    public let name: String
    public let table: Table
    /// The fields that together name each row once; empty where none are declared.
    public let key: [String]

    package init(name: String, table: Table, key: [String]) {
      self.name = name
      self.table = table
      self.key = key
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
}
