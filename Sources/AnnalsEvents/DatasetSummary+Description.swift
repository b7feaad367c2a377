import AnnalsEngine
import AnnalsFormats

extension DatasetSummary: CustomStringConvertible {
  /// The summary as plain text with aligned columns, for people.
  ///
  /// First what the dataset is, then a line for each table with rows, then the columns of each of
  /// them, then notes and problems. A last line break ends it.
  public var description: String {
    let filled = tables.filter { $0.rowCount > 0 }
    var lines = heading
    lines += ["", "tables"]
    lines += AlignedText.lines(
      filled.map { ["  " + $0.name, Self.rows($0.rowCount), Self.key($0.key)] }, right: [1])
    let empty = tables.filter { $0.rowCount == 0 }.map(\.name)
    if !empty.isEmpty { lines.append("  without rows: " + empty.joined(separator: ", ")) }
    for table in filled {
      lines += ["", "columns of \(table.name)"]
      lines += AlignedText.lines(table.columns.map { cells(of: $0, in: table) })
    }
    if !notes.isEmpty { lines += ["", "notes"] + notes.map { "  " + $0.description } }
    if problemCount > 0 {
      let shown = Array(problems.prefix(Self.problemLimit))
      lines += ["", ShownText.counted(problemCount, "problem")]
      lines += EventsError.lines(shown, more: problemCount - shown.count)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many problems are shown.
  private static let problemLimit = 20

  private var heading: [String] {
    var lines = [metadata.title.map { name + ": " + $0 } ?? name]
    if let version = metadata.version { lines.append("version " + version) }
    if !metadata.licences.isEmpty {
      lines.append("licence " + metadata.licences.joined(separator: ", "))
    }
    if let description = metadata.description { lines += ["", description] }
    return lines
  }

  private static func rows(_ count: Int) -> String { ShownText.counted(count, "row") }

  private static func key(_ columns: [String]) -> String {
    columns.isEmpty ? "no key" : "key " + columns.joined(separator: ", ")
  }

  /// Name, type, and what there is to say about a column's values.
  private func cells(of column: ColumnSummary, in table: TableSummary) -> [String] {
    var remarks: [String] = []
    if column.nullCount == table.rowCount {
      remarks.append("all null")
    } else if column.nullCount > 0 {
      remarks.append("\(column.nullCount) null" + Self.share(column.nullCount, of: table.rowCount))
    }
    if let days = column.days {
      remarks.append(
        days.lowerBound == days.upperBound
          ? "\(days.lowerBound)" : "\(days.lowerBound) to \(days.upperBound)")
    }
    if case .reference(let name) = column.type, column.nullCount < table.rowCount,
      let target = tables.first(where: { $0.name == name }), let count = column.referredCount
    {
      remarks.append("\(count) of \(target.rowCount) \(name)")
    }
    return ["  " + column.name, shown(column.type), remarks.joined(separator: ", ")]
  }

  /// How many in a hundred, to a decimal, where there are that many rows.
  private static func share(_ count: Int, of all: Int) -> String {
    guard all >= 100 else { return "" }
    let (perMille, rest) = (count * 1000).quotientAndRemainder(dividingBy: all)
    let rounded = rest * 2 >= all ? perMille + 1 : perMille
    return " (\(rounded / 10).\(rounded % 10) %)"
  }

  private func shown(_ type: ValueType) -> String {
    if case .reference(let table) = type { "→ " + table } else { type.name }
  }
}
