/// Cells in columns of equal width, for summaries.
enum AlignedText {
  /// One line for each row of cells, with two spaces between columns and none at the end.
  ///
  /// - Parameter right: The positions of columns that line up on the right.
  static func lines(_ rows: [[String]], right: Set<Int> = []) -> [String] {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        line += (column > 0 ? "  " : "") + (right.contains(column) ? space + cell : cell + space)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
