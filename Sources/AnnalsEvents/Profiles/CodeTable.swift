import AnnalsEngine

/// The table `codes`: what the codes of published columns mean.
enum CodeTable {
  /// - Parameter columns: A published column, and its codes with what they mean.
  static func table(
    _ columns: [(column: String, meanings: [(String, String)])], _ file: FlatFile
  ) -> DerivedTable {
    let rows = columns.flatMap { column in column.meanings.map { [column.column, $0.0, $0.1] } }
    return DerivedTable(
      "codes", budget: file.budget, count: { () throws(EngineError) in rows.count }, filled: [],
      more: ["column", "code", "meaning"].enumerated().map { place, name in
        .init(name, .text) { () throws(EngineError) in
          let builder = try ColumnBuilder(type: .text, budget: file.budget)
          for row in rows { try builder.append(.text(row[place])) }
          return try builder.finished()
        }
      })
  }
}
