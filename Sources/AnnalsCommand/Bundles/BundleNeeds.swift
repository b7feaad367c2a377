import Annals

/// What a bundle needs of a dataset.
enum BundleNeeds {
  /// Stops before a run on a dataset that lacks tables or columns, and names all of them.
  static func check(_ dataset: Dataset, for manifest: Manifest) throws(CommandError) {
    let missing = manifest.needs.flatMap { lacks($0, in: dataset) }
    guard !missing.isEmpty else { return }
    throw .data(
      "the dataset `\(dataset.name)` lacks what the bundle needs\n"
        + missing.map { "  - " + VisibleText.line($0) }.joined(separator: "\n")
        + "\n  fix: name another dataset with `--data`; `annals inspect` shows what one has")
  }

  private static func lacks(_ need: NeededTable, in dataset: Dataset) -> [String] {
    guard let table = dataset.table(need.name), table.rowCount > 0 else {
      return ["the table `\(need.name)`"]
    }
    return need.columns.compactMap { column in
      guard let field = table.schema.fields.first(where: { $0.name == column.name }) else {
        return "the column `\(column.name)` of `\(need.name)` (\(column.type))"
      }
      guard !suits(field.type, column.type) else { return nil }
      return "the column `\(column.name)` of `\(need.name)` as \(column.type), which it has as"
        + " \(field.type.name)"
    }
  }

  private static func suits(_ type: ValueType, _ needed: String) -> Bool {
    switch (type, needed) {
    case (_, "any"), (.integer, "number"), (.reference, "reference"): true
    default: type.name == needed
    }
  }
}
