import AnnalsEngine
import AnnalsFormats

/// Puts the columns of a table together: those of its file, with references and figures in place.
struct TableAssembly {
  private let rowCount: Int
  /// A field has one column, or three if it is a figure.
  private var fields: [(name: String, type: ValueType, parts: [TableColumn])]

  init(_ raw: RawTable) {
    rowCount = raw.rowCount
    fields = zip(raw.schema.fields, raw.parts).map { ($0.name, $1.type, [$1]) }
  }

  /// Puts another column in the place of one; the first for a name counts.
  mutating func replace(_ name: String, with column: Column) {
    guard let index = fields.firstIndex(where: { $0.name == name }) else { return }
    if case .reference = fields[index].type { return }
    fields[index] = (name, column.type, [.finished(column)])
  }

  /// Puts a figure in the place of its first part and removes the parts.
  mutating func merge(_ figure: FigureDefinition, into columns: [Column]) {
    let parts = Set(figure.parts)
    guard let index = fields.firstIndex(where: { parts.contains($0.name) }) else { return }
    fields[index] = (figure.name, .figure, columns.map(TableColumn.finished))
    let later = fields[(index + 1)...].filter { !parts.contains($0.name) }
    fields.replaceSubrange((index + 1)..., with: later)
  }

  func table() -> Table {
    Table(
      schema: Schema(names: fields.map { ($0.name, $0.type) }), rowCount: rowCount,
      parts: fields.flatMap(\.parts))
  }
}
