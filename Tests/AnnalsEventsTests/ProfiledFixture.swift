import AnnalsEngine
import AnnalsEvents
import AnnalsFormats

/// A made-up file of a publisher's layout.
struct ProfiledFixture {
  /// A data package, which needs no profile.
  static let package = Fixture.path("harbour")

  let dataset: Dataset

  static func path(_ name: String) -> String { Fixture.path("profiles/" + name) }

  init(
    _ name: String, hints: FileHints = FileHints(), profile: ProfileChoice = .automatic
  ) throws {
    dataset = try Dataset.open(
      Self.path(name), hints: hints, profile: profile)
  }

  /// Some columns of a table, a line for each row, with ` | ` between cells and `-` for null.
  func lines(_ table: String, _ columns: String...) throws -> [String] {
    guard let table = dataset.table(table) else { return ["no such table"] }
    let whole = try table.checked()
    let fields = columns.map { whole.schema[$0] }
    return (0..<whole.rowCount).map { row in
      fields.map { field in
        guard let field else { return "no such column" }
        let value = whole.value(row: row, field: field)
        return value == .null ? "-" : value.text
      }.joined(separator: " | ")
    }
  }

  /// What the profile says of the values.
  func findings() throws -> [String] {
    try dataset.allNotes().dropFirst(dataset.notes.count).map(\.description)
  }
}
