public import AnnalsEngine

/// What a script gives: tables, texts and values in order.
public struct Report: Sendable {
  /// One part of a report.
  public enum Item: Sendable {
    case table(Table)
    case text(String)
  }

  public var items: [Item]

  public init(items: [Item] = []) {
    self.items = items
  }

  /// Its tables, in order.
  public var tables: [Table] {
    items.compactMap { item in
      if case .table(let table) = item { table } else { nil }
    }
  }
}
