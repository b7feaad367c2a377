package import AnnalsEngine

/// A column of a table of the twin.
package struct TwinColumn: Sendable {
  package let name: String
  package let type: ValueType

  /// Row numbers that are carried along unseen, for `expand`.
  package var isHidden: Bool { name.hasPrefix("#") }

  package init(_ name: String, _ type: ValueType) {
    self.name = name
    self.type = type
  }
}

/// A table as the twin has it: rows of values.
package struct TwinTable: Sendable {
  package var columns: [TwinColumn]
  package var rows: [[Value]]

  package init(_ columns: [TwinColumn], _ rows: [[Value]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The place of a column among the values of a row.
  package func index(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }

  package func column(_ name: String) -> TwinColumn? { columns.first { $0.name == name } }

  /// The values of some columns of a row.
  func values(_ names: [String], of row: [Value]) -> [Value] {
    names.map { name in index(name).map { row[$0] } ?? .null }
  }
}
