package import AnnalsEngine

/// The columns of a file and what must hold for them: a Table Schema of the Data Package standard.
package struct TableSchema: Hashable, Sendable {
  package var fields: [FieldDefinition]
  /// The columns that name each row once; empty where none are declared.
  package var primaryKey: [String] = []
  /// Further sets of columns without duplicates.
  package var uniqueKeys: [[String]] = []
  package var foreignKeys: [ForeignKey] = []
  /// What `annals:figures` says.
  package var figures: [FigureDefinition] = []
  /// Texts that stand for nothing known.
  package var missingValues: [String] = [""]

  package init(fields: [FieldDefinition]) { self.fields = fields }

  package var names: [String] { fields.map(\.name) }

  package subscript(name: String) -> FieldDefinition? { fields.first { $0.name == name } }
}

/// One column of a file.
package struct FieldDefinition: Hashable, Sendable {
  package var name: String
  package var type: FieldType
  package var constraints = FieldConstraints()
  /// Texts of this column that stand for nothing known; nil where the schema's hold.
  package var missingValues: [String]?

  package init(name: String, type: FieldType) {
    self.name = name
    self.type = type
  }
}

/// What must hold for each value of a column.
package struct FieldConstraints: Hashable, Sendable {
  package var isRequired = false
  package var isUnique = false
  /// The only values allowed; nil where all are.
  package var choices: [Value]?
  package var minimum: Value?
  package var maximum: Value?

  package init() {}
}

/// Columns that name a row of a table.
package struct ForeignKey: Hashable, Sendable {
  package var columns: [String]
  /// The table that is referred to, which may be the table itself.
  package var table: String
  package var referredColumns: [String]
  /// Where it is declared.
  package var file: String
  package var place: TextPlace
}

/// The columns that make up a figure; at least one is given.
package struct FigureDefinition: Hashable, Sendable {
  package var name: String
  package var low: String?
  package var best: String?
  package var high: String?

  package init(name: String, low: String?, best: String?, high: String?) {
    self.name = name
    self.low = low
    self.best = best
    self.high = high
  }

  /// The columns that are given, in the order low, best, high.
  package var parts: [String] { [low, best, high].compactMap { $0 } }
}
