import AnnalsEngine

/// Rows as a table of GitHub Flavored Markdown (section 4.10 of its specification).
///
/// Numbers line up on the right. Within a cell a pipe and a backslash get a backslash, and a line break
/// is `<br>`; other marks of Markdown stay as they are.
enum MarkdownForm {
  static func appendHeader(_ columns: [OutputColumn], _ output: inout OutputBuffer) {
    appendLine(columns.map { escaped($0.name) }, &output)
    appendLine(columns.map { $0.isNumeric ? "---:" : "---" }, &output)
  }

  static func append(
    _ row: Int, of columns: [OutputColumn], _ table: Table, _ output: inout OutputBuffer
  ) {
    appendLine(columns.map { escaped($0.value(row, of: table).text) }, &output)
  }

  private static func appendLine(_ cells: [String], _ output: inout OutputBuffer) {
    output.append("|")
    for cell in cells { output.append(cell.isEmpty ? " |" : " " + cell + " |") }
    output.append("\n")
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|", "\\": escaped += "\\" + String(scalar)
      case "\n" where last == "\r": break
      case "\n", "\r": escaped += "<br>"
      default: escaped.unicodeScalars.append(scalar)
      }
      last = scalar
    }
    return escaped
  }
}
