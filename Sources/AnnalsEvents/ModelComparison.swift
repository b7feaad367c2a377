import AnnalsEngine
import AnnalsFormats

/// Tells where a dataset that declares to follow the model departs from it. Departures are notes, not
/// errors: the dataset can still be asked.
struct ModelComparison {
  private var notes: [DatasetNote] = []

  /// Notes on tables and columns whose names are nearly those of the model, on other types, and on
  /// texts outside the model's closed lists.
  static func notes(on entries: [Catalog.Entry]) -> [DatasetNote] {
    var comparison = ModelComparison()
    let names = entries.map(\.name)
    for entry in entries {
      if let table = Model.table(entry.name) {
        comparison.compare(entry.table, with: table)
      } else {
        let absent = Model.tables.map(\.name).filter { !names.contains($0) }
        comparison.suggest(entry.name, among: absent, table: entry.name, column: nil)
      }
    }
    return comparison.notes
  }

  private mutating func compare(_ table: Table, with model: ModelTable) {
    let absent = model.columns.map(\.name).filter { table.schema[$0] == nil }
    for field in table.schema.fields {
      guard let column = model.column(field.name) else {
        suggest(field.name, among: absent, table: model.name, column: field.name)
        continue
      }
      if field.name == "id" && field.type == .integer { continue }
      if field.type != column.type {
        note(model, field, "is \(field.type.name), but \(column.type.name) in the model")
      } else if !column.choices.isEmpty {
        checkChoices(table, field, column, of: model)
      }
    }
  }

  private mutating func checkChoices(
    _ table: Table, _ field: Field, _ column: ModelColumn, of model: ModelTable
  ) {
    var unknown: [String] = []
    for row in 0..<table.rowCount {
      guard case .text(let text) = table.value(row: row, field: field) else { continue }
      if !column.choices.contains(text), !unknown.contains(text) { unknown.append(text) }
      if unknown.count == 5 { break }
    }
    if unknown.isEmpty { return }
    let shown = unknown.map(ShownText.quoted).joined(separator: ", ")
    note(model, field, "holds \(shown), which the model does not know")
  }

  private mutating func suggest(
    _ name: String, among known: [String], table: String, column: String?
  ) {
    let near = NearNames.suggestions(for: name, among: known)
    if near.isEmpty { return }
    let names = ShownText.alternatives(near)
    notes.append(
      DatasetNote(table: table, column: column, "unknown to the model; is \(names) meant?"))
  }

  private mutating func note(_ model: ModelTable, _ field: Field, _ text: String) {
    notes.append(DatasetNote(table: model.name, column: field.name, text))
  }
}
