public import AnnalsEngine

/// A table as text for people, turned: a block for each row, with a line for each column.
///
/// Nothing is cut: where there is a width, long values go on in the next line. Null is `·`.
public struct RecordsText: Sendable {
  /// How many cells a line may take; nil is without bound.
  public var width: Int?
  /// How many rows are shown at most; nil for all.
  public var rowLimit: Int?
  /// What the note on missing rows offers.
  public var remedy = "--format csv gives all"

  /// Values are not broken into lines shorter than this.
  private static let leastValueWidth = 20

  public init(width: Int? = nil) {
    self.width = width
  }

  /// The lines of a table, each ending with a line break.
  public func render(_ table: Table) -> String {
    let fields = table.schema.fields
    let names = fields.map { VisibleText.line($0.name) }
    let indent = (names.map(DisplayWidth.of).max() ?? 0) + 4
    let shown = min(table.rowCount, rowLimit ?? table.rowCount)
    var lines: [String] = []
    for row in 0..<shown {
      if table.rowCount > 1 { lines.append("row \(row + 1)") }
      for (field, name) in zip(fields, names) {
        let value = table.value(row: row, field: field)
        let text = value == .null ? "·" : VisibleText.line(value.text)
        let space = String(repeating: " ", count: indent - 2 - DisplayWidth.of(name))
        for (index, piece) in pieces(of: text, indent: indent).enumerated() {
          let before = index == 0 ? "  " + name + space : String(repeating: " ", count: indent)
          lines.append(before + piece)
        }
      }
    }
    if shown < table.rowCount {
      lines.append("… not shown: \(table.rowCount - shown) of \(table.rowCount) rows; " + remedy)
    }
    if table.rowCount == 0 { lines.append("(no rows)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A value in pieces that fit beside the names.
  private func pieces(of text: String, indent: Int) -> [String] {
    guard let width else { return [text] }
    return DisplayWidth.pieces(of: text, limit: max(width - indent, Self.leastValueWidth))
  }
}
