/// Rows of texts as lines.
enum AlignedText {
  /// Lines whose parts stand below one another.
  static func text(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { part in
      rows.map { part < $0.count - 1 ? $0[part].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { part, text in
        part == row.count - 1
          ? text : text + String(repeating: " ", count: max(widths[part] - text.count, 0) + 2)
      }.joined()
    }.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
